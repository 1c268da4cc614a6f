"""A model is measured: what it remembers of a long text, how fast it is, what is to be set."""

import sys
from pathlib import Path

import pytest

from bot.config import load_config
from bot.main import App, open_app
from bot.models.trying import SAYS, context_lines, speed_lines, step_line
from bot.models.trying import test as tried
from core.domain.agent import Agent, Prompt
from core.domain.conversation import Conversation, Reading
from core.domain.models import ModelName
from core.errors import AnalystFailed, BadConfig, Failing
from core.llm.analyst import LlmAnalyst
from core.llm.asking import LOCAL_CONTEXT, Asker
from core.llm.laying import parts_of
from core.llm.limits import Limiter
from core.llm.probing import WORD, Prober, Speed, Step, context_of, long_question
from core.llm.tokens import tokens_of
from core.settings import LlmSettings
from tests.builders import a_message, a_project
from tests.llm.test_wires import OneKey, asked_at, openai_error
from tests.llm.wire import Json, Provider, Refused, Said, serving


def remembering(shown: Json) -> Said:
    """A model that tells the word if it was shown it, and else makes one up."""
    return Said(WORD.capitalize() if WORD in shown["text"] else "nougat")


def a_prober(provider: Provider, name: str = "ollama:qwen3:8b") -> Prober:
    settings = LlmSettings(retries=0, timeout_seconds=20)
    asker = Asker((asked_at(name, provider),), OneKey(), Limiter(1, 1_000, 10_000_000), settings)
    return Prober(asker)


@pytest.mark.parametrize(("words", "found"), [(4_000, 3), (200, 0)])
async def test_an_ollama_that_cuts_what_is_long_without_a_word_is_found_out(words: int, found: int) -> None:
    async with serving(remembering, context=words) as provider:
        steps = [step async for step in a_prober(provider).steps(64_000)]
    assert sum(step.is_found for step in steps) == found
    assert not steps[-1].is_found
    assert steps[-1].input_tokens == words
    lines = "\n".join(context_lines(ModelName("ollama", "qwen3:8b"), steps))
    assert ("OLLAMA_CONTEXT_LENGTH" in lines) == (found > 0)
    assert (f"context_tokens = {context_of(steps)}" in lines) == (found > 0)


async def test_a_model_that_remembers_all_is_asked_no_more_than_wished() -> None:
    async with serving(remembering) as provider:
        prober = a_prober(provider)
        steps = [step async for step in prober.steps(4_000)]
        speed = await prober.speed(steps[-1])
    assert [step.is_found for step in steps] == [True, True, True]
    assert "at least" in context_lines(ModelName("openai", "x"), steps)[0]
    assert speed.day_cost_usd == 0.0
    assert min(speed.reads, speed.writes, speed.day_seconds) > 0


async def test_a_question_refused_as_too_long_is_an_answer_and_a_wrong_key_is_none() -> None:
    too_long = Refused(400, openai_error("maximum context length", "context_length_exceeded"))
    async with serving(remembering, too_long) as provider:
        steps = [step async for step in a_prober(provider).steps(64_000)]
    assert [step.is_found for step in steps] == [True, False]
    assert "refused as too long" in step_line(steps[-1])
    async with serving(Refused(401, openai_error("no", "invalid_api_key"))) as provider:
        with pytest.raises(AnalystFailed):
            [step async for step in a_prober(provider).steps(64_000)]


def test_a_slow_model_is_asked_no_longer_question_and_its_day_is_told() -> None:
    question = long_question(2_000)
    assert 1_900 < tokens_of(question) < 2_100
    assert question.startswith(f"The word is {WORD}")
    assert question.count(WORD) == 1
    slow = Step(2_000, 2_100, 30.0, is_found=True, output_tokens=3)
    assert step_line(slow) == "about 2,000 tokens, the server counted 2,100: remembered its start, 30.0 s"
    assert speed_lines(Speed(70.0, 6.25, 2_650.0, 0.0)) == [
        "Reads 70 and writes 6.2 tokens a second.",
        "A day of 500 messages: about 44 min, free of cost.",
    ]
    assert "price unknown" in speed_lines(Speed(70.0, 6.0, 90.0, None))[1]
    assert "too little" in context_lines(ModelName("ollama", "x"), [slow])[-1]


