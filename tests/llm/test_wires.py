"""The real clients against a server that speaks their wires: forms of answer, a kind for each failure."""

from typing import Any

import pytest

from core.domain.models import ModelName
from core.errors import AnalystFailed, Failing
from core.llm.analyst import LlmAnalyst
from core.llm.asking import Asker
from core.llm.limits import Limiter
from core.rules.deadlines import RuleDays
from core.settings import LlmSettings
from tests.llm.test_analyst import a_note, a_reading, a_study, a_task
from tests.llm.wire import Cut, Provider, Refused, Said, Slow, serving

KEY = "sk-test-0123456789abcdefghij"
NOTE = {"notes": [a_note()]}
WIRES = (
    "openai-chat:big", "openai:big", "anthropic:claude-haiku-4-5", "ollama:big", "google:gemini-2.5-flash",
    "groq:big", "mistral:mistral-large-latest", "openrouter:maker/big",
)  # fmt: skip
BARE = ("anthropic", "google", "groq", "mistral")
"""Providers whose clients add the version to the address themselves."""
PLAIN_NOTE = {"notes": [{"message": 1, "kind": "problem", "title": "Login is dead", "subject": "Login"}]}


class OneKey:
    async def find(self, provider: str, base_url: str = "") -> str | None:
        return KEY


def an_analyst(provider: Provider, name: str, fallback: str = "", **settings: Any) -> LlmAnalyst:
    settings = {"retries": 0, "timeout_seconds": 5, **settings}
    names = [asked_at(name, provider)] + ([asked_at(fallback, provider)] if fallback else [])
    asker = Asker(tuple(names), OneKey(), Limiter(2, 1_000, 10_000_000), LlmSettings(**settings))
    return LlmAnalyst(asker, RuleDays())


def asked_at(name: str, provider: Provider) -> ModelName:
    """At the address its client is given."""
    root = provider.url if name.startswith(BARE) else f"{provider.url}/v1"
    return ModelName.parsed(name, root)


@pytest.mark.parametrize("name", WIRES)
@pytest.mark.parametrize("output", ["tool", "prompted"])
async def test_every_wire_gives_a_note_in_each_form(name: str, output: str) -> None:
    async with serving(NOTE) as provider:
        extraction = await an_analyst(provider, name, output=output).extract(a_reading())
    assert [note.content.title for note in extraction.atoms] == ["Login is dead"]
    (asked,) = provider.asked
    assert not asked.get("stream")
    assert ("tools" in asked) == (output == "tool")
    assert extraction.usage.output_tokens == 20
    assert extraction.usage.input_tokens > 100


@pytest.mark.parametrize("name", ["openai-chat:big", "openai:big", "ollama:big"])
async def test_a_native_answer_is_asked_for_by_its_schema(name: str) -> None:
    async with serving(NOTE) as provider:
        extraction = await an_analyst(provider, name, output="native").extract(a_reading())
    assert len(extraction.atoms) == 1
    (asked,) = provider.asked
    form = asked.get("response_format") or asked["text"]["format"]
    assert form["type"] == "json_schema"
    assert "notes" in str(form)


async def test_both_stages_go_over_the_wire() -> None:
    async with serving({"tasks": [a_task(category="bug")]}) as provider:
        suggestions = await an_analyst(provider, "anthropic:claude-haiku-4-5").propose(a_study())
    assert [task.content.title for task in suggestions.tasks] == ["Mend the login"]
    assert "<notes>" in str(provider.asked[0]["messages"])


async def test_a_small_local_model_gets_a_small_schema_and_a_server_of_ones_own_is_asked_in_words() -> None:
    async with serving(PLAIN_NOTE) as provider:
        await an_analyst(provider, "ollama:qwen3:4b").extract(a_reading())
        await an_analyst(provider, "openai-chat:qwen3-4b").extract(a_reading())
    small, own = provider.asked
    assert small["response_format"]["type"] == "json_schema"
    assert "quotes" not in str(small["response_format"])
    assert own.get("response_format", {}).get("type") != "json_schema"
    assert "tools" not in own
    assert "max_completion_tokens" not in own


async def test_json_in_a_fence_of_markdown_is_still_an_answer() -> None:
    text = '```json\n{"notes": []}\n```'
    async with serving(Said(text)) as provider:
        extraction = await an_analyst(provider, "openai-chat:big", output="prompted").extract(a_reading())
    assert extraction.atoms == ()


def openai_error(message: str, code: str | None, kind: str = "invalid_request_error") -> dict[str, Any]:
    return {"error": {"message": message, "type": kind, "code": code, "param": None}}


def anthropic_error(kind: str, message: str) -> dict[str, Any]:
    return {"type": "error", "error": {"type": kind, "message": message}}


