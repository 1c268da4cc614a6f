"""Deletions."""

from core.domain.forgetting import Deletion, DeletionKind
from core.domain.ids import ChatId, MessageId, PersonId
from storage.mapping.packing import Columns
from storage.tables import DeletionRow


def deletion_of(row: DeletionRow) -> Deletion:
    """The deletion of a row."""
    return Deletion(
        id=row.id,
        kind=DeletionKind(row.kind),
        at=row.at,
        person_id=None if row.person_id is None else PersonId(row.person_id),
        chat_id=None if row.chat_id is None else ChatId(row.chat_id),
        message_ids=tuple(MessageId(one) for one in row.message_ids),
    )


def deletion_columns(deletion: Deletion) -> Columns:
    """The columns of a deletion."""
    return {
        "id": deletion.id,
        "kind": deletion.kind.value,
        "at": deletion.at,
        "person_id": deletion.person_id,
        "chat_id": deletion.chat_id,
        "message_ids": list(deletion.message_ids),
    }
