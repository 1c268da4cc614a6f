"""Evidence of proposals, atoms, tasks and contributions: one table for all."""

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from core.domain.evidence import Evidence
from storage.mapping.messages import evidence_columns, evidence_of
from storage.repositories.rows import insert, rows_among
from storage.tables import EvidenceRow, table_of

CONTRIBUTION, COMMENT = "contribution", "comment"
"""The owner kinds of what a merge brought and of what was said to a task; the others are those of Kind."""


async def evidence_by_owner(connection: AsyncConnection, owner_ids: Iterable[UUID]) -> dict[UUID, Evidence]:
    """The evidence of each owner that has any."""
    rows: dict[UUID, list[EvidenceRow]] = {}
    for row in await rows_among(connection, EvidenceRow, "owner_id", owner_ids, "owner_id", "position"):
        rows.setdefault(row.owner_id, []).append(row)
    return {owner_id: evidence_of(quotes) for owner_id, quotes in rows.items()}


async def add_evidence(
    connection: AsyncConnection, owner_kind: str, owner_id: UUID, evidence: Evidence
) -> None:
    """Store a new owner's evidence."""
    await insert(connection, EvidenceRow, evidence_columns(evidence, owner_kind, owner_id))


async def replace_evidence(
    connection: AsyncConnection, owner_kind: str, owner_id: UUID, evidence: Evidence
) -> None:
    """Store evidence in place of what the owner had."""
    await remove_evidence(connection, owner_id)
    await add_evidence(connection, owner_kind, owner_id, evidence)


async def remove_evidence(connection: AsyncConnection, owner_id: UUID) -> None:
    """Forget the owner's evidence."""
    await connection.execute(sa.delete(table_of(EvidenceRow)).where(col(EvidenceRow.owner_id) == owner_id))