def google_error(code: int, status: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "status": status, "message": message}}


OPENAI_FAILURES = {
    "a wrong key": (
        401,
        openai_error(f"Incorrect API key provided: {KEY}", "invalid_api_key"),
        Failing.KEY,
    ),
    "no right": (403, openai_error("Project has no access", None), Failing.KEY),
    "no money": (429, openai_error("You exceeded your quota", "insufficient_quota"), Failing.QUOTA),
    "too fast": (429, openai_error("Rate limit reached", "rate_limit_exceeded"), Failing.LIMIT),
    "too long": (
        400,
        openai_error("maximum context length is 8192 tokens", "context_length_exceeded"),
        Failing.TOO_LONG,
    ),
    "no such model": (
        404,
        openai_error("The model `big` does not exist", "model_not_found"),
        Failing.UNKNOWN_MODEL,
    ),
    "a bad request": (400, openai_error("Unknown parameter: foo", "unknown_parameter"), Failing.REJECTED),
    "broken": (500, openai_error("The server had an error", None, "server_error"), Failing.AWAY),
    "overloaded": (503, "Service Unavailable", Failing.AWAY),
    "a page instead": (502, "<html>Bad Gateway</html>", Failing.AWAY),
}
GOOGLE_FAILURES = {
    "a wrong key": (400, google_error(400, "INVALID_ARGUMENT", "API key not valid."), Failing.KEY),
    "no right": (403, google_error(403, "PERMISSION_DENIED", "denied"), Failing.KEY),
    "too fast": (429, google_error(429, "RESOURCE_EXHAUSTED", "Resource exhausted"), Failing.LIMIT),
    "no such model": (404, google_error(404, "NOT_FOUND", "models/x is not found"), Failing.UNKNOWN_MODEL),
    "too long": (
        400,
        google_error(400, "INVALID_ARGUMENT", "The input token count (2000000) exceeds the maximum"),
        Failing.TOO_LONG,
    ),
    "overloaded": (503, google_error(503, "UNAVAILABLE", "The model is overloaded"), Failing.AWAY),
}
OTHER_FAILURES = {
    "a wrong key": (401, {"message": "Unauthorized", "error": {"message": "Unauthorized"}}, Failing.KEY),
    "too fast": (429, {"message": "slow", "error": {"message": "slow"}}, Failing.LIMIT),
    "no such model": (404, {"message": "none", "error": {"message": "none"}}, Failing.UNKNOWN_MODEL),
    "overloaded": (503, {"message": "busy", "error": {"message": "busy"}}, Failing.AWAY),
}
"""Of providers that tell little more than the status."""
ANTHROPIC_FAILURES = {
    "a wrong key": (401, anthropic_error("authentication_error", "invalid x-api-key"), Failing.KEY),
    "no money": (402, anthropic_error("billing_error", "credit balance is too low"), Failing.QUOTA),
    "too fast": (429, anthropic_error("rate_limit_error", "rate limited"), Failing.LIMIT),
    "too long": (
        400,
        anthropic_error("invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum"),
        Failing.TOO_LONG,
    ),
    "no such model": (404, anthropic_error("not_found_error", "model: claude-x"), Failing.UNKNOWN_MODEL),
    "overloaded": (529, anthropic_error("overloaded_error", "Overloaded"), Failing.AWAY),
}


@pytest.mark.parametrize(
    ("name", "case", "expected"),
    [
        *(
            (wire, case, one)
            for wire in ("openai-chat:big", "openai:big")
            for case, one in OPENAI_FAILURES.items()
        ),
        *(("anthropic:claude-haiku-4-5", case, one) for case, one in ANTHROPIC_FAILURES.items()),
        *(("google:gemini-2.5-flash", case, one) for case, one in GOOGLE_FAILURES.items()),
        *(
            (wire, case, one)
            for wire in ("groq:big", "mistral:mistral-large-latest", "openrouter:maker/big")
            for case, one in OTHER_FAILURES.items()
        ),
    ],
)
async def test_each_failure_of_a_provider_has_its_own_kind(
    name: str, case: str, expected: tuple[int, Any, Failing]
) -> None:
    status, body, kind = expected
    async with serving(Refused(status, body, {"Retry-After": "7"})) as provider:
        with pytest.raises(AnalystFailed) as failure:
            await an_analyst(provider, name).extract(a_reading(a_reading().conversation.messages[0]))
    assert failure.value.kind == kind, case
    assert KEY not in failure.value.detail
    assert failure.value.rest_seconds == 7 if kind is Failing.LIMIT else True


