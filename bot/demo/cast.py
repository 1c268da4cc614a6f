"""Who is on the stage and what they have said: the sample chat, or an export."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

SAMPLE = "sample_chat.json"
TUESDAY = 1
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
    """The bundled chat, as if it had begun on the latest Tuesday that lets all of it be over by `now`.

    People say "by Thursday" and "Friday's demo" in it: on any day of the week it means the same.
    """
    raw: dict[str, Any] = json.loads(files("bot.demo").joinpath(SAMPLE).read_text("utf-8"))
    handles = {one["name"]: one["username"] for one in raw["people"]}
    last = timedelta(minutes=max(one["at_offset_minutes"] for one in raw["messages"]))
    start = _first_morning(now - last, ZoneInfo(raw["project"]["timezone"]))
    return Script(
        project=raw["project"]["name"],
        keywords=tuple(raw["project"]["keywords"]),
        people={OWNER: OWNER_NAME, **{handle: name for name, handle in handles.items()}},
        lines=tuple(_line(one, handles, start) for one in raw["messages"]),
    )


def _first_morning(latest: datetime, zone: ZoneInfo) -> datetime:
    """Nine o'clock of the last Tuesday not after `latest`."""
    local = latest.astimezone(zone)
    morning = local.replace(hour=9, minute=0, second=0, microsecond=0)
    morning -= timedelta(days=(morning.weekday() - TUESDAY) % 7)
    return morning if morning <= local else morning - timedelta(days=7)


def _line(raw: Mapping[str, Any], handles: Mapping[str, str], start: datetime) -> Line:
    return Line(
        id=raw["id"],
        speaker=handles[raw["from"]],
        text=raw["text"],
        at=start + timedelta(minutes=raw["at_offset_minutes"]),
        reply_to=raw.get("reply_to"),
    )
