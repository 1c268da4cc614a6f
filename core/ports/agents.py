"""Agents and what they cost, as stored; who answers for one; and the keys their providers want."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from core.domain.agent import Agent
from core.domain.experiment import Assignment, Record
from core.domain.money import Charge, Spent
from core.domain.run import Stage
from core.ports.advising import Adviser
from core.ports.analysis import Analyst


class Analysts(Protocol):
    """Who answers for an agent: the rules for `rules`, a model for all others."""

    def analyst_of(self, agent: Agent) -> Analyst:
        """The analyst that judges as this version says; made without a call.

        Raises BadConfig where no provider answers to the model's name.
        """
        ...

    def adviser_of(self, agent: Agent) -> Adviser:
        """The model of this version as adviser; raises BadConfig as above."""
        ...


class Agents(Protocol):
    """Agents, each in all its versions, and their assignments. `rules` is always there and never stored."""

    async def find(self, name: str, version: int | None = None) -> Agent | None:
        """That version, the newest without one."""
        ...

    async def list_newest(self) -> list[Agent]:
        """The newest version of each, by name."""
        ...

    async def add(self, agent: Agent) -> None:
        """Store a new version; raises Stale when it is there already."""
        ...

    async def assignment(self, project_id: UUID, stage: Stage) -> Assignment | None: ...
    async def assign(self, assignment: Assignment) -> None: ...
    async def unassign(self, project_id: UUID, stage: Stage) -> None: ...
    async def count_runs(self, assignment: Assignment) -> dict[str, int]:
        """How many runs each agent made since the assignment began, those called off left out."""
        ...

    async def contexts(self) -> dict[str, int]:
        """How many tokens models read at once, by `ModelName.place`, as measured last."""
        ...

    async def put_context(self, place: str, tokens: int, at: datetime) -> None:
        """Keep what was measured, in place of what was before."""
        ...

    async def list_records(self, project_id: UUID) -> list[Record]:
        """What each version of each agent made, by stage, name and version; only those that made a run."""
        ...


class Ledger(Protocol):
    """What calls cost."""

    async def add(self, charge: Charge) -> None: ...
    async def settle(self, charge: Charge) -> None:
        """Replace a charge by itself with what it did cost."""
        ...

    async def drop(self, charge_id: UUID) -> None:
        """Take away what was set aside for a call that was never made."""
        ...

    async def spent(self, project_id: UUID, since: datetime, until: datetime | None = None) -> Spent:
        """Of one project, what is set aside for calls under way included."""
        ...

    async def spent_in_common(self, since: datetime) -> Spent:
        """What no project is charged with: vectors."""
        ...

    async def spent_by_run(self, run_id: UUID) -> Spent: ...
    async def list_spent(self, project_id: UUID, since: datetime) -> list[tuple[str, str, Spent]]:
        """By purpose and model, dearest first."""
        ...

    async def count_approved_tasks(self, project_id: UUID, since: datetime) -> int:
        """Tasks approved since then that a run proposed."""
        ...

    async def claim_notice(self, project_id: UUID, month: datetime, percent: int, at: datetime) -> bool:
        """False when that share of that month's budget was spoken of already."""
        ...


@dataclass(frozen=True)
class Credential:
    """A provider's key; `base_url` "" is the provider's own address."""

    name: str
    key: str = field(repr=False)
    base_url: str = ""


@dataclass(frozen=True)
class CredentialNote:
    """What may be shown of a credential, never its key; `is_readable`: one of our own keys opens it."""

    name: str
    base_url: str
    put_at: datetime
    is_readable: bool


class Secrets(Protocol):
    """Providers' keys, sealed by the installation's own (`secrets.keys`)."""

    async def find(self, name: str) -> Credential | None:
        """The key of a provider; raises BadConfig when none of our keys opens it."""
        ...

    async def find_at(self, base_url: str) -> Credential | None:
        """The key of the server at that address; raises BadConfig when none of our keys opens it."""
        ...

    async def list_notes(self) -> Sequence[CredentialNote]:
        """By name."""
        ...

    async def put(self, credential: Credential) -> None:
        """Seal and keep, in place of one before; raises BadConfig when there is no key to seal with."""
        ...

    async def remove(self, name: str) -> bool:
        """False when there was none."""
        ...

    async def reseal(self) -> int:
        """Seal with the first key what another one sealed; return how many. What none opens stays."""
        ...