@pytest.mark.parametrize("kind", list(Failing))
def test_every_failure_of_a_tried_model_is_said(kind: Failing) -> None:
    assert SAYS[kind]


async def test_a_model_that_is_away_is_told_with_what_to_do(tmp_path: Path) -> None:
    settings = tmp_path / "config.toml"
    database = f"sqlite+aiosqlite:///{tmp_path / 'triagram.db'}"
    settings.write_text(
        f'[database]\nurl = "{database}"\n[llm]\nmodel = "ollama:qwen3:8b"\nretries = 0\n'
        'base_url = "http://127.0.0.1:9/v1"\n',
        "utf-8",
    )
    with pytest.raises(BadConfig) as refused:
        await tried(settings, "ollama", 1_000)
    assert refused.value.problem == "it does not answer"
    with pytest.raises(BadConfig, match="groq"):
        await tried(settings, "groq", 1_000)


async def test_what_was_measured_is_kept_and_conversations_are_read_in_parts_that_fit(
    tmp_path: Path,
) -> None:
    settings, database = tmp_path / "config.toml", f"sqlite+aiosqlite:///{tmp_path / 'triagram.db'}"
    async with serving(remembering, context=4_000) as provider:
        llm = f'model = "ollama:qwen3:14b"\nbase_url = "{provider.url}/v1"\n'
        settings.write_text(f'[database]\nurl = "{database}"\n[llm]\n{llm}', "utf-8")
        await tried(settings, "ollama", 8_000)
        config = load_config(settings, {})
        agent = Agent("llm", "ollama:qwen3:14b", base_url=f"{provider.url}/v1")
        async with open_app(config) as app:
            measured = app.models.contexts[f"ollama:qwen3:14b@{config.settings.llm.base_url[7:16]}"]
            asker = asker_in(app, agent)
        # As the server counts: a little less than it cuts at.
        assert 2_000 < measured < 4_000
        assert asker.settings.context_tokens == measured
        long = Conversation(tuple(a_message(number, "word " * 300) for number in range(1, 20)))
        told = Prompt("extract", "", "")
        small = parts_of(Reading(a_project(), long), asker.room(told))
        usual = parts_of(Reading(a_project(), long), LOCAL_CONTEXT)
        assert len(small) > len(usual)
        # What is set by hand stands above what was measured.
        settings.write_text(f"{settings.read_text('utf-8')}context_tokens = 32000\n", "utf-8")
        async with open_app(load_config(settings, {})) as app:
            assert asker_in(app, agent).settings.context_tokens == 32_000


def asker_in(app: App, agent: Agent) -> Asker:
    analyst = app.models.analyst_of(agent)
    assert isinstance(analyst, LlmAnalyst)
    return analyst.asker


@pytest.mark.parametrize(
    ("provider", "wanted"),
    [
        ("anthropic", "triagram[anthropic]"),
        ("google", "triagram[google]"),
        ("groq", "triagram[groq]"),
        ("mistral", "triagram[mistral]"),
        ("cohere", "pydantic-ai-slim[cohere]"),
    ],
)
async def test_a_client_that_is_not_installed_is_named_with_its_command(
    provider: str, wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, f"pydantic_ai.providers.{provider}", None)
    asker = Asker((ModelName(provider, "big"),), OneKey(), Limiter(1, 10, 10**6), LlmSettings())
    with pytest.raises(AnalystFailed) as failure:
        await asker.ask(str, Prompt("probe", "", ""), "?")
    assert failure.value.kind == Failing.NOT_INSTALLED
    assert failure.value.detail == f'{provider}:big: pip install "{wanted}"'
