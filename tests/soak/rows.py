"""What is stored, by natural keys: no ids, no numbers, no times. Two plays of one story store the same."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import SQLModel

from bot.sandbox.driver.client import Driver
from storage.engine import open_engine
from tests.databases import url_of
from tests.soak.stage import Stage

Row = dict[str, Any]
Tables = dict[str, list[Row]]

UNNATURAL = frozenset({"counter", "vector_stamp", "incoming", "spot_about", "seat"})
"""Numbers, times, ids, a process's own; of `incoming` nothing may wait, which is checked apart."""
POINTERS = frozenset({"see-above", "see-below"})
"""What a second copy of a message is turned into: only deaths make copies."""
_IDS = frozenset({"id", "seq", "number", "revision", "act_id", "stamp"})
_LUCK = frozenset(
    {
        # How often something was tried, painted or leased, and how long it took: deaths change it. The
        # urgency too: what comes due again before it was painted keeps the greater one.
        "attempts", "urgency", "error", "seconds", "wanted", "painted", "painted_hash", "lease_until",
        "leased_at", "not_before", "median_seconds_to_decision", "vector", "content_version",
        "read_version",
    }
)  # fmt: skip
_UUID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
_NUMBERED = re.compile(r"\b([A-Z])-\d+")
_TIMES = re.compile(r"\b\d{1,2}:\d\d\b|\b\d+ (s|min|h|d)\b")


def timeless(text: str) -> str:
    """A text without the time of day, durations and the numbers of things."""
    return _TIMES.sub("⏱", _NUMBERED.sub(r"\1-#", text))


async def natural_rows(stage: Stage) -> Mapping[str, Sequence[str]]:
    """Every table by its name: its rows as JSON lines, sorted."""
    tables = await _tables(stage)
    # A vector that was taken out leaves an empty row for copies in memory, which say nothing else.
    tables["item_vector"] = [row for row in tables["item_vector"] if row["vector"] is not None]
    tables["spot"] = [row for row in tables["spot"] if row["view"].get("key") not in POINTERS]
    names = _Names()
    names.learn(tables)
    shown = await _shown(stage.driver, tables["spot"])
    for spot in tables["spot"]:
        spot["shows"] = shown[spot["chat_id"], spot["message_id"]]
    return {
        table: sorted(json.dumps(names.natural(row), ensure_ascii=False, sort_keys=True) for row in rows)
        for table, rows in tables.items()
        if table not in UNNATURAL
    }


async def _tables(stage: Stage) -> Tables:
    engine = open_engine(url_of(stage.database))
    try:
        async with engine.reading() as connection:
            return {
                name: [dict(row) for row in (await connection.execute(sa.select(table))).mappings()]
                for name, table in SQLModel.metadata.tables.items()
            }
    finally:
        await engine.dispose()


async def _shown(driver: Driver, spots: Sequence[Row]) -> Mapping[tuple[int, int], str]:
    """What stands at each spot now, with its buttons."""
    shown: defaultdict[tuple[int, int], str] = defaultdict(lambda: "nothing")
    for chat in {spot["chat_id"] for spot in spots}:
        for message in await driver.messages(chat, from_bot=True):
            shown[chat, message.id] = timeless(f"{message.text} {message.labels}")
    return shown


@dataclass
class _Names:
    """A name for every id and every message."""

    of_id: dict[UUID, str] = field(default_factory=dict[UUID, str])
    of_message: dict[tuple[int, int], str] = field(default_factory=dict[tuple[int, int], str])
    _given: Counter[str] = field(default_factory=Counter[str])

    def learn(self, tables: Tables) -> None:
        """Name what others refer to; of several alike each by its turn."""
        for message in sorted(tables["message"], key=lambda row: (row["chat_id"], row["message_id"])):
            name = self._new(f"{message['author_name']}: {message['text']}")
            self.of_message[message["chat_id"], message["message_id"]] = name
        self._learn_runs(tables)
        self._learn_items(tables)
        for row in tables["contribution"]:
            self.of_id[row["id"]] = f"merge of {self.of_id[row['proposal_id']]}"

    def _learn_runs(self, tables: Tables) -> None:
        for project in tables["project"]:
            self.of_id[project["id"]] = project["name"]
        for run in _numbered(tables["run"]):
            self.of_id[run["id"]] = self._new(f"run of {run['stage']}")
        for batch in tables["batch"]:
            self.of_id[batch["id"]] = f"batch {batch['position']} of {self.of_id[batch['run_id']]}"

    def _learn_items(self, tables: Tables) -> None:
        for table in ("topic", "atom", "task", "proposal"):
            for row in _numbered(tables[table]):
                fields = cast("Row", row.get("draft") or (table == "proposal" and row["content"]) or row)
                title = fields.get("title") or fields.get("name")
                self.of_id[row["id"]] = self._new(f"{table} {row.get('kind', '')} {title}")

    def natural(self, row: Row) -> Row:
        """The row without what differs from play to play."""
        told = {name: self._told(value) for name, value in row.items() if name not in _IDS | _LUCK}
        if "message_id" in told:
            told["message_id"] = self._message(row["chat_id"], row["message_id"])
        if told.get("reply_to"):
            told["reply_to"] = self._message(row["chat_id"], row["reply_to"])
        return told

    def _message(self, chat: int, message: int | None) -> str | None:
        return None if message is None else self.of_message.get((chat, message), "a card")

    def _told(self, value: Any) -> Any:
        if isinstance(value, datetime | date):
            return "some time"
        if isinstance(value, UUID):
            return self.of_id.get(value, "an id")
        if isinstance(value, str):
            is_id = _UUID.fullmatch(value) is not None
            return self._told(UUID(value)) if is_id else timeless(value)
        if isinstance(value, dict):
            pairs = cast("Row", value)
            return {key: self._told(one) for key, one in pairs.items() if key not in _IDS | _LUCK}
        if isinstance(value, list):
            return self._listed(cast("list[Any]", value))
        return value

    def _listed(self, values: list[Any]) -> list[Any]:
        """In order; ids are a set, message keys are pairs of chat and message."""
        told = [self._message_or(value) for value in values]
        is_ids = all(isinstance(value, str) and _UUID.fullmatch(value) for value in values)
        return sorted(told) if is_ids else told

    def _message_or(self, value: Any) -> Any:
        if isinstance(value, list):
            pair = cast("list[Any]", value)
            if tuple(pair) in self.of_message:
                return self.of_message[pair[0], pair[1]]
        return self._told(value)

    def _new(self, name: str) -> str:
        self._given[name] += 1
        return name if self._given[name] == 1 else f"{name} ({self._given[name]})"


def _numbered(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row["number"])
