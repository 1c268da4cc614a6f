"""The program from outside: what it prints, what it refuses in words, how it ends."""

import asyncio
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest

from bot.archive.archive import BEYOND_TELEGRAM
from bot.cli import BAD_INPUT, FAILED, INTERRUPTED, main, sentence_of
from bot.sandbox.driver import Driver
from bot.sandbox.server import serve
from core.errors import BadConfig, NameTaken, StorageFailed, TelegramAway, TriagramError

TOKEN = "4711:AAH-a_secret_of_thirty-five_characters"  # noqa: S105 - nothing is behind it
ROOT = Path(__file__).parents[2]
HEAVY = ("aiogram", "telegram", "sqlalchemy", "sqlmodel", "numpy", "pydantic", "httpx", "fluent")
EXPORT = {
    "name": "Mobile",
    "type": "private_supergroup",
    "id": 2000000001,
    "messages": [
        {
            "id": number,
            "type": "message",
            "date": "2026-11-10T09:00:00",
            "date_unixtime": str(1794301200 + number),
            "from": "Olya",
            "from_id": "user7",
            "text": f"Login is dead again, try {number}",
            "text_entities": [{"type": "plain", "text": f"Login is dead again, try {number}"}],
        }
        for number in range(1, 4)
    ],
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, and none of our variables set."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith("TRIAGRAM__"):
            monkeypatch.delenv(name)
    return tmp_path


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def ended(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    code = end.value.code
    return code if isinstance(code, int) else 0


def an_export(folder: Path, **changes: Any) -> Path:
    file = folder / "result.json"
    file.write_text(json.dumps(EXPORT | changes), "utf-8")
    return file


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended("--help") == 0
    told = capsys.readouterr().out
    assert re.findall(r"^│ (\w+) ", told, re.MULTILINE) == [
        "run", "worker", "demo", "sandbox", "setup", "import", "backup", "restore", "doctor", "eval",
        "provider", "agent", "db",
    ]  # fmt: skip


def test_help_loads_nothing_heavy() -> None:
    code = f"import sys, bot.cli; print([one for one in {HEAVY} if one in sys.modules])"
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_python_m_bot_is_the_same_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "--help"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "Usage: triagram" in done.stdout) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("rnu",), "Did you mean 'run'?"),
        (("--config", "nowhere.toml", "run"), "nowhere.toml"),
        (("run",), "triagram setup"),
        (("import", "nowhere.json", "--project", "Mobile"), "nowhere.json"),
        (("import", "result.json", "--project", "Mobile", "--timezone", "Kiev/Mars"), "Kiev/Mars"),
        (("import", "page.html", "--project", "Mobile"), "JSON"),
        (("import", "result.json"), "--project"),
        (("sandbox", "--port", "70000"), "--port"),
    ],
)
def test_bad_input_is_told_in_words_and_exits_with_2(
    arguments: tuple[str, ...], told: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    an_export(here)
    (here / "page.html").write_text("<!DOCTYPE html><html></html>", "utf-8")
    assert ended(*arguments) == BAD_INPUT
    printed = capsys.readouterr()
    assert told in printed.err
    assert "Traceback" not in printed.err


def test_a_wrong_key_is_refused_with_the_nearest_right_one(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "config.toml").write_text("[review]\nundo_minuts = 5\n", "utf-8")
    assert ended("run") == BAD_INPUT
    assert "undo_minutes" in capsys.readouterr().err


def test_a_taken_port_is_told_with_a_way_on(taken_port: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended("sandbox", "--port", str(taken_port)) == BAD_INPUT
    assert f"--port {taken_port}" in capsys.readouterr().err


@pytest.mark.parametrize(
    "error",
    [
        BadConfig("review.place", "it is nowhere", "choose direct"),
        NameTaken("Mobile"),
        TelegramAway("ConnectError"),
        StorageFailed("full"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_is_one_sentence_without_the_names_of_classes(error: TriagramError) -> None:
    sentence = sentence_of(error)  # pyright: ignore[reportArgumentType] -- all four are what it takes
    assert sentence
    assert type(error).__name__ not in sentence


def test_the_sandbox_answers_until_it_is_interrupted(here: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "sandbox", "--port", "0"],
        cwd=here,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout is not None
        line = running.stdout.readline()
        found = re.search(r"(http\S+) +token: (\S+)", line)
        assert found is not None, line
        with urllib.request.urlopen(f"{found[1]}/bot{found[2]}/getMe") as answer:  # noqa: S310 - ours
            assert json.load(answer)["ok"] is True
        running.send_signal(signal.SIGINT)
        _, complaint = running.communicate(timeout=20)
    assert (running.returncode, "Traceback" in complaint) == (INTERRUPTED, False)


def stored() -> list[tuple[int, int, str]]:
    """Chat id, message id and text of every message in this folder's database."""
    with closing(sqlite3.connect("data/triagram.db")) as database:
        return database.execute("SELECT chat_id, message_id, text FROM message ORDER BY 1, 2").fetchall()


def test_an_import_stores_each_message_once(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(an_export(here))
    assert ended("import", file, "--project", "Mobile") == 0
    assert "3 messages read, 3 of them new" in capsys.readouterr().out
    assert ended("import", file, "--project", "mobile") == 0
    assert "3 messages read, 0 of them new" in capsys.readouterr().out
    assert stored() == [
        (-1002000000001, number, f"Login is dead again, try {number}") for number in (1, 2, 3)
    ]


def test_an_import_says_that_its_project_is_new(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ended("import", str(an_export(here)), "--project", "Mobile")
    assert "“Mobile” is a new project" in capsys.readouterr().out


def test_a_chat_of_another_project_is_not_imported(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(an_export(here))
    ended("import", file, "--project", "Mobile")
    assert ended("import", file, "--project", "Desktop") == BAD_INPUT
    printed = capsys.readouterr()
    assert '--project "Mobile"' in printed.err
    assert "Desktop" not in printed.out


@pytest.mark.parametrize(
    ("kind", "is_live"), [("public_supergroup", True), ("private_group", False), ("personal_chat", False)]
)
def test_only_a_supergroups_export_joins_the_live_chat(kind: str, is_live: bool, here: Path) -> None:  # noqa: FBT001 - a column of the table
    ended("import", str(an_export(here, type=kind)), "--project", "Mobile")
    chats = {chat for chat, _, _ in stored()}
    assert (chats == {-1002000000001}) == is_live
    assert is_live or chats == {-BEYOND_TELEGRAM - 2000000001}


def test_an_interrupted_import_goes_on_where_it_was(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = json.dumps(EXPORT)
    file = here / "result.json"
    file.write_text(whole[: whole.index("try 3")], "utf-8")
    assert ended("import", str(file), "--project", "Mobile") == BAD_INPUT
    assert "message 2" in capsys.readouterr().err
    file.write_text(whole, "utf-8")
    assert ended("import", str(file), "--project", "Mobile") == 0
    assert [number for _, number, _ in stored()] == [1, 2, 3]


def test_a_database_is_made_and_found_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended("db", "check") == BAD_INPUT
    assert "triagram db upgrade" in capsys.readouterr().err
    assert (ended("db", "upgrade"), ended("db", "check")) == (0, 0)


def test_a_damaged_database_is_told_in_words(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ended("db", "upgrade")
    (here / "data" / "triagram.db").write_bytes(b"no database" * 1000)
    assert ended("db", "check") == FAILED
    printed = capsys.readouterr().err
    assert printed
    assert "Traceback" not in printed


@asynccontextmanager
async def running(folder: Path, api_base: str) -> AsyncGenerator[asyncio.subprocess.Process]:
    """`triagram run` with our token in a process of its own, ended with the block."""
    bot = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run",
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "TRIAGRAM__TELEGRAM__TOKEN": TOKEN,
            "TRIAGRAM__TELEGRAM__API_BASE": api_base,
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield bot
    finally:
        if bot.returncode is None:
            bot.kill()
        await bot.wait()


async def test_the_bot_tells_the_owners_link_and_runs_until_it_is_told_to_stop(here: Path) -> None:
    async with (
        serve(token=TOKEN) as address,
        Driver(address.url) as driver,
        running(here, address.url) as bot,
    ):
        assert bot.stdout is not None
        told = b""
        async with asyncio.timeout(60):
            while b"?start=" not in told:
                told += await bot.stdout.readline()
        await driver.wait_polling()
        bot.send_signal(signal.SIGTERM)
        told += await asyncio.wait_for(bot.stdout.read(), 20)
        assert await bot.wait() == 0, told.decode()
    assert TOKEN not in told.decode()


@pytest.mark.parametrize("roles", ["sing", "hear,sing", ""])
def test_a_role_that_there_is_not_is_refused_with_those_there_are(
    roles: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended("run", "--roles", roles) == BAD_INPUT
    assert "hear,speak,schedule,work" in capsys.readouterr().err


async def test_a_token_nobody_has_ends_the_run_with_a_sentence(here: Path) -> None:
    async with serve() as address, running(here, address.url) as bot:
        told, _ = await asyncio.wait_for(bot.communicate(), 60)
    assert bot.returncode == BAD_INPUT
    assert "@BotFather" in told.decode()
    assert "Traceback" not in told.decode()
