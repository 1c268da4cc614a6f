"""Real payloads of four libraries' tests: none stops the stream, their messages are stored as they are."""

import json
from pathlib import Path
from typing import Any

import pytest

from core.domain.ids import ThreadId
from core.domain.message import Message
from tests.bot.hear.conftest import Room

FILE = Path(__file__).parents[4] / "shared" / "data" / "botapi_payloads.jsonl"
pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the shared payloads are not here")


def payloads() -> list[dict[str, Any]]:
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def as_update(number: int, row: dict[str, Any]) -> dict[str, Any]:
    """A message is wrapped; everything else is fed as it is, under a number of its own."""
    payload = row["payload"]
    if row["kind"] == "message":
        return {"update_id": number, "message": payload}
    return {**payload, "update_id": number}


def messages() -> list[dict[str, Any]]:
    """Those that say or carry something; service messages are not said by anybody.

    Files and forwards in direct chat are handed over, not said there.
    """
    service = {"new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id",
               "proximity_alert_triggered"}  # fmt: skip
    rows = [row["payload"] for row in payloads() if row["kind"] == "message"]
    rows += [
        row["payload"]["message"]
        for row in payloads()
        if row["kind"] == "update" and "message" in row["payload"]
    ]
    return [row for row in rows if not service & row.keys() and not is_handed_over(row)]


def is_handed_over(row: dict[str, Any]) -> bool:
    carries = row.get("forward_origin") or ("document" in row and "animation" not in row)
    return bool(carries) and row["chat"]["type"] == "private"


async def test_none_of_them_stops_the_stream_one_by_one(room: Room) -> None:
    for number, row in enumerate(payloads(), start=1):
        await room.hear(as_update(number, row))
    room.updates = len(payloads())
    said = await room.say("still listening to everything")
    assert await room.waiting() == []
    assert await room.stored(said["chat"]["id"], said["message_id"]) is not None


async def test_none_of_them_stops_the_stream_all_at_once(room: Room) -> None:
    await room.hear(*(as_update(number, row) for number, row in enumerate(payloads(), start=1)))
    assert await room.waiting() == []


@pytest.mark.parametrize("number", range(len(messages()) if FILE.exists() else 0))
async def test_a_message_is_stored_with_text_author_thread_and_reply_equal(room: Room, number: int) -> None:
    raw = messages()[number]
    await room.open_group(raw["chat"])
    await room.hear({"update_id": 1, "message": raw})
    kept = await room.stored(raw["chat"]["id"], raw["message_id"])
    assert kept is not None
    assert kept.text == (raw.get("text") or raw.get("caption") or "")
    assert said_by(kept) == expected_author(raw)
    assert kept.thread_id == (ThreadId(raw["message_thread_id"]) if raw.get("is_topic_message") else None)
    reply: dict[str, Any] = raw.get("reply_to_message") or {}
    assert kept.reply_to == reply.get("message_id")


def said_by(message: Message) -> int | None:
    return message.author.person_id or message.author.chat_id


def expected_author(raw: dict[str, Any]) -> int:
    speaker = raw.get("sender_chat") or raw.get("from") or raw["chat"]
    return int(speaker["id"])
