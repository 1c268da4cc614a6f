"""Deletions noted beside the database: ids, one a line, whatever a crash leaves of the last."""

from pathlib import Path
from uuid import UUID

import pytest

from core.domain.forgetting import Deletion, DeletionKind
from core.domain.ids import ChatId, MessageId, PersonId
from core.errors import StorageFailed
from storage.deletions import FileDeletionLog
from tests.builders import START
from tests.databases import url_of

CHAT = Deletion(UUID(int=1), DeletionKind.CHAT, START, chat_id=ChatId(-1009))
PERSON = Deletion(UUID(int=2), DeletionKind.PERSON, START, person_id=PersonId(7))
MESSAGES = Deletion(
    UUID(int=3), DeletionKind.MESSAGES, START, None, ChatId(-1009), (MessageId(4), MessageId(5))
)


@pytest.fixture
def deletions(tmp_path: Path) -> FileDeletionLog:
    return FileDeletionLog(url_of(tmp_path / "data" / "triagram.db"))


def test_what_is_noted_is_read_back_in_order_from_a_private_file(deletions: FileDeletionLog) -> None:
    assert deletions.list_all() == []
    for one in (CHAT, PERSON, MESSAGES):
        deletions.note(one)
    assert deletions.list_all() == [CHAT, PERSON, MESSAGES]
    assert deletions.file.stat().st_mode & 0o777 == 0o600


def test_a_line_a_crash_cut_off_is_left_out(deletions: FileDeletionLog) -> None:
    deletions.note(CHAT)
    deletions.note(PERSON)
    deletions.file.write_bytes(deletions.file.read_bytes()[:-5])
    assert deletions.list_all() == [CHAT]


def test_a_line_after_a_cut_off_one_is_not_lost(deletions: FileDeletionLog) -> None:
    deletions.note(CHAT)
    deletions.file.write_bytes(deletions.file.read_bytes()[:-5])
    deletions.note(PERSON)
    assert deletions.list_all() == [PERSON]


def test_what_cannot_be_noted_is_told(deletions: FileDeletionLog) -> None:
    deletions.file.mkdir(parents=True)
    with pytest.raises(StorageFailed):
        deletions.note(CHAT)
