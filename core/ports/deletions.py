"""What was forgotten, and what forgetting needs to find and to blank."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from core.domain.evidence import Quote
from core.domain.forgetting import Deletion
from core.domain.ids import ChatId, MessageKey, PersonId


@dataclass(frozen=True)
class Cited:
    """Items that rest on messages, by what they are; `contributions` are the proposals that gave them."""

    proposals: frozenset[UUID] = frozenset()
    atoms: frozenset[UUID] = frozenset()
    tasks: frozenset[UUID] = frozenset()
    contributions: frozenset[UUID] = frozenset()


class Deletions(Protocol):
    """The list of deletions, which only ever grows, and the words they are about."""

    async def add(self, deletion: Deletion) -> None:
        """Write it down; one known by its id stays as it is."""
        ...

    async def list_since(self, at: datetime) -> list[Deletion]:
        """Those made at that moment or later, oldest first: what a copy made then does not know."""
        ...

    async def keys_of(self, person_id: PersonId, before: datetime) -> list[MessageKey]:
        """What a person said before that moment: messages kept, and those only quoted."""
        ...

    async def keys_in(self, chat_id: ChatId, before: datetime) -> list[MessageKey]:
        """The same of a chat."""
        ...

    async def cited(self, keys: Iterable[MessageKey]) -> Cited:
        """What rests on any of these."""
        ...

    async def quoted_on(self, item: UUID, person_id: PersonId) -> list[MessageKey]:
        """A person's messages that an item, what merges gave it or what was said to it quotes."""
        ...

    async def quotes_of(self, person_id: PersonId) -> list[Quote]:
        """Every piece of a person's words that something rests on, once, oldest first."""
        ...

    async def decided_by(self, person_id: PersonId) -> list[UUID]:
        """The proposals a person settled, oldest decision first."""
        ...

    async def holding(self, words: Iterable[str]) -> Cited:
        """What has any of these words in its title or text."""
        ...

    async def only_theirs(self, words: Iterable[str]) -> frozenset[str]:
        """Those of the words that no message kept has, asked once the messages are blank."""
        ...

    async def forgotten_among(self, keys: Iterable[MessageKey]) -> frozenset[MessageKey]:
        """Those of the messages that were emptied for good."""
        ...

    async def blank(self, keys: Iterable[MessageKey]) -> int:
        """Empty messages for good: no edit, import or capture fills them again."""
        ...

    async def blank_updates(self, person_id: PersonId | None, keys: Iterable[MessageKey]) -> None:
        """Empty updates set aside that a person or one of these messages is part of."""
        ...

    async def blank_notes(self, person_id: PersonId) -> None:
        """Empty what a reviewer wrote as the reason of a decision."""
        ...

    async def quoting(self, texts: Iterable[str]) -> frozenset[UUID]:
        """Proposals that name one of these texts as something they resemble or replace."""
        ...

    async def forget_shown(self, texts: Iterable[str], talks: Iterable[ChatId]) -> None:
        """Empty sentences that hold one of these texts, and what was typed into cards in `talks`."""
        ...

    async def repaint(self, about: Iterable[UUID]) -> int:
        """Make due every live spot about any of these, however old; return how many."""
        ...


class DeletionLog(Protocol):
    """The deletions once more, outside of the database: what a damaged one takes along is still known."""

    def note(self, deletion: Deletion) -> None:
        """Append one, on disk before this returns; raises StorageFailed.

        Called once its transaction has committed.
        """
        ...

    def list_all(self) -> list[Deletion]:
        """All of them, oldest first; raises StorageFailed."""
        ...


class Scrubber(Protocol):
    """Makes what was deleted unreadable where things are stored. Both raise StorageFailed."""

    async def is_due(self) -> bool:
        """Whether traces may be left."""
        ...

    async def scrub(self) -> None:
        """Leave none; writers wait meanwhile."""
        ...
