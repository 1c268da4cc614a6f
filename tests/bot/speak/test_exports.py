"""Fetching files: what is read, what is refused, and that no copy stays."""

import base64
import json
from pathlib import Path

import pytest

from bot.speak.exports import PtbExports
from core.errors import BadExport, TelegramAway
from tests.bot.archive.conftest import chat, message
from tests.bot.speak.conftest import Room

MOST = 20 * 1024 * 1024


async def sent(room: Room, content: bytes, size: int = 0) -> str:
    """Ann sends a file; returns its id."""
    media = {
        "kind": "document",
        "file_name": "result.json",
        "content": base64.b64encode(content).decode(),
        "size": size,
    }
    number = await room.driver.say(room.ann, room.ann, "", media=media)
    shown = await room.driver.message(room.ann, number)
    return str((shown.media or {})["file_id"])


def is_there(path: Path) -> bool:
    return path.exists()


async def test_an_export_is_here_while_it_is_read_and_gone_afterwards(room: Room) -> None:
    file_id = await sent(room, json.dumps(chat(message(1), message(2))).encode())
    async with PtbExports(room.bot).fetched(file_id, "../result.json", "UTC") as export:
        assert [one.key.message_id for one in export.messages()] == [1, 2]
        path = export.path
        assert path.name == "result.json"
    assert not is_there(path)


@pytest.mark.parametrize(
    ("size", "problem"), [(MOST, "not a Telegram export"), (MOST + 1, "larger than bots may have")]
)
async def test_a_file_above_20_mb_is_refused_by_telegram_itself(
    room: Room, size: int, problem: str
) -> None:
    file_id = await sent(room, b"x", size)
    with pytest.raises(BadExport) as refused:
        async with PtbExports(room.bot).fetched(file_id, "result.json", "UTC"):
            pass
    assert problem in refused.value.problem


async def test_a_file_telegram_has_no_longer_is_asked_for_again(room: Room) -> None:
    with pytest.raises(BadExport) as refused:
        async with PtbExports(room.bot).fetched("BQACAgNowhere", "result.json", "UTC"):
            pass
    assert refused.value.mend == "send it again"


@pytest.mark.parametrize("kind", [502, "drop"])
async def test_telegram_away_is_no_ones_fault(room: Room, kind: str | int) -> None:
    file_id = await sent(room, json.dumps(chat(message(1))).encode())
    await room.driver.fault(kind, method="getFile")
    with pytest.raises(TelegramAway):
        async with PtbExports(room.bot).fetched(file_id, "result.json", "UTC"):
            pass
