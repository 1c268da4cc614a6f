"""Exports written for one test, and the four real ones where they are."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.archive import Reading, open_archive
from core.domain.message import Message

Json = dict[str, Any]
EXPORTS = Path(__file__).parents[4] / "shared" / "data" / "telegram"
ZONE = "Europe/Kyiv"


def message(id_: int, text: str = "hello there", /, **more: object) -> Json:
    """A message as Telegram Desktop writes it; a keyword overrides or adds a key, None takes one out."""
    made: Json = {
        "id": id_,
        "type": "message",
        "date": "2024-03-01T12:00:00",
        "date_unixtime": str(1709287200 + id_),
        "from": "Ann Lee",
        "from_id": "user7",
        "text": text,
        "text_entities": [{"type": "plain", "text": text}] if text else [],
        **more,
    }
    return {key: value for key, value in made.items() if value is not None}


def service(id_: int, action: str, /, **more: object) -> Json:
    return message(id_, "", type="service", action=action, **{"from": None, "from_id": None, **more})


def chat(*messages: object, **more: object) -> Json:
    return {"name": "Mobile", "type": "private_supergroup", "id": 1234567890, "messages": messages, **more}


Writer = Callable[[object], Path]


@pytest.fixture
def write(tmp_path: Path) -> Writer:
    def written(content: object) -> Path:
        path = tmp_path / "result.json"
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        return path

    return written


Read = Callable[..., list[Message]]


@pytest.fixture
def read(write: Writer) -> Read:
    """Reads the messages given as one supergroup's export."""

    def messages(*given: object, timezone: str = ZONE, **more: object) -> list[Message]:
        return list(open_archive(write(chat(*given, **more)), timezone).messages())

    return messages


def read_through(path: Path) -> Reading:
    return open_archive(path, ZONE).survey()
