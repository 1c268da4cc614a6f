"""Who is on the stage and what they have said: the sample chat, or an export."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

SAMPLE = "sample_chat.json"
OWNER = "ann"
"""The user name of the PM in every demo."""
OWNER_NAME = "Ann Keller"


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
    """The sample chat: the project's name and words, its people by user name, what they say in order."""

    project: str
    keywords: tuple[str, ...]
    people: Mapping[str, str]
    lines: tuple[Line, ...]


def sample_script(now: datetime) -> Script:
    """The bundled chat, as if its last word had been said a minute before `now`."""
    raw: dict[str, Any] = json.loads(files("bot.demo").joinpath(SAMPLE).read_text("utf-8"))
    handles = {one["name"]: one["username"] for one in raw["people"]}
    last = max(one["at_offset_minutes"] for one in raw["messages"])
    start = now - timedelta(minutes=last + 1)
    return Script(
        project=raw["project"]["name"],
        keywords=tuple(raw["project"]["keywords"]),
        people={OWNER: OWNER_NAME, **{handle: name for name, handle in handles.items()}},
        lines=tuple(_line(one, handles, start) for one in raw["messages"]),
    )


def _line(raw: Mapping[str, Any], handles: Mapping[str, str], start: datetime) -> Line:
    return Line(
        id=raw["id"],
        speaker=handles[raw["from"]],
        text=raw["text"],
        at=start + timedelta(minutes=raw["at_offset_minutes"]),
        reply_to=raw.get("reply_to"),
    )
