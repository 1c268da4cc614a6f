"""`triagram provider` and `triagram agent`: keys kept and never shown, agents made in versions."""

import asyncio
import io
import logging
import os
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
import structlog

from bot import main as rooms
from bot.analysts import ProviderKeys
from bot.cli import BAD_INPUT, main
from bot.config import load_config
from bot.speak.masking import write_lines
from core.domain.agent import Agent
from core.errors import AnalystFailed, Failing
from core.settings import LlmSettings

KEY = "sk-proj-a_key_that_nobody_may_see"
OWN_KEY = "another_key_for_a_server_of_ours"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Path]:
    """An empty working directory, none of our variables set, and logging as it was afterwards."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith("TRIAGRAM__") or name.endswith("_API_KEY"):
            monkeypatch.delenv(name)
    factory = logging.getLogRecordFactory()
    yield tmp_path
    logging.setLogRecordFactory(factory)


def ended(*arguments: str, typed: str = "", monkeypatch: pytest.MonkeyPatch | None = None) -> int:
    if monkeypatch is not None:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    with pytest.raises(SystemExit) as end:
        main(arguments)
    code = end.value.code
    return code if isinstance(code, int) else 0


async def keys_of() -> tuple[str | None, str | None, str | None]:
    """What a client is given: OpenAI's key, that of an own server, and what an unknown server gets."""
    config = load_config(None, os.environ)
    async with rooms.open_app(config) as app:
        keys = ProviderKeys(config.settings.llm, app.secrets, os.environ)
        return (
            await keys.find("openai-chat"),
            await keys.find("openai-chat", "http://10.0.0.5:8000/v1"),
            await keys.find("openai-chat", "http://10.0.0.6/v1"),
        )


