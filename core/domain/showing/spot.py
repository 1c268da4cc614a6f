"""Where something is shown, and which picture of it: what stands in a chat is derived from these rows."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum, StrEnum
from uuid import UUID

from core.domain.ids import ChatId, MessageId, PersonId, ThreadId
from core.domain.showing.view import Notice, View
from core.errors import Bug


class Urgency(IntEnum):
    """The order of sending: answers, settled cards, new cards, progress."""

    ANSWER = 0
    SETTLED = 1
    CARD = 2
    PROGRESS = 3


class Delivery(StrEnum):
    """What we know of the message: not sent, shown, sent with the answer lost, given up."""

    NEW = "new"
    SHOWN = "shown"
    UNKNOWN = "unknown"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Place:
    """Where something is to be shown; `reader_id` is the person in a direct chat, None in groups."""

    chat_id: ChatId
    reader_id: PersonId | None = None
    thread_id: ThreadId | None = None
    reply_to: MessageId | None = None


@dataclass(frozen=True)
class Spot:
    """One place where one View stands or shall stand.

    It is due when `wanted` exceeds `painted`, or when `repaint_at` has passed, and not before `not_before`.
    `about` are the ids whose change makes it due again. `reader_id` is None in groups. `unasked_in` is
    the IANA time zone by whose clock it waits for a good moment; "" for what a person asked for.
    """

    id: UUID
    view: View
    chat_id: ChatId
    created_at: datetime
    about: frozenset[UUID] = frozenset()
    reader_id: PersonId | None = None
    thread_id: ThreadId | None = None
    reply_to: MessageId | None = None
    message_id: MessageId | None = None
    urgency: Urgency = Urgency.ANSWER
    unasked_in: str = ""
    delivery: Delivery = Delivery.NEW
    wanted: int = 1
    painted: int = 0
    painted_hash: str = ""
    repaint_at: datetime | None = None
    not_before: datetime | None = None
    lease_until: datetime | None = None
    attempts: int = 0
    sent_at: datetime | None = None

    @property
    def is_unsaid(self) -> bool:
        """Whether nobody asked for it and it was not tried yet."""
        return bool(self.unasked_in) and self.delivery is Delivery.NEW

    def turned(self, view: View, about: frozenset[UUID] | None = None) -> "Spot":
        """The same message with another picture; it is due."""
        return replace(
            self, view=view, about=self.about if about is None else about, wanted=self.wanted + 1
        )

    def shown_as(self, message_id: MessageId, wanted: int, painted_hash: str) -> "Spot":
        """What `wanted` asked for now stands under `message_id`."""
        return replace(
            self, message_id=message_id, delivery=Delivery.SHOWN, painted=wanted,
            painted_hash=painted_hash, lease_until=None, attempts=0,
        )  # fmt: skip

    def unknown(self) -> "Spot":
        """Sent, but the answer was lost; it is sent once more."""
        return replace(self, delivery=Delivery.UNKNOWN, lease_until=None, attempts=self.attempts + 1)

    def later(self, at: datetime) -> "Spot":
        """To be tried again from `at` on."""
        return replace(self, not_before=at, lease_until=None, attempts=self.attempts + 1)

    def pointer(self, pointer_id: UUID, copy: MessageId, at: datetime) -> "Spot":
        """What is to stand at a second copy of this message: which way the card is; it is due.

        Raises Bug when it is not known where the card stands.
        """
        if self.message_id is None:
            raise Bug("a copy of what stands nowhere")
        view = Notice("see-above" if self.message_id < copy else "see-below")
        return Spot(
            id=pointer_id, view=view, chat_id=self.chat_id, created_at=at, reader_id=self.reader_id,
            thread_id=self.thread_id, message_id=copy, urgency=Urgency.SETTLED, delivery=Delivery.SHOWN,
        )  # fmt: skip

    def dropped(self) -> "Spot":
        """Given up: its message or chat is gone; the item itself stays."""
        return replace(self, delivery=Delivery.DROPPED, lease_until=None, painted=self.wanted)


def place_of(spot: Spot) -> Place:
    """Where a spot stands, for whoever asks what may be read there."""
    return Place(spot.chat_id, spot.reader_id, spot.thread_id)
