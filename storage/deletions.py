"""`core.ports.deletions.DeletionLog` as a file of lines beside the database: ids, never a word."""

import logging
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic_core import from_json, to_json

from core.domain.forgetting import Deletion, DeletionKind
from core.domain.ids import ChatId, MessageId, PersonId
from storage.engine import folder_beside
from storage.files import failing

NAME = "deletions.jsonl"

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FileDeletionLog:
    """The deletions of the database at `url`. Raises StorageFailed where the file cannot be written."""

    url: str

    @property
    def file(self) -> Path:
        """Where the lines are; it is made with the first."""
        return folder_beside(self.url) / NAME

    def note(self, deletion: Deletion) -> None:
        """Append a line and see it to the disk."""
        with failing():
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            opened = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(opened, "ab") as lines:
                # An empty line in between does no harm, a line joined to one that was cut off is lost.
                lines.write(b"\n" + to_json(deletion) + b"\n")
                lines.flush()
                os.fsync(lines.fileno())

    def list_all(self) -> list[Deletion]:
        """All of them, oldest first; a line a crash cut off is logged and left out."""
        if not self.file.exists():
            return []
        with failing():
            lines = self.file.read_bytes().split(b"\n")
        return [one for line in lines if line and (one := _deletion_of(line)) is not None]


def _deletion_of(text: bytes) -> Deletion | None:
    try:
        line: dict[str, Any] = from_json(text)
    except ValueError:
        _log.warning("a deletion was not noted whole: %r", text)
        return None
    return Deletion(
        id=UUID(line["id"]),
        kind=DeletionKind(line["kind"]),
        at=datetime.fromisoformat(line["at"]),
        chat_id=None if line["chat_id"] is None else ChatId(line["chat_id"]),
        person_id=None if line["person_id"] is None else PersonId(line["person_id"]),
        message_ids=tuple(MessageId(number) for number in line["message_ids"]),
    )
