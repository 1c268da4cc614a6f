"""Backup and restore by the program itself: running, damaged, moved, newer, cut off."""

import asyncio
import os
import sqlite3
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from bot import databases, main
from bot.backup.making import back_up
from bot.backup.restoring import restore
from bot.cli import BAD_INPUT
from bot.cli import main as program
from bot.config import KEY_FILE, Config, load_config
from bot.sandbox.driver import Driver
from bot.sandbox.server import serve
from core.domain.ids import ChatId, MessageId, MessageKey
from core.domain.person import Binding, Chat, ChatKind, ChatState
from core.errors import BadBackup, BadConfig
from tests.builders import PROJECT, a_message, a_project

TOKEN = "4711:AAH-a_secret_of_thirty-five_characters"  # noqa: S105 - nothing is behind it
ROOT = Path(__file__).parents[3]
FERNET = "x4ysUZgrMRnbbc5gmXmDFvMxLSQvYCFfcVXRs8m8k6k="
CHAT = ChatId(-1009)


def passphrase() -> str:
    return "correct horse battery"


def nobody() -> str:
    raise AssertionError("a passphrase was asked for")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, and none of our variables set."""
    for name in list(os.environ):
        if name.startswith("TRIAGRAM_"):
            monkeypatch.delenv(name)
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
async def installed(here: Path) -> Config:
    """A token, a key, a setting, and a database in which a project has three messages."""
    KEY_FILE.parent.mkdir(mode=0o700)
    KEY_FILE.write_text(f"TRIAGRAM__SECRETS__KEYS={FERNET}\n", "utf-8")
    KEY_FILE.chmod(0o600)
    (here / "config.toml").write_text("[review]\nundo_minutes = 7\n", "utf-8")
    config = load_config(None, os.environ)
    async with main.open_app(config) as app, app.transactions() as tx:
        await tx.projects.add(a_project())
        await tx.chats.put(Chat(CHAT, ChatKind.SUPERGROUP, "Mobile", state=ChatState.READING))
        await tx.chats.bind(Binding(CHAT, PROJECT))
        await tx.messages.add_many([a_message(number, chat_id=CHAT) for number in (1, 2, 3)])
    return config


def messages() -> int:
    with closing(sqlite3.connect("data/triagram.db")) as database:
        return database.execute("SELECT count(*) FROM message").fetchone()[0]


@pytest.mark.usefixtures("installed")
async def test_an_installation_moves_to_an_empty_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRIAGRAM__TELEGRAM__TOKEN", TOKEN)
    file = tmp_path / "backup.tri"
    await back_up(None, file, passphrase)
    told = capsys.readouterr().out
    assert "1 projects, 3 messages, 0 notes, 0 tasks; config.toml, triagram.env, triagram.db" in told
    assert file.stat().st_mode & 0o777 == 0o600
    assert TOKEN.encode() not in file.read_bytes()
    monkeypatch.delenv("TRIAGRAM__TELEGRAM__TOKEN")
    there = tmp_path / "there"
    there.mkdir()
    monkeypatch.chdir(there)
    await restore(None, file, passphrase)
    config = load_config(None, os.environ)
    assert (config.telegram.token, config.secrets.keys) == (TOKEN, (FERNET,))
    assert (config.settings.review.undo_minutes, messages()) == (7, 3)
    assert sorted(str(one) for one in there.rglob("*")) == [
        str(there / name) for name in ("config.toml", "data", "data/triagram.db", "data/triagram.env")
    ]
    assert {one.name: one.stat().st_mode & 0o777 for one in there.rglob("*")} == {
        "config.toml": 0o600, "data": 0o700, "triagram.db": 0o600, "triagram.env": 0o600,
    }  # fmt: skip


async def test_a_damaged_database_is_replaced_and_kept_aside(
    installed: Config, tmp_path: Path, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "backup.tri"
    await back_up(None, file, passphrase)
    database = here / "data" / "triagram.db"
    database.write_bytes(b"\xff" * 4096 + database.read_bytes()[4096:])
    (here / "config.toml").write_text("[review]\nundo_minutes = 99\n", "utf-8")
    await restore(None, file, passphrase)
    await databases.check(installed)
    assert messages() == 3
    told = capsys.readouterr().out
    [aside] = (here / "data" / "backups").glob("replaced-*.db")
    assert aside.name in told
    assert aside.read_bytes().startswith(b"\xff" * 4096)
    assert (here / "config.toml").read_text() == "[review]\nundo_minutes = 7\n"
    assert (here / "config.toml.replaced").read_text() == "[review]\nundo_minutes = 99\n"


async def test_a_nightly_copy_brings_the_database_back_without_a_passphrase(
    installed: Config, here: Path
) -> None:
    copy = await databases.copies_of(installed).keep()
    (here / "data" / "triagram.db").write_bytes(b"no database" * 1000)
    await restore(None, copy, nobody)
    assert messages() == 3


@asynccontextmanager
async def running(here: Path) -> AsyncGenerator[Driver]:
    """`triagram run` in a process of its own, listening to a sandbox."""
    async with serve(token=TOKEN) as address, Driver(address.url) as driver:
        given = {"TRIAGRAM__TELEGRAM__TOKEN": TOKEN, "TRIAGRAM__TELEGRAM__API_BASE": address.url}
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run",
            cwd=here, env={**os.environ, **given, "PYTHONPATH": str(ROOT)},
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            await driver.wait_polling(60)
            yield driver
        finally:
            bot.terminate()
            await asyncio.wait_for(bot.wait(), 30)


async def test_a_running_bot_is_backed_up_and_restored_once_it_is_stopped(
    installed: Config, tmp_path: Path, here: Path
) -> None:
    file = tmp_path / "backup.tri"
    async with running(here) as driver:
        await back_up(None, file, passphrase)
        with pytest.raises(BadBackup) as refused:
            await restore(None, file, passphrase)
        assert "stop it" in refused.value.mend
        await driver.wait_polling(60)
        async with main.open_app(installed) as app, app.transactions() as tx:
            await tx.messages.add_many([a_message(4, chat_id=CHAT)])
    await databases.check(installed)
    await restore(None, file, passphrase)
    assert messages() == 3
    async with running(here) as driver:
        await driver.wait_polling(60)
    await databases.check(installed)


def words() -> list[str]:
    with closing(sqlite3.connect("data/triagram.db")) as database:
        return [text for (text,) in database.execute("SELECT text FROM message WHERE text <> ''")]


async def test_what_was_deleted_since_is_deleted_again_though_the_database_is_lost(
    installed: Config, tmp_path: Path, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await back_up(None, tmp_path / "backup.tri", passphrase)
    async with main.open_app(installed) as app:
        assert await app.use_cases.forgetting.forget_chat(CHAT) == 3
    (here / "data" / "triagram.db").write_bytes(b"no database" * 1000)
    await restore(None, tmp_path / "backup.tri", passphrase)
    assert messages() == 0
    assert "deleted since then: 1." in capsys.readouterr().out


async def test_a_copy_that_knows_a_deletion_is_not_told_of_it_again(
    installed: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with main.open_app(installed) as app:
        await app.use_cases.forgetting.forget_messages([MessageKey(CHAT, MessageId(1))])
    await back_up(None, tmp_path / "backup.tri", passphrase)
    await restore(None, tmp_path / "backup.tri", passphrase)
    assert len(words()) == 2
    assert "deleted since then" not in capsys.readouterr().out


def written(folder: Path) -> dict[Path, int]:
    """When each file was last written."""
    return {one: one.stat().st_mtime_ns for one in folder.rglob("*") if one.is_file()}


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("cut", [0, 30, 5000, -1])
async def test_a_backup_that_was_cut_off_touches_nothing(cut: int, tmp_path: Path, here: Path) -> None:
    file = tmp_path / "backup.tri"
    await back_up(None, file, passphrase)
    file.write_bytes(file.read_bytes()[:cut])
    before = written(here)
    with pytest.raises(BadBackup):
        await restore(None, file, passphrase)
    assert written(here) == before


async def test_a_database_of_a_newer_program_is_refused_naming_its_version(
    installed: Config, here: Path
) -> None:
    copy = await databases.copies_of(installed).keep()
    with closing(sqlite3.connect(copy)) as newer, newer:
        newer.execute("UPDATE alembic_version SET version_num = '0042'")
        newer.execute("UPDATE release SET name = '2.3.1'")
    with pytest.raises(BadConfig) as refused:
        await restore(None, copy, nobody)
    assert "Triagram 2.3.1" in refused.value.problem
    assert "0.1.0" in refused.value.problem
    assert (messages(), list((here / "data" / "backups").glob("replaced*"))) == (3, [])


@pytest.mark.usefixtures("installed")
async def test_somebody_elses_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with closing(sqlite3.connect(file)) as other, other:
        other.execute("CREATE TABLE message (id)")
    with pytest.raises(BadBackup, match="other"):
        await restore(None, file, nobody)


@pytest.mark.parametrize(
    ("arguments", "given", "told"),
    [
        (("backup", "x.tri"), {}, "TRIAGRAM_PASSPHRASE"),
        (("backup", "x.tri"), {"TRIAGRAM_PASSPHRASE": "short"}, "12 characters"),
        (("backup", "none/x.tri"), {"TRIAGRAM_PASSPHRASE": "correct horse"}, "none/x.tri"),
        (("restore", "x.tri"), {}, "no such file"),
        (("restore", "config.toml"), {"TRIAGRAM_PASSPHRASE": "correct horse"}, "no backup of Triagram"),
    ],
)
@pytest.mark.usefixtures("installed")
def test_what_cannot_be_done_is_told_with_a_way_on(
    arguments: tuple[str, ...],
    given: dict[str, str],
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as end:
        program(arguments)
    printed = capsys.readouterr().err
    assert (end.value.code, told in printed, "→" in printed) == (BAD_INPUT, True, True), printed
