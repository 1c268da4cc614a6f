"""Exports to import: a real one where the data is, else one as long as asked."""

import json
from collections.abc import Iterator
from pathlib import Path

from tests.bench.live import WORDS
from tests.bench.sides import ROOT

REAL = ROOT.parent / "shared" / "data" / "telegram" / "crs_project_chat_en_dev.json"
"""16,988 messages of a real project's chat; data/README.md says whose."""
START_UNIX = 1_709_287_200
_HEAD = '{"name": "Mobile", "type": "private_supergroup", "id": 1234567890, "messages": [\n'


def write_export(file: Path, messages: int) -> None:
    """Write an export of that many messages, a piece at a time."""
    with file.open("w", encoding="utf-8") as out:
        out.write(_HEAD)
        for number, record in enumerate(_records(messages)):
            out.write((",\n" if number else "") + json.dumps(record))
        out.write("\n]}\n")


def _records(messages: int) -> Iterator[dict[str, object]]:
    for number in range(1, messages + 1):
        text = f"{WORDS[number % len(WORDS)]} ({number})"
        yield {
            "id": number,
            "type": "message",
            "date": "2024-03-01T12:00:00",
            "date_unixtime": str(START_UNIX + number),
            "from": f"Person {number % 40}",
            "from_id": f"user{number % 40 + 1}",
            "text": text,
            "text_entities": [{"type": "plain", "text": text}],
            **({"reply_to_message_id": number - 3} if number % 5 == 4 else {}),
        }
