"""Days in a furnished house."""

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import pytest

from bot.schedule import next_fire
from core.domain.daily.schedule import Job, Schedule
from core.domain.evidence import Evidence
from core.domain.ids import PersonId
from core.domain.knowledge import Atom, AtomType
from core.domain.person import Person
from core.domain.showing.spot import Spot
from core.domain.showing.view import DigestCard
from core.services.daily.schedules import ScheduleService, Work
from core.settings import ScheduleSettings
from tests.builders import PROJECT, a_quote
from tests.house import House


@dataclass
class Fired:
    """What fired, in order; `failures` are raised first, one a call."""

    jobs: list[Schedule] = field(default_factory=list[Schedule])
    failures: list[Exception] = field(default_factory=list[Exception])

    async def fire(self, schedule: Schedule) -> None:
        self.jobs.append(schedule)
        if self.failures:
            raise self.failures.pop(0)

    def names(self) -> list[Job]:
        return [one.job for one in self.jobs]


def schedules_of(house: House, fired: Fired, settings: ScheduleSettings | None = None) -> ScheduleService:
    """A scheduler whose jobs only say that they were fired."""
    work: dict[Job, Work] = dict.fromkeys(Job, fired.fire)
    return ScheduleService(
        house.transactions, house.clock, house.do.placing, house.do.digests.configuring, next_fire, work,
        settings or house.settings.schedule,
    )  # fmt: skip


def timetable_of(house: House) -> ScheduleService:
    """The house's own scheduler with real times."""
    return replace(house.do.schedules, next_fire=next_fire)


@pytest.fixture
def fired() -> Fired:
    return Fired()


@pytest.fixture
def schedules(house: House, fired: Fired) -> ScheduleService:
    return schedules_of(house, fired)


def an_atom(number: int, type_: AtomType, house: House, **more: Any) -> Atom:
    """A note kept now."""
    now = house.clock.now()
    atom = Atom(
        UUID(int=300 + number), PROJECT, number, type_, f"note {number}", "", 0.9, now, now,
        evidence=Evidence((a_quote(),)),
    )  # fmt: skip
    return replace(atom, **more)


async def keep(house: House, *atoms: Atom) -> None:
    async with house.transactions() as tx:
        for atom in atoms:
            await tx.knowledge.add_atom(atom)


async def digests_shown(house: House) -> list[Spot]:
    """The digest cards placed, by chat."""
    async with house.transactions() as tx:
        now = house.clock.now()
        leased: list[Spot] = []
        while found := await tx.spots.lease_due(now, now.replace(year=now.year + 1), 50, frozenset()):
            leased += found
    return sorted((one for one in leased if isinstance(one.view, DigestCard)), key=lambda one: one.chat_id)


async def meet(house: House, number: int, name: str, *, has_direct_chat: bool = True) -> PersonId:
    async with house.transactions() as tx:
        await tx.people.put(Person(PersonId(number), name, has_direct_chat=has_direct_chat))
    return PersonId(number)
