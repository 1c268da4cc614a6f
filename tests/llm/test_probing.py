"""A model is measured: what it remembers of a long text, how fast it is, what is to be set."""

from pathlib import Path

import pytest

from bot.models.trying import SAYS, context_lines, speed_lines, step_line
from bot.models.trying import test as tried
from core.domain.models import ModelName
from core.errors import AnalystFailed, BadConfig, Failing
from core.llm.asking import Asker
from core.llm.limits import Limiter
from core.llm.probing import WORD, Prober, Speed, Step, context_of, long_question
from core.llm.tokens import tokens_of
from core.settings import LlmSettings
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
