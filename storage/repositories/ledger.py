"""The ledger: what calls of models cost."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from core.domain.ids import Kind
from core.domain.money import Charge, Spent
from core.domain.proposal import ProposalStatus
from storage.mapping.agents import charge_columns
from storage.repositories.rows import Repository, insert, insert_new
from storage.tables import BudgetNoticeRow, ChargeRow, ProposalRow, table_of

_charge, _proposal = table_of(ChargeRow), table_of(ProposalRow)
_SUMS = (
    sa.func.coalesce(sa.func.sum(_charge.c.cost_usd), 0.0).label("cost_usd"),
    sa.func.coalesce(sa.func.sum(sa.case((_charge.c.cost_usd.is_(None), 1), else_=0)), 0).label("unknown"),
    sa.func.count().label("calls"),
    sa.func.coalesce(sa.func.sum(_charge.c.input_tokens), 0).label("input_tokens"),
    sa.func.coalesce(sa.func.sum(_charge.c.output_tokens), 0).label("output_tokens"),
)


class SqlLedger(Repository):
    """What calls cost."""

    async def add(self, charge: Charge) -> None:
        """Set something aside, or note what was paid."""
        await insert(self.connection, ChargeRow, charge_columns(charge))

    async def settle(self, charge: Charge) -> None:
        """Replace a charge by itself with what it did cost."""
        await self.connection.execute(
            sa.update(_charge).where(_charge.c.id == charge.id).values(**charge_columns(charge))
        )

    async def drop(self, charge_id: UUID) -> None:
        """Take away what was set aside for a call that was never made."""
        await self.connection.execute(sa.delete(_charge).where(_charge.c.id == charge_id))

    async def spent(self, project_id: UUID, since: datetime, until: datetime | None = None) -> Spent:
        """Of one project, what is set aside for calls under way included."""
        which = [_charge.c.project_id == project_id, _charge.c.at >= since]
        if until is not None:
            which.append(_charge.c.at < until)
        return await self._spent(*which)

    async def spent_in_common(self, since: datetime) -> Spent:
        """What no project is charged with: vectors."""
        return await self._spent(_charge.c.project_id.is_(None), _charge.c.at >= since)

    async def spent_by_run(self, run_id: UUID) -> Spent:
        """Of one run, what is set aside included."""
        return await self._spent(_charge.c.run_id == run_id)

    async def list_spent(self, project_id: UUID, since: datetime) -> list[tuple[str, str, Spent]]:
        """By purpose and model, dearest first."""
        key = (_charge.c.purpose, _charge.c.model)
        summed = (
            sa.select(*key, *_SUMS)
            .where(_charge.c.project_id == project_id, _charge.c.at >= since)
            .group_by(*key)
            .order_by(sa.desc("cost_usd"), *key)
        )
        found = (await self.connection.execute(summed)).all()
        return [(row.purpose, row.model, _spent_of(row)) for row in found]

    async def count_approved_tasks(self, project_id: UUID, since: datetime) -> int:
        """Tasks approved since then that a run proposed."""
        counted = (
            sa.select(sa.func.count())
            .select_from(_proposal)
            .where(
                _proposal.c.project_id == project_id,
                _proposal.c.status == ProposalStatus.APPROVED.value,
                _proposal.c.reviewed_at >= since,
                _proposal.c.kind == Kind.TASK.value,
                _proposal.c.run_id.is_not(None),
            )
        )
        return (await self.connection.execute(counted)).scalar_one()

    async def claim_notice(self, project_id: UUID, month: datetime, percent: int, at: datetime) -> bool:
        """False when that share of that month's budget was spoken of already."""
        columns = {"project_id": project_id, "month": month, "percent": percent, "told_at": at}
        return await insert_new(self.connection, BudgetNoticeRow, columns) == 1

    async def _spent(self, *which: sa.ColumnElement[bool]) -> Spent:
        return _spent_of((await self.connection.execute(sa.select(*_SUMS).where(*which))).one())


def _spent_of(row: Any) -> Spent:
    return Spent(row.cost_usd, row.unknown, row.calls, row.input_tokens, row.output_tokens)
