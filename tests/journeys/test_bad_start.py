"""What keeps the program from starting or an export from coming in, each with the words on the screen."""

import asyncio
import json
import os
import socket
import sys
from pathlib import Path

import pytest

from bot.cli import BAD_INPUT, main
from bot.sandbox.server import serve

TOKEN = "4711:AAH-a_secret_of_thirty-five_characters"  # noqa: S105 - nothing is behind it
ROOT = Path(__file__).parents[2]
MESSAGE = {"id": 3, "type": "message", "date": "2026-11-10T09:00:00", "from": "Olya", "from_id": "user7"}
CHAT = {"name": "Mobile", "type": "private_supergroup", "id": 2000000001}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, and none of our variables set."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("TRIAGRAM__")]:
        monkeypatch.delenv(name)
    return tmp_path


def refused(*arguments: str) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == BAD_INPUT


@pytest.mark.parametrize(
    ("text", "problem", "mend"),
    [
        (
            "[review]\nundo_minuts = 5\n",
            "config.toml, [review] undo_minuts: there is no such key",
            "did you mean review.undo_minutes?",
        ),
        (
            "[telegram]\nmode = 'poling'\n",
            'config.toml, [telegram] mode: \'poling\' is not "polling" or "webhook"',
            "did you mean polling?",
        ),
        (
            "[schedule]\ntimezone = 'Europe/Kyv'\n",
            "config.toml, [schedule] timezone: 'Europe/Kyv' is not a time zone such as Europe/Kyiv",
            "did you mean Europe/Kyiv?",
        ),
    ],
)
def test_a_bad_setting_is_named_with_the_right_one(
    here: Path, capsys: pytest.CaptureFixture[str], text: str, problem: str, mend: str
) -> None:
    (here / "config.toml").write_text(text, "utf-8")
    refused("run")
    assert capsys.readouterr().err == f"{problem}\n  → {mend}\n"


def test_without_a_token_setup_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    refused("run")
    assert capsys.readouterr().err == (
        "telegram.token: there is no token\n"
        "  → run `triagram setup`, or set TRIAGRAM__TELEGRAM__TOKEN to the token BotFather gave you\n"
    )


async def test_a_token_telegram_does_not_know_is_told_where_to_copy_it_from(here: Path) -> None:
    async with serve() as address:
        environ = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "TRIAGRAM__TELEGRAM__TOKEN": TOKEN,
            "TRIAGRAM__TELEGRAM__API_BASE": address.url,
        }
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=here, env=environ, stderr=asyncio.subprocess.PIPE
        )
        _, printed = await asyncio.wait_for(bot.communicate(), 60)
    told = printed.decode()
    assert bot.returncode == BAD_INPUT
    assert (
        "telegram.token: Telegram knows no bot with this token\n  → copy it whole from @BotFather" in told
    )
    assert TOKEN not in told


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "it is empty"),
        ("<!DOCTYPE html><html>", "it is the HTML export"),
        ("PK\x03\x04", "it is packed"),
        ("[1, 2]", "it is not a Telegram export"),
        ('{"name": "x", "type": tru', "it is not JSON"),
        (json.dumps(CHAT), "it has no list of messages"),
        (json.dumps({**CHAT, "messages": []}), "it holds no messages"),
        (json.dumps({**CHAT, "type": "aquarium", "messages": [MESSAGE]}), "'aquarium'"),
        (json.dumps({**CHAT, "messages": [{**MESSAGE, "text": {"no": "text"}}]}), "its text is neither"),
        (json.dumps({**CHAT, "messages": [MESSAGE, MESSAGE]})[:200], "the file stops in the middle"),
    ],
)
def test_what_is_no_export_is_told_what_it_is_and_how_to_get_one(
    here: Path, capsys: pytest.CaptureFixture[str], content: str, told: str
) -> None:
    (here / "result.json").write_text(content, "utf-8")
    refused("import", "result.json", "--project", "Mobile")
    printed = capsys.readouterr().err
    assert "result.json" in printed
    assert told in printed
    assert "\n  → " in printed
    assert "Traceback" not in printed


async def test_a_webhook_whose_port_is_taken_is_told_so_in_words(here: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        listen = f"127.0.0.1:{other.getsockname()[1]}"
        async with serve(token=TOKEN) as address:
            given = {
                "PYTHONPATH": str(ROOT),
                "TRIAGRAM__TELEGRAM__TOKEN": TOKEN,
                "TRIAGRAM__TELEGRAM__API_BASE": address.url,
                "TRIAGRAM__TELEGRAM__MODE": "webhook",
                "TRIAGRAM__TELEGRAM__WEBHOOK_URL": f"http://{listen}/telegram",
                "TRIAGRAM__TELEGRAM__WEBHOOK_SECRET": "a-webhook-secret-of-some-length",
                "TRIAGRAM__WEB__LISTEN": listen,
            }
            program = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=here, env={**os.environ, **given},
                stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            )  # fmt: skip
            _, said = await asyncio.wait_for(program.communicate(), 60)
    assert program.returncode == BAD_INPUT
    assert said.decode() == (
        f"web.listen: nothing can be served at {listen}: Address already in use\n"
        "  → stop what listens there, or name another port\n"
    )


def test_a_missing_export_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    refused("import", "nowhere.json", "--project", "Mobile")
    assert "nowhere.json: it cannot be read: No such file" in capsys.readouterr().err