def test_a_key_is_kept_listed_and_forgotten_and_shown_nowhere(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended("provider", "list") == 0
    assert "No key is kept" in capsys.readouterr().out
    assert ended("provider", "add", "openai", typed=f"{KEY}\n", monkeypatch=monkeypatch) == 0
    own = ("provider", "add", "lab", "--base-url", "http://10.0.0.5:8000/v1")
    assert ended(*own, typed=f"{OWN_KEY}\n", monkeypatch=monkeypatch) == 0
    assert (here / "data/triagram.env").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-of-the-environment")
    assert ended("provider", "list") == 0
    told = capsys.readouterr()
    for part in ("openai  https://api.openai.com/v1", "lab  http://10.0.0.5:8000/v1", "ANTHROPIC_API_KEY"):
        assert part in told.out
    kept = b"".join(file.read_bytes() for file in here.rglob("*") if file.is_file())
    for secret in (KEY, OWN_KEY, "sk-ant-of-the-environment"):
        assert secret not in told.out + told.err
        assert secret.encode() not in kept
    assert asyncio.run(keys_of()) == (KEY, OWN_KEY, None), "a provider's key is sent to no other server"
    assert ended("provider", "remove", "openai") == 0
    assert ended("provider", "remove", "openai") == BAD_INPUT
    assert asyncio.run(keys_of())[0] is None


def test_a_fresh_key_is_not_made_where_the_one_that_sealed_is_missing(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended("provider", "add", "openai", typed=KEY, monkeypatch=monkeypatch) == 0
    (here / "data/triagram.env").unlink()
    assert ended("provider", "add", "mistral", typed=KEY, monkeypatch=monkeypatch) == BAD_INPUT
    told = capsys.readouterr().err
    assert "the key that sealed openai is missing" in told
    assert not (here / "data/triagram.env").exists()


@pytest.mark.parametrize(
    ("arguments", "typed", "told"),
    [
        (("add", "openai"), "", "there is none"),
        (("add", "open ai"), KEY, "no name of a provider"),
        (("add", "ollama"), KEY, "needs no key"),
        (("add", "lab", "--base-url", "10.0.0.5"), KEY, "no address"),
        (("add", "lab", "--base-url", "http://me:secret@lab/v1"), KEY, "password"),
    ],
)
def test_what_cannot_be_a_key_is_refused_in_words(
    arguments: tuple[str, ...],
    typed: str,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert ended("provider", *arguments, typed=typed, monkeypatch=monkeypatch) == BAD_INPUT
    assert told in capsys.readouterr().err


def test_no_log_line_shows_a_key_at_any_level(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    handler = logging.StreamHandler(sys.stdout)
    root = logging.getLogger()
    root.addHandler(handler)
    level = root.level
    try:
        root.setLevel(logging.DEBUG)
        write_lines([""], as_json=True)
        assert asyncio.run(keys_of())[0] == KEY
        logging.getLogger("httpx2").debug("request headers %r", {"authorization": f"Bearer {KEY}"})
        structlog.get_logger("ours").warning("refused", key=KEY)
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        structlog.reset_defaults()
    told = capsys.readouterr()
    assert "Bearer ***" in told.out
    assert "refused" in told.out
    assert KEY not in told.out + told.err


async def test_the_settings_own_key_goes_before_what_is_kept_and_that_before_the_environment(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "of-the-environment")
    config = load_config(None, os.environ)
    async with rooms.open_app(config) as app:
        plain = ProviderKeys(LlmSettings(), app.secrets, os.environ)
        given = ProviderKeys(LlmSettings(model="openai:gpt-5", api_key=KEY), app.secrets, os.environ)
        assert (await plain.find("openai"), await given.find("openai")) == ("of-the-environment", KEY)
        assert await given.find("mistral") is None
        own = LlmSettings(model="openai-chat:qwen", api_key=OWN_KEY, base_url="http://lab/v1")
        ours = ProviderKeys(own, app.secrets, os.environ)
        assert await ours.find("openai-chat", "http://lab/v1") == OWN_KEY
        assert await ours.find("openai") == "of-the-environment"


def test_a_key_nobody_can_open_stops_the_call_and_not_the_program(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ended("provider", "add", "openai", typed=KEY, monkeypatch=monkeypatch) == 0
    (here / "data/triagram.env").unlink()
    with pytest.raises(AnalystFailed) as lost:
        asyncio.run(keys_of())
    assert lost.value.kind == Failing.KEY
    assert lost.value.needs_a_person


def test_an_agent_is_made_listed_and_shown_in_versions(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "mine.md").write_text("Read it twice.", "utf-8")
    add = ("agent", "add", "careful", "--model", "openai:gpt-5-mini")
    assert ended(*add, "--prompt", "extract=mine.md", "--temperature", "0.2") == 0
    assert ended(*add, "--batch-messages", "20") == 0
    assert ended("agent", "list") == 0
    told = capsys.readouterr().out
    assert "careful v2: openai:gpt-5-mini" in told
    assert "rules v1  built-in" in told
    assert ended("agent", "show", "careful", "--version", "1") == 0
    assert "Read it twice." in capsys.readouterr().out
    for wrong in (("--model", "gpt-5"), ("--model", "a:b", "--prompt", "extract=none.md")):
        assert ended("agent", "add", "quick", *wrong) == BAD_INPUT


async def test_an_agent_asks_with_its_own_model_prompts_and_address(here: Path) -> None:
    config = load_config(None, os.environ)
    async with rooms.open_app(config) as app:
        answering = app.use_cases.work.reading.answering
        analyst = answering.models.analyst_of(
            Agent("lab", "openai-chat:qwen", base_url="http://10.0.0.5/v1")
        )
        assert (analyst.model, analyst.sends_text_away, analyst.is_free) == (
            "openai-chat:qwen",
            False,
            True,
        )
        away = answering.models.analyst_of(Agent("cloud", "openai:gpt-5-mini"))
        assert away.sends_text_away
        assert not away.is_free


def test_a_backup_takes_keys_and_what_opens_them_to_another_machine(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRIAGRAM_PASSPHRASE", "a passphrase long enough")
    assert ended("provider", "add", "openai", typed=KEY, monkeypatch=monkeypatch) == 0
    assert ended("backup", "move.tri") == 0
    assert KEY.encode() not in (here / "move.tri").read_bytes()
    there = here / "there"
    there.mkdir()
    monkeypatch.chdir(there)
    assert ended("restore", "../move.tri") == 0
    assert asyncio.run(keys_of())[0] == KEY
