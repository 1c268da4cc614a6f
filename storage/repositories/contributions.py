"""What merges gave, followed from draft to draft to where it counts."""

from collections.abc import Iterable
from functools import cache
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.evidence import Evidence
from core.domain.ids import Kind, Ref
from core.domain.task import Contribution
from storage.mapping.work import contribution_of
from storage.repositories.evidence import evidence_by_owner
from storage.repositories.rows import chunks
from storage.tables import AtomRow, ContributionRow, Row, TaskRow, TopicRow, table_of
from storage.types import CompactUuid

_contribution = table_of(ContributionRow)
_ITEMS: dict[Kind, type[Row]] = {Kind.TASK: TaskRow, Kind.ATOM: AtomRow, Kind.TOPIC: TopicRow}


async def contributions_by_task(
    connection: AsyncConnection, task_ids: Iterable[UUID]
) -> dict[UUID, tuple[Contribution, ...]]:
    """What each of the tasks that have any was given, oldest first."""
    found: dict[UUID, tuple[Contribution, ...]] = {}
    for some in chunks(task_ids):
        found |= await _given(connection, Kind.TASK, some)
    return found


async def contributions_to(connection: AsyncConnection, target: Ref) -> list[Contribution]:
    """What one item or proposal was given, oldest first."""
    return list((await _given(connection, target.kind, [target.id])).get(target.id, ()))


def _roots(kind: Kind) -> sa.Select[Any, Any] | sa.CompoundSelect[Any, Any]:
    """A proposal as itself (binds `one`); each item as itself and as the proposal it was (binds `ids`)."""
    if kind not in _ITEMS:
        itself = sa.bindparam("one", type_=CompactUuid())
        return sa.select(itself.label("root"), itself.label("holder"))
    item = table_of(_ITEMS[kind])
    is_asked = item.c.id.in_(sa.bindparam("ids", expanding=True))
    return sa.union_all(
        sa.select(item.c.id.label("root"), item.c.id.label("holder")).where(is_asked),
        sa.select(item.c.id, item.c.proposal_id).where(is_asked, item.c.proposal_id.is_not(None)),
    )


async def _given(
    connection: AsyncConnection, kind: Kind, ids: list[UUID]
) -> dict[UUID, tuple[Contribution, ...]]:
    """By root: what its holders were given, what the givers had been given, and so on."""
    asked: dict[str, object] = {"ids": ids} if kind in _ITEMS else {"one": ids[0]}
    rows = (await connection.execute(_giving(kind), asked)).all()
    evidence = await evidence_by_owner(connection, (row.id for row in rows))
    found: dict[UUID, tuple[Contribution, ...]] = {}
    for row in rows:
        one = contribution_of(cast("ContributionRow", row), evidence.get(row.id, Evidence()))
        found[row.root] = (*found.get(row.root, ()), one)
    return found


@cache
def _giving(kind: Kind) -> sa.Select[Any]:
    start = _roots(kind).cte("roots")
    given = (
        sa.select(start.c.root, _contribution.c.id, _contribution.c.proposal_id)
        .join(_contribution, _contribution.c.target_id == start.c.holder)
        .cte("given", recursive=True)
    )
    earlier = _contribution.alias("earlier")
    # UNION, not UNION ALL: a ring of merges ends where it began.
    given = given.union(
        sa.select(given.c.root, earlier.c.id, earlier.c.proposal_id).join(
            earlier, earlier.c.target_id == given.c.proposal_id
        )
    )
    return (
        sa.select(given.c.root, _contribution)
        .join(_contribution, _contribution.c.id == given.c.id)
        .order_by(_contribution.c.at, _contribution.c.id)
    )
