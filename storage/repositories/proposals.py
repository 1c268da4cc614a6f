"""Proposals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from core.domain.evidence import Evidence
from core.domain.ids import Kind, MessageKey, PersonId, Ref
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.run import Tally
from core.errors import NotFound
from storage.mapping.messages import evidence_of
from storage.mapping.work import proposal_columns, proposal_of
from storage.prepared import Prepared
from storage.repositories.evidence import add_evidence, replace_evidence
from storage.repositories.rows import (
    Repository,
    all_rows,
    chunks,
    insert,
    rows_among,
    rows_where,
    swap,
)
from storage.tables import EvidenceRow, ProposalRow, ProposalSourceRow, table_of
from storage.types import CompactUuid

_IS_PENDING = col(ProposalRow.status) == ProposalStatus.PENDING.value
_BY_NUMBER = (col(ProposalRow.number), col(ProposalRow.project_id))
_PROJECT = Prepared(sa.select(col(ProposalRow.project_id)).where(col(ProposalRow.id) == sa.bindparam("id")))
_IDS: sa.BindParameter[UUID] = sa.bindparam("ids", expanding=True)
_quote, _source = table_of(EvidenceRow), table_of(ProposalSourceRow)
_RESTS = Prepared(
    sa.union_all(
        sa.select(_quote, sa.cast(sa.null(), CompactUuid()).label("atom_id")).where(
            _quote.c.owner_id.in_(_IDS)
        ),
        sa.select(
            _source.c.proposal_id.label("owner_id"),
            *(
                _source.c.position if one.name == "position" else sa.cast(sa.null(), one.type)
                for one in _quote.c
                if one.name != "owner_id"
            ),
            _source.c.atom_id,
        ).where(_source.c.proposal_id.in_(_IDS)),
    ).order_by("owner_id", "position")
)
"""What proposals rest on, their quotes, and what they stand on, their sources: one trip for both."""
_Rest = tuple[Evidence, tuple[UUID, ...]]


@dataclass(eq=False)
class SqlProposals(Repository):
    """Proposals of all three contents.

    `_rests` is what each was last seen to rest and stand on in this transaction, so that a save that
    changed neither writes neither: the revision tells when another transaction did.
    """

    _rests: dict[UUID, _Rest] = field(default_factory=dict[UUID, _Rest])

    async def get(self, proposal_id: UUID) -> Proposal:
        """The proposal; raises NotFound."""
        found = await self._whole(await rows_where(self.connection, ProposalRow, id=proposal_id))
        if not found:
            raise NotFound("proposal", str(proposal_id))
        return found[0]

    async def project_of(self, proposal_id: UUID) -> UUID:
        """Its project; raises NotFound."""
        project_id: UUID | None = await _PROJECT.value(self.connection, id=proposal_id)
        if project_id is None:
            raise NotFound("proposal", str(proposal_id))
        return project_id

    async def list_ids(self, proposal_ids: Iterable[UUID]) -> list[Proposal]:
        """Those known, in the order asked."""
        wanted = list(proposal_ids)
        rows = await rows_among(self.connection, ProposalRow, "id", wanted)
        found = {proposal.id: proposal for proposal in await self._whole(rows)}
        return [found[id_] for id_ in dict.fromkeys(wanted) if id_ in found]

    async def find_by_number(self, project_id: UUID, number: int) -> Proposal | None:
        """The project's proposal of that number."""
        numbered = sa.select(ProposalRow).where(
            col(ProposalRow.project_id) == project_id, col(ProposalRow.number) == number
        )
        return next(iter(await self._proposals(numbered)), None)

    async def add(self, proposal: Proposal) -> None:
        """Store a new proposal."""
        await insert(self.connection, ProposalRow, proposal_columns(proposal))
        await add_evidence(self.connection, Kind.PROPOSAL.value, proposal.id, proposal.evidence)
        await self._add_sources(proposal)
        self._rests[proposal.id] = (proposal.evidence, proposal.sources)

    async def save(self, proposal: Proposal) -> Proposal:
        """Swap by revision; raises Stale."""
        await swap(self.connection, ProposalRow, "proposal", proposal_columns(proposal))
        rest = (proposal.evidence, proposal.sources)
        if self._rests.get(proposal.id) != rest:
            await replace_evidence(self.connection, Kind.PROPOSAL.value, proposal.id, proposal.evidence)
            await self.connection.execute(
                sa.delete(table_of(ProposalSourceRow)).where(
                    col(ProposalSourceRow.proposal_id) == proposal.id
                )
            )
            await self._add_sources(proposal)
            self._rests[proposal.id] = rest
        return replace(proposal, revision=proposal.revision + 1)

    async def list_of_run(self, run_id: UUID, *, status: ProposalStatus | None = None) -> list[Proposal]:
        """By number."""
        which = [col(ProposalRow.run_id) == run_id]
        if status is not None:
            which.append(col(ProposalRow.status) == status.value)
        return await self._listed(*which)

    async def list_pending(
        self,
        project_id: UUID,
        *,
        kinds: frozenset[Kind] | None = None,
        awake_at: datetime | None = None,
    ) -> list[Proposal]:
        """By number; `awake_at` leaves out those snoozed past that moment."""
        which = [col(ProposalRow.project_id) == project_id, _IS_PENDING, *_of_kinds(kinds)]
        if awake_at is not None:
            snoozed_until = col(ProposalRow.snoozed_until)
            which.append(sa.or_(snoozed_until.is_(None), snoozed_until <= awake_at))
        return await self._listed(*which)

    async def list_settled(
        self,
        project_id: UUID,
        status: ProposalStatus | None,
        since: datetime,
        kinds: frozenset[Kind] | None = None,
    ) -> list[Proposal]:
        """Latest decision first; of any status where none is named."""
        which = [col(ProposalRow.project_id) == project_id, col(ProposalRow.reviewed_at) >= since]
        if status is not None:
            which.append(col(ProposalRow.status) == status.value)
        settled = (
            sa.select(ProposalRow)
            .where(*which, *_of_kinds(kinds))
            .order_by(col(ProposalRow.reviewed_at).desc(), col(ProposalRow.number).desc())
        )
        return await self._proposals(settled)

    async def list_from(self, origin_id: UUID) -> list[Proposal]:
        """Those that took its place, by number."""
        return await self._listed(col(ProposalRow.origin_id) == origin_id)

    async def list_act(self, act_id: UUID) -> list[Proposal]:
        """What one act settled and nobody undid, by number."""
        return await self._listed(col(ProposalRow.act_id) == act_id)

    async def last_act(self, person_id: PersonId, since: datetime) -> UUID | None:
        """The person's latest act since that moment that was not undone."""
        latest = (
            sa.select(col(ProposalRow.act_id))
            .where(col(ProposalRow.reviewed_by_id) == person_id, col(ProposalRow.reviewed_at) >= since)
            .order_by(col(ProposalRow.reviewed_at).desc(), col(ProposalRow.act_id).desc())
            .limit(1)
        )
        return (await self.connection.execute(latest)).scalar_one_or_none()

    async def tally(self, run_id: UUID) -> Tally:
        """How many of the run's proposals stand where, the carried among the pending."""
        rows = await self.connection.execute(
            sa.select(col(ProposalRow.status), sa.func.count())
            .where(col(ProposalRow.run_id) == run_id)
            .group_by(col(ProposalRow.status))
        )
        counts: dict[str, int] = dict(rows.all())
        return Tally(**counts)

    async def count_pending(
        self,
        project_id: UUID,
        *,
        kinds: frozenset[Kind] | None = None,
        uncarried_run: UUID | None = None,
    ) -> int:
        """How many are pending; with `uncarried_run` only those of that run not left for later."""
        which = [col(ProposalRow.project_id) == project_id, _IS_PENDING, *_of_kinds(kinds)]
        if uncarried_run is not None:
            which += [col(ProposalRow.run_id) == uncarried_run, col(ProposalRow.carried_at).is_(None)]
        counted = sa.select(sa.func.count()).select_from(table_of(ProposalRow)).where(*which)
        return (await self.connection.execute(counted)).scalar_one()

    async def resting_on(self, key: MessageKey) -> list[Proposal]:
        """Pending proposals with evidence from this message, by number."""
        owners = sa.select(col(EvidenceRow.owner_id)).where(
            col(EvidenceRow.chat_id) == key.chat_id, col(EvidenceRow.message_id) == key.message_id
        )
        return await self._listed(col(ProposalRow.id).in_(owners), _IS_PENDING)

    async def standing_on(self, atom_ids: Iterable[UUID]) -> list[Proposal]:
        """Task proposals, settled or not, whose sources include any of these atoms, by number."""
        found: dict[UUID, Proposal] = {}
        for some in chunks(atom_ids):
            standing = sa.select(col(ProposalSourceRow.proposal_id)).where(
                col(ProposalSourceRow.atom_id).in_(some)
            )
            found |= {one.id: one for one in await self._listed(col(ProposalRow.id).in_(standing))}
        return sorted(found.values(), key=lambda one: (one.number, one.project_id))

    async def merged_into(self, target: Ref) -> list[Proposal]:
        """Proposals merged into it directly, by number."""
        return await self._listed(
            col(ProposalRow.result_id) == target.id,
            col(ProposalRow.status) == ProposalStatus.MERGED.value,
        )

    async def list_snoozed(self, until: datetime) -> list[Proposal]:
        """Pending ones put off until that moment or an earlier one, the earliest first."""
        snoozed = (
            sa.select(ProposalRow)
            .where(col(ProposalRow.snoozed_until) <= until, _IS_PENDING)
            .order_by(col(ProposalRow.snoozed_until), *_BY_NUMBER)
        )
        return await self._proposals(snoozed)

    async def list_created_before(self, before: datetime, kinds: frozenset[Kind]) -> list[Proposal]:
        """Pending ones of all projects, oldest first."""
        old = (
            sa.select(ProposalRow)
            .where(_IS_PENDING, col(ProposalRow.created_at) < before, *_of_kinds(kinds))
            .order_by(col(ProposalRow.created_at), *_BY_NUMBER)
        )
        return await self._proposals(old)

    async def last_decision_at(self, project_id: UUID) -> datetime | None:
        """When a person last decided something in the project; what age or rules settled does not count."""
        latest = sa.select(sa.func.max(col(ProposalRow.reviewed_at))).where(
            col(ProposalRow.project_id) == project_id, col(ProposalRow.reviewed_by_id).is_not(None)
        )
        return (await self.connection.execute(latest)).scalar_one()

    async def _listed(self, *which: sa.ColumnElement[bool]) -> list[Proposal]:
        return await self._proposals(sa.select(ProposalRow).where(*which).order_by(*_BY_NUMBER))

    async def _proposals(self, statement: sa.Select[ProposalRow]) -> list[Proposal]:
        return await self._whole(await all_rows(self.connection, statement))

    async def _whole(self, rows: Sequence[ProposalRow]) -> list[Proposal]:
        ids = [row.id for row in rows]
        quotes: dict[UUID, list[EvidenceRow]] = {id_: [] for id_ in ids}
        sources: dict[UUID, list[UUID]] = {id_: [] for id_ in ids}
        for some in chunks(ids):
            for one in await _RESTS.rows(self.connection, ids=some):
                if one.atom_id is None:
                    quotes[one.owner_id].append(one)
                else:
                    sources[one.owner_id].append(one.atom_id)
        for id_ in ids:
            self._rests[id_] = (evidence_of(quotes[id_]), tuple(sources[id_]))
        return [proposal_of(row, *self._rests[row.id]) for row in rows]

    async def _add_sources(self, proposal: Proposal) -> None:
        columns = [
            {"proposal_id": proposal.id, "position": position, "atom_id": atom_id}
            for position, atom_id in enumerate(proposal.sources)
        ]
        await insert(self.connection, ProposalSourceRow, columns)


def _of_kinds(kinds: frozenset[Kind] | None) -> list[sa.ColumnElement[bool]]:
    return [] if kinds is None else [col(ProposalRow.kind).in_(sorted(kind.value for kind in kinds))]
