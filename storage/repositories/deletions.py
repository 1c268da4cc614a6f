"""Deletions, and the words they are about: found by whose they are, blanked where they stand."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from core.domain.evidence import Quote
from core.domain.forgetting import Deletion
from core.domain.ids import ChatId, Kind, MessageId, MessageKey, PersonId
from core.domain.showing.spot import Delivery
from core.ports.deletions import Cited
from storage.flavour import flavour_of
from storage.functions import emptied_in, nulled_in, position_of, text_in
from storage.mapping.deletions import deletion_columns, deletion_of
from storage.mapping.messages import evidence_of
from storage.prepared import Prepared
from storage.repositories.evidence import CONTRIBUTION
from storage.repositories.messages import are_messages, by_chat
from storage.repositories.rows import Repository, all_rows, chunks, insert_new
from storage.tables import (
    CommentRow,
    ContributionRow,
    DeletionRow,
    EvidenceRow,
    IncomingRow,
    ItemTextRow,
    MessageRow,
    ProposalRow,
    SpotAboutRow,
    SpotRow,
    table_of,
)
from storage.words import words_of

_message, _spot = table_of(MessageRow), table_of(SpotRow)
_QUERIED = ("ProposalCard", "SessionCard")
"""Views that keep what somebody typed into them, as `query` and `patch`."""
_WORDS_AT_ONCE = 64
_EMPTIED = Prepared(
    sa.select(_message.c.message_id).where(
        _message.c.chat_id == sa.bindparam("chat_id"),
        _message.c.message_id.in_(sa.bindparam("ids", expanding=True)),
        _message.c.is_forgotten,
    )
)


class SqlDeletions(Repository):
    """Deletions. What they are about is searched without regard to who may read it."""

    async def add(self, deletion: Deletion) -> None:
        """Write it down; one known by its id stays as it is."""
        await insert_new(self.connection, DeletionRow, deletion_columns(deletion))

    async def list_since(self, at: datetime) -> list[Deletion]:
        """Those made at that moment or later, oldest first."""
        later = (
            sa.select(DeletionRow)
            .where(col(DeletionRow.at) >= at)
            .order_by(col(DeletionRow.at), col(DeletionRow.seq))
        )
        return [deletion_of(row) for row in await all_rows(self.connection, later)]

    async def keys_of(self, person_id: PersonId, before: datetime) -> list[MessageKey]:
        """What a person said before that moment: messages kept, and those only quoted."""
        said = col(MessageRow.author_id) == person_id
        quoted = col(EvidenceRow.author_id) == person_id
        return await self._keys(said, quoted, before)

    async def keys_in(self, chat_id: ChatId, before: datetime) -> list[MessageKey]:
        """The same of a chat."""
        said = col(MessageRow.chat_id) == chat_id
        quoted = col(EvidenceRow.chat_id) == chat_id
        return await self._keys(said, quoted, before)

    async def _keys(
        self, said: sa.ColumnElement[bool], quoted: sa.ColumnElement[bool], before: datetime
    ) -> list[MessageKey]:
        kept = sa.select(col(MessageRow.chat_id), col(MessageRow.message_id)).where(
            said, col(MessageRow.sent_at) < before
        )
        cited = sa.select(col(EvidenceRow.chat_id), col(EvidenceRow.message_id)).where(
            quoted, col(EvidenceRow.sent_at) < before
        )
        rows = (await self.connection.execute(sa.union(kept, cited))).all()
        return sorted(MessageKey(ChatId(chat), MessageId(message)) for chat, message in rows)

    async def cited(self, keys: Iterable[MessageKey]) -> Cited:
        """What rests on any of these messages."""
        owners: dict[str, set[UUID]] = {}
        for which in are_messages(keys, EvidenceRow):
            found = sa.select(col(EvidenceRow.owner_kind), col(EvidenceRow.owner_id)).where(which)
            for kind, owner_id in (await self.connection.execute(found)).all():
                owners.setdefault(kind, set()).add(owner_id)
        return _cited(owners, await self._givers(owners.get(CONTRIBUTION, set())))

    async def _givers(self, contributions: Iterable[UUID]) -> frozenset[UUID]:
        """The proposals whose merge gave these."""
        found: set[UUID] = set()
        for some in chunks(contributions):
            giving = sa.select(col(ContributionRow.proposal_id)).where(col(ContributionRow.id).in_(some))
            found |= set((await self.connection.execute(giving)).scalars().all())
        return frozenset(found)

    async def quoted_on(self, item: UUID, person_id: PersonId) -> list[MessageKey]:
        """A person's messages that an item, what merges gave it or what was said to it quotes."""
        given = sa.select(col(ContributionRow.id)).where(col(ContributionRow.target_id) == item)
        said_to_it = sa.select(col(CommentRow.id)).where(col(CommentRow.task_id) == item)
        is_its = sa.or_(
            col(EvidenceRow.owner_id) == item,
            col(EvidenceRow.owner_id).in_(given),
            col(EvidenceRow.owner_id).in_(said_to_it),
        )
        quoted = sa.select(col(EvidenceRow.chat_id), col(EvidenceRow.message_id)).where(
            is_its, col(EvidenceRow.author_id) == person_id
        )
        rows = (await self.connection.execute(quoted.distinct())).all()
        return sorted(MessageKey(ChatId(chat), MessageId(message)) for chat, message in rows)

    async def quotes_of(self, person_id: PersonId) -> list[Quote]:
        """Every piece of a person's words that something rests on, once, oldest first."""
        theirs = (
            sa.select(EvidenceRow)
            .where(col(EvidenceRow.author_id) == person_id)
            .order_by(col(EvidenceRow.sent_at), col(EvidenceRow.message_id))
        )
        rows = await all_rows(self.connection, theirs)
        return list(dict.fromkeys(evidence_of(rows).quotes))

    async def decided_by(self, person_id: PersonId) -> list[UUID]:
        """The proposals a person settled, oldest decision first."""
        settled = (
            sa.select(col(ProposalRow.id))
            .where(col(ProposalRow.reviewed_by_id) == person_id)
            .order_by(col(ProposalRow.reviewed_at), col(ProposalRow.number))
        )
        return list((await self.connection.execute(settled)).scalars().all())

    async def holding(self, words: Iterable[str]) -> Cited:
        """What has any of these words in its title or text."""
        owners: dict[str, set[UUID]] = {}
        for some in chunks(words, _WORDS_AT_ONCE):
            which = sa.select(col(ItemTextRow.kind), col(ItemTextRow.item_id))
            held = flavour_of(self.connection).having_words(
                which, table_of(ItemTextRow), words_of(" ".join(some))
            )
            for kind, item_id in (await self.connection.execute(held.order_by(None))).all():
                owners.setdefault(kind, set()).add(item_id)
        return _cited(owners, frozenset())

    async def only_theirs(self, words: Iterable[str]) -> frozenset[str]:
        """Those of the words that no message kept has."""
        asked = frozenset(words)
        return asked - await flavour_of(self.connection).still_said(self.connection, asked)

    async def forgotten_among(self, keys: Iterable[MessageKey]) -> frozenset[MessageKey]:
        """Those of the messages that were emptied for good."""
        found: set[MessageKey] = set()
        for chat_id, some in by_chat(keys):
            rows = await _EMPTIED.rows(self.connection, chat_id=chat_id, ids=some)
            found.update(MessageKey(chat_id, MessageId(row.message_id)) for row in rows)
        return frozenset(found)

    async def blank(self, keys: Iterable[MessageKey]) -> int:
        """Empty messages for good; return how many there were."""
        blanked = 0
        for which in are_messages(keys, MessageRow):
            emptied = (
                sa.update(_message)
                .where(which, sa.not_(col(MessageRow.is_forgotten)))
                .values(
                    text="", mentions=[], author_name="", author_id=None, author_chat_id=None,
                    author_username=None, is_excluded=True, is_readable=False, is_forgotten=True,
                )
            )  # fmt: skip
            blanked += (await self.connection.execute(emptied)).rowcount
        return blanked

    async def blank_updates(self, person_id: PersonId | None, keys: Iterable[MessageKey]) -> None:
        """Empty updates set aside that a person or one of these messages is part of.

        Found by the numbers in their text, so rather one too many: they have no effect any more.
        """
        incoming, ids = table_of(IncomingRow), sorted({key.message_id for key in keys})
        signs = [f'"id":{person_id}'] if person_id is not None else []
        signs += [f'"message_id":{message_id}' for message_id in ids]
        plain = sa.func.replace(incoming.c.payload, " ", "")
        for some in chunks(signs, 200):
            is_part = sa.or_(*(position_of(plain, sign) > 0 for sign in some))
            emptied = sa.update(incoming).where(incoming.c.status == "aside", is_part)
            await self.connection.execute(emptied.values(payload="", error=""))

    async def blank_notes(self, person_id: PersonId) -> None:
        """Empty what a reviewer wrote as the reason of a decision."""
        proposal = table_of(ProposalRow)
        theirs = sa.update(proposal).where(
            proposal.c.reviewed_by_id == person_id, proposal.c.note.is_not(None)
        )
        await self.connection.execute(theirs.values(note="", revision=proposal.c.revision + 1))

    async def quoting(self, texts: Iterable[str]) -> frozenset[UUID]:
        """Proposals that name one of these texts as something they resemble or replace."""
        found: set[UUID] = set()
        for some in chunks(texts, 50):
            naming = sa.select(col(ProposalRow.id)).where(
                sa.or_(
                    *_holds(col(ProposalRow.similar), some),
                    *_holds(col(ProposalRow.content), some),
                    *_holds(col(ProposalRow.unedited), some),
                )
            )
            found |= set((await self.connection.execute(naming)).scalars().all())
        return frozenset(found)

    async def forget_shown(self, texts: Iterable[str], talks: Iterable[ChatId]) -> None:
        """Empty sentences that hold one of these texts, and what was typed into cards in `talks`.

        A sentence keeps its key and loses its arguments' words; one with nothing left says only that.
        """
        kind = text_in(_spot.c.view, "is")
        for some in chunks(texts, 50):
            sentences = sa.update(_spot).where(kind == "Notice", sa.or_(*_holds(_spot.c.view, some)))
            await self.connection.execute(
                sentences.values(view=_FORGOTTEN, wanted=_spot.c.wanted + 1, painted_hash="")
            )
        for some in chunks(talks):
            typed = sa.update(_spot).where(_spot.c.chat_id.in_(some), kind.in_(_QUERIED))
            wordless = nulled_in(emptied_in(_spot.c.view, "query"), "patch")
            await self.connection.execute(typed.values(view=wordless, wanted=_spot.c.wanted + 1))
            asked = sa.update(_spot).where(_spot.c.chat_id.in_(some), kind == "TaskCard")
            await self.connection.execute(
                asked.values(view=nulled_in(_spot.c.view, "patch"), wanted=_spot.c.wanted + 1)
            )

    async def repaint(self, about: Iterable[UUID]) -> int:
        """Make due every live spot about any of these, however old; return how many."""
        touched = 0
        for some in chunks(about):
            ids = sa.select(col(SpotAboutRow.spot_id)).where(col(SpotAboutRow.about).in_(some))
            due = sa.update(_spot).where(_spot.c.id.in_(ids), _spot.c.delivery != Delivery.DROPPED.value)
            touched += (await self.connection.execute(due.values(wanted=_spot.c.wanted + 1))).rowcount
        return touched


_FORGOTTEN: Any = {"is": "Notice", "key": "forgotten", "args": {}, "button": ""}


def _cited(owners: dict[str, set[UUID]], givers: frozenset[UUID]) -> Cited:
    return Cited(
        proposals=frozenset(owners.get(Kind.PROPOSAL.value, ())),
        atoms=frozenset(owners.get(Kind.ATOM.value, ())),
        tasks=frozenset(owners.get(Kind.TASK.value, ())),
        contributions=givers,
    )


def _holds(column: Any, texts: Iterable[str]) -> list[sa.ColumnElement[bool]]:
    """Whether a JSON column has a text, as JSON writes it, anywhere."""
    plain = sa.cast(column, sa.String)
    written = [json.dumps(text, ensure_ascii=False)[1:-1] for text in texts]
    return [position_of(plain, one) > 0 for one in written]
