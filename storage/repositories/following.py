"""What references to proposals lead to now: settling rewrites none of them, so undo has none to mend."""

from collections.abc import Iterable, Mapping
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from core.domain.ids import Kind, Ref
from core.domain.proposal import ProposalStatus
from storage.mapping.packing import ref_of
from storage.repositories.rows import chunks
from storage.tables import ProposalRow, TopicRow

_LED_ON = frozenset(
    {ProposalStatus.APPROVED.value, ProposalStatus.MERGED.value, ProposalStatus.REPLACED.value}
)


async def followed(connection: AsyncConnection, refs: Iterable[Ref]) -> dict[Ref, Ref | None]:
    """Each reference with what it stands for now.

    A pending proposal stands for itself, an approved one for its item, a merged one for its target and a
    replaced one for what took its place, which are followed in turn; one let go, rejected or unknown stands
    for nothing (None). A topic that became part of another stands for that one; other items for themselves.
    """
    wanted = list(dict.fromkeys(refs))
    fates: dict[UUID, Ref | None] = {}
    asked = {ref.id for ref in wanted if ref.kind is Kind.PROPOSAL}
    while asked:
        fates |= dict.fromkeys(asked)
        fates |= await _fates(connection, asked)
        asked = {
            ref.id
            for ref in fates.values()
            if ref is not None and ref.kind is Kind.PROPOSAL and ref.id not in fates
        }
    ends = {ref: _end(ref, fates) for ref in wanted}
    wholes = await _wholes(connection, {end.id for end in ends.values() if end and end.kind is Kind.TOPIC})
    return {
        ref: Ref(Kind.TOPIC, wholes[end.id]) if end is not None and end.id in wholes else end
        for ref, end in ends.items()
    }


async def _wholes(connection: AsyncConnection, topic_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The topic each of these is a part of in the end, those that stand by themselves left out."""
    steps: dict[UUID, UUID] = {}
    asked = set(topic_ids)
    while asked:
        found: dict[UUID, UUID] = {}
        for some in chunks(asked):
            parts = sa.select(col(TopicRow.id), col(TopicRow.merged_into)).where(
                col(TopicRow.id).in_(some), col(TopicRow.merged_into).is_not(None)
            )
            found |= {id_: into for id_, into in (await connection.execute(parts)).all() if into}
        steps |= found
        asked = set(found.values()) - set(steps)
    return {id_: _last(id_, steps) for id_ in topic_ids if id_ in steps}


def _last(topic_id: UUID, steps: Mapping[UUID, UUID]) -> UUID:
    seen = {topic_id}
    while (there := steps.get(topic_id)) is not None and there not in seen:
        seen.add(there)
        topic_id = there
    return topic_id


async def _fates(connection: AsyncConnection, proposal_ids: Iterable[UUID]) -> dict[UUID, Ref | None]:
    """Where each proposal leads in one step; a pending one to itself."""
    fates: dict[UUID, Ref | None] = {}
    for some in chunks(proposal_ids):
        rows = await connection.execute(
            sa.select(
                col(ProposalRow.id),
                col(ProposalRow.status),
                col(ProposalRow.result_kind),
                col(ProposalRow.result_id),
            ).where(col(ProposalRow.id).in_(some))
        )
        for id_, status, kind, result in rows.all():
            if status == ProposalStatus.PENDING.value:
                fates[id_] = Ref(Kind.PROPOSAL, id_)
            else:
                fates[id_] = ref_of(kind, result) if status in _LED_ON else None
    return fates


def _end(ref: Ref, fates: Mapping[UUID, Ref | None]) -> Ref | None:
    seen: set[Ref] = set()
    here: Ref | None = ref
    while here is not None and here.kind is Kind.PROPOSAL:
        there = fates.get(here.id)
        if there == here:
            return here
        # A ring of merges leads nowhere.
        if here in seen:
            return None
        seen.add(here)
        here = there
    return here
