"""That words were deleted: by ids alone, so that it can be done again after a restore."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.domain.ids import ChatId, MessageId, PersonId


class DeletionKind(StrEnum):
    """Whose words went."""

    CHAT = "chat"
    PERSON = "person"
    MESSAGES = "messages"


@dataclass(frozen=True)
class Deletion:
    """One deletion: of a chat by `chat_id`, of a person by `person_id`, of messages by chat and ids."""

    id: UUID
    kind: DeletionKind
    at: datetime
    chat_id: ChatId | None = None
    person_id: PersonId | None = None
    message_ids: tuple[MessageId, ...] = ()
