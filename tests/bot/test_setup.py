"""Setting up: the token is checked and kept, what to tap next is said; Telegram is the sandbox."""

import logging
import re
import tomllib
from collections.abc import AsyncGenerator, Generator
from pathlib import Path

import pytest

from bot.config import KEY_FILE, Config, load_config
from bot.config.keeping import keep_secrets
from bot.config.shape import DEFAULTS, SECRETS
from bot.sandbox.driver import Driver
from bot.sandbox.server import Address, serve
from bot.setup import STARTING, install_service, next_steps, service_text, set_up, settings_text
from bot.setup import TOKEN as TOKEN_KEY
from core.errors import BadConfig, TelegramAway

TOKEN = "4711:AAH-a_secret_of_thirty-five_characters"  # noqa: S105 - nothing is behind it
VARIABLE = "TRIAGRAM__TELEGRAM__TOKEN"


@pytest.fixture(autouse=True)
def _setting_up_leaves_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    monkeypatch.chdir(tmp_path)
    factory = logging.getLogRecordFactory()
    yield
    logging.setLogRecordFactory(factory)


@pytest.fixture
async def telegram(monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Address]:
    async with serve(token=TOKEN) as address:
        monkeypatch.setenv("TRIAGRAM__TELEGRAM__API_BASE", address.url)
        yield address


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def configured() -> Config:
    return load_config(None, {})


@pytest.mark.usefixtures("telegram")
async def test_a_good_token_is_kept_and_the_next_steps_are_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    await set_up(None, TOKEN)
    told = capsys.readouterr().out
    assert configured().telegram.token == TOKEN
    assert re.search(r"https://t\.me/triagram_bot\?start=\S{20,}", told)
    assert "https://t.me/triagram_bot?startgroup=new&admin=manage_chat" in told
    assert "triagram run" in told
    assert TOKEN not in told


@pytest.mark.usefixtures("telegram")
async def test_setting_up_again_gives_another_owners_link(capsys: pytest.CaptureFixture[str]) -> None:
    await set_up(None, TOKEN)
    first = capsys.readouterr().out
    await set_up(None, TOKEN)
    second = capsys.readouterr().out
    assert re.findall(r"\?start=\S+", first) != re.findall(r"\?start=\S+", second)


@pytest.mark.usefixtures("telegram")
async def test_a_token_nobody_has_is_refused_and_not_kept() -> None:
    with pytest.raises(BadConfig, match="no bot"):
        await set_up(None, "4711:AAH-another_secret_of_thirty-five_chars")
    assert not KEY_FILE.exists()


@pytest.mark.parametrize("token", ["", "abc", "4711", "4711:", "4711:short/../x"])
async def test_what_is_no_token_is_told_before_telegram_is_asked(token: str, tmp_path: Path) -> None:
    with pytest.raises(BadConfig) as refused:
        await set_up(None, token)
    assert refused.value.where == "token"
    assert files(tmp_path) == []


async def test_telegram_away_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIAGRAM__TELEGRAM__API_BASE", "http://127.0.0.1:1")
    with pytest.raises(TelegramAway):
        await set_up(None, TOKEN)
    assert files(tmp_path) == []


async def test_a_failing_telegram_is_not_taken_for_a_wrong_token(telegram: Address) -> None:
    async with Driver(telegram.url) as driver:
        await driver.fault("429", method="getMe")
        with pytest.raises(TelegramAway):
            await set_up(None, TOKEN)


def test_the_key_file_is_readable_by_its_owner_alone_and_keeps_other_lines(tmp_path: Path) -> None:
    file = tmp_path / "data" / "triagram.env"
    file.parent.mkdir()
    file.write_text(f"TRIAGRAM__SECRETS__KEYS=abc\n{VARIABLE}=old\n", "utf-8")
    file.chmod(0o644)
    keep_secrets(file, {TOKEN_KEY: TOKEN})
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text("utf-8") == f"TRIAGRAM__SECRETS__KEYS=abc\n{VARIABLE}={TOKEN}\n"
    assert files(file.parent) == [file]


def test_the_written_settings_are_all_knobs_and_no_secret(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(settings_text(), "utf-8")
    assert load_config(file, {}) == Config()
    bare = re.sub(r"^# (?=\w+ = )", "", settings_text(), flags=re.MULTILINE)
    found = {(section, name) for section, table in tomllib.loads(bare).items() for name in table}
    assert found == {(key.section, key.name) for key in DEFAULTS if key not in SECRETS}
    file.write_text(bare, "utf-8")
    assert load_config(file, {}) == Config()


@pytest.mark.usefixtures("telegram")
async def test_a_key_is_made_once_and_all_is_its_owners_alone(tmp_path: Path) -> None:
    await set_up(None, TOKEN)
    [key] = configured().secrets.keys
    await set_up(None, TOKEN)
    assert configured().secrets.keys == (key,)
    modes = {name: (tmp_path / name).stat().st_mode & 0o777 for name in ("config.toml", "data", KEY_FILE)}
    assert modes == {"config.toml": 0o600, "data": 0o700, KEY_FILE: 0o600}


@pytest.mark.usefixtures("telegram")
async def test_settings_that_are_there_stay(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[review]\nundo_minutes = 3\n", "utf-8")
    await set_up(None, TOKEN)
    assert configured().settings.review.undo_minutes == 3


def test_with_an_owner_no_link_to_own_it_is_offered() -> None:
    assert "?start=" not in next_steps("triagram_bot", None)


def test_the_service_runs_the_bot_where_its_data_is() -> None:
    text = service_text(Path("/srv/triagram"), "/srv/triagram/.venv/bin/python")
    assert "WorkingDirectory=/srv/triagram\n" in text
    assert "ExecStart=/srv/triagram/.venv/bin/python -m bot run\n" in text


def test_a_folder_with_odd_letters_is_written_as_systemd_reads_it() -> None:
    text = service_text(Path("/srv/100% ours"), "/srv/100% ours/python")
    assert "WorkingDirectory=/srv/100%% ours\n" in text
    assert 'ExecStart="/srv/100%% ours/python" -m bot run\n' in text


@pytest.mark.parametrize(("code", "told"), [(0, "It runs."), (1, "no bus")])
def test_the_service_is_written_and_started_or_says_what_to_do(
    code: int,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("systemctl", "loginctl"):
        command = tmp_path / name
        command.write_text(
            f'#!/bin/sh\necho "$0 $@" >> {tmp_path}/given\necho no bus >&2\nexit {code}\n', "utf-8"
        )
        command.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    unit = tmp_path / "home" / "triagram.service"
    install_service(unit, tmp_path, "/usr/bin/python3")
    assert told in capsys.readouterr().out
    assert unit.read_text("utf-8") == service_text(tmp_path, "/usr/bin/python3")
    given = (tmp_path / "given").read_text("utf-8").splitlines()
    assert [line.partition(f"{tmp_path}/")[2] for line in given] == [
        " ".join(command) for command in STARTING[: None if code == 0 else 1]
    ]