@pytest.mark.parametrize("name", WIRES)
@pytest.mark.parametrize(
    ("turn", "kinds"),
    [
        (Cut(), {Failing.AWAY}),
        (Slow(2.0), {Failing.TIMEOUT}),
        (Said("I am sorry, as a language model I would rather not."), {Failing.INVALID}),
        (Said("", "content_filter"), {Failing.REFUSED, Failing.INVALID}),
    ],
)
async def test_what_breaks_off_takes_too_long_or_is_no_answer_has_its_kind_too(
    name: str, turn: Cut | Slow | Said, kinds: set[Failing]
) -> None:
    async with serving(turn) as provider:
        with pytest.raises(AnalystFailed) as failure:
            await an_analyst(provider, name, timeout_seconds=1).extract(a_reading())
    assert failure.value.kind in kinds


async def test_nobody_there_is_away() -> None:
    async with serving(NOTE) as provider:
        pass
    for name in WIRES:
        with pytest.raises(AnalystFailed) as failure:
            await an_analyst(provider, name).extract(a_reading())
        assert failure.value.kind == Failing.AWAY


@pytest.mark.parametrize("name", [name for name in WIRES if not name.startswith("mistral")])
async def test_a_call_that_failed_for_a_moment_is_made_again(name: str) -> None:
    too_fast = Refused(429, openai_error("Rate limit", "rate_limit_exceeded"), {"Retry-After": "0"})
    async with serving(too_fast, Refused(500, "oops"), NOTE) as provider:
        extraction = await an_analyst(provider, name, retries=2).extract(a_reading())
    assert len(extraction.atoms) == 1
    assert len(provider.asked) == 3


async def test_mistrals_client_leaves_a_second_call_to_the_batch() -> None:
    async with serving(Refused(500, "oops"), NOTE) as provider:
        with pytest.raises(AnalystFailed) as failure:
            await an_analyst(provider, "mistral:mistral-large-latest", retries=2).extract(a_reading())
    assert failure.value.kind == Failing.AWAY
    assert len(provider.asked) == 1


async def test_where_one_model_fails_the_other_is_asked_but_not_for_a_conversation_that_is_too_long() -> (
    None
):
    down = Refused(503, "down")
    async with serving(down, NOTE) as provider:
        analyst = an_analyst(provider, "openai-chat:big", "anthropic:claude-haiku-4-5")
        extraction = await analyst.extract(a_reading())
    assert len(extraction.atoms) == 1
    assert provider.paths == ["/v1/chat/completions", "/v1/messages"]
    assert analyst.model == "openai-chat:big → anthropic:claude-haiku-4-5"
    too_long = Refused(400, openai_error("maximum context length", "context_length_exceeded"))
    async with serving(too_long) as provider:
        analyst = an_analyst(provider, "openai-chat:big", "anthropic:claude-haiku-4-5")
        with pytest.raises(AnalystFailed) as failure:
            await analyst.extract(a_reading())
    assert failure.value.kind == Failing.TOO_LONG
    assert set(provider.paths) == {"/v1/chat/completions"}


async def test_a_conversation_that_proves_too_long_is_read_in_halves() -> None:
    too_long = Refused(400, openai_error("maximum context length", "context_length_exceeded"))
    async with serving(too_long, NOTE, NOTE) as provider:
        extraction = await an_analyst(provider, "openai-chat:big").extract(a_reading())
    assert len(provider.asked) == 3
    # The second half shows the first one as said earlier; the same note is kept once.
    assert len(extraction.atoms) == 1


async def test_a_provider_that_asks_for_rest_gets_it_from_every_call() -> None:
    rests: list[float] = []

    async def sleep(seconds: float) -> None:
        rests.append(seconds)
        now[0] += seconds

    now = [1000.0]
    too_fast = Refused(429, openai_error("Rate limit", "rate_limit_exceeded"), {"Retry-After": "30"})
    async with serving(too_fast, NOTE) as provider:
        analyst = an_analyst(provider, "openai-chat:big")
        limiter = Limiter(2, 100, 10_000_000, monotonic=lambda: now[0], sleep=sleep)
        asker = Asker(analyst.asker.names, OneKey(), limiter, analyst.asker.settings)
        analyst = LlmAnalyst(asker, RuleDays())
        with pytest.raises(AnalystFailed):
            await analyst.extract(a_reading())
        assert rests == []
        await analyst.extract(a_reading())
    assert sum(rests) == pytest.approx(30)


async def test_the_key_goes_to_the_provider_and_nowhere_else(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    async with serving(NOTE) as provider:
        for name in WIRES:
            await an_analyst(provider, name).extract(a_reading())
    for headers in provider.headers:
        assert KEY in str(headers)
    assert KEY not in caplog.text
    assert KEY not in str(provider.asked)
