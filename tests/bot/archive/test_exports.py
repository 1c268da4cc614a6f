"""The four real exports come in without loss."""

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from bot.archive import open_archive
from tests.bot.archive.conftest import EXPORTS, ZONE, Json

FILES = {
    "qa_load_ru_2018-11_2020-03.json": (14_952, 1_938, 5_135, -1001211330867),
    "raspiblitz_en_part1.json": (6_742, 256, 2_264, -1001386417432),
    "gitter_docker_en.json": (14_000, 0, 0, -1002000000001),
    "crs_project_chat_en_dev.json": (16_988, 0, 0, -1002000000003),
}


@pytest.fixture(params=FILES)
def export(request: pytest.FixtureRequest) -> Path:
    path = EXPORTS / request.param
    if not path.exists():
        pytest.skip("the shared exports are not on this machine")
    return path


def _text(given: str | list[str | Json]) -> str:
    parts = [given] if isinstance(given, str) else given
    return "".join(part if isinstance(part, str) else part["text"] for part in parts)


def test_counts_replies_texts_authors_and_moments_are_the_files(export: Path) -> None:
    plain: list[Json] = [
        one
        for one in json.loads(export.read_text(encoding="utf-8"))["messages"]
        if one["type"] == "message"
    ]
    archive = open_archive(export, ZONE)
    reading = archive.messages()
    found = list(reading)
    assert (
        reading.messages,
        reading.services,
        sum(one.reply_to is not None for one in found),
        archive.chat_id,
    ) == FILES[export.name]
    assert [one.key.message_id for one in found] == [one["id"] for one in plain]
    assert [one.text for one in found] == [_text(one["text"]) for one in plain]
    assert [one.reply_to for one in found] == [one.get("reply_to_message_id") for one in plain]
    assert [f"user{one.author.person_id}" for one in found] == [one["from_id"] for one in plain]
    assert Counter(one.author.name for one in found) == Counter(
        one["from"] or "Deleted Account" for one in plain
    )
    assert all(
        one.sent_at.timestamp() == int(given["date_unixtime"])
        for one, given in zip(found, plain, strict=True)
        if "date_unixtime" in given
    )
    assert all(earlier.sent_at <= later.sent_at for earlier, later in pairwise(found))
