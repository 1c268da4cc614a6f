"""Who is on the stage and what they have said: the sample chat, or an export."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

SAMPLE = "sample_chat.json"


@dataclass(frozen=True)
class Line:
    """One thing somebody says in the group, `reply_to` another line's id."""

    id: int
    speaker: str
    text: str
    at: datetime
    reply_to: int | None = None


@dataclass(frozen=True)
class Script:
    """The sample chat: the project's name, its people by user name, what they say in order."""

    project: str
    timezone: str
    keywords: tuple[str, ...]
    people: Mapping[str, str]
    lines: tuple[Line, ...]


def sample_script(now: datetime) -> Script:
    """The bundled chat, as if it had been said in the two days before `now`."""
    raw: dict[str, Any] = json.loads(files("bot.demo").joinpath(SAMPLE).read_text("utf-8"))
    project: dict[str, Any] = raw["project"]
    return Script(
        project=project["name"],
        timezone=project["timezone"],
        keywords=tuple(project["keywords"]),
        people={one["username"]: one["name"] for one in raw["people"]},
        lines=tuple(_line(one, now) for one in raw["messages"]),
    )


def _line(raw: Mapping[str, Any], now: datetime) -> Line:
    return Line(
        id=raw["id"],
        speaker=raw["from"],
        text=raw["text"],
        at=now - timedelta(minutes=raw["minutes_ago"]),
        reply_to=raw.get("reply_to"),
    )
