"""Changing a project so that its version rises and its history says who changed what."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.history import Change
from core.domain.ids import Kind, PersonId, Ref
from core.domain.person import Project
from core.ports.unit_of_work import UnitOfWork
from core.ports.world import Clock, Ids

CONFIGURED = "configured"
"""How history calls a change of a project."""


@dataclass(frozen=True)
class Configuring:
    """The one way a project's settings change; works in the caller's transaction."""

    clock: Clock
    ids: Ids

    async def change(
        self, tx: UnitOfWork, project: Project, by: PersonId | None, **changes: object
    ) -> Project:
        """The project with these changes, stored; one that changes nothing leaves no trace."""
        changed = project.configured(**changes)
        if changed.told == project.told:
            return project if _is_same(project, changes) else await tx.projects.save(changed)
        saved = await tx.projects.save(changed)
        await self._tell(tx, project, by, project.told, changed.told)
        return saved

    async def beside(
        self, tx: UnitOfWork, project: Project, by: PersonId | None, knob: str, turned: tuple[str, str]
    ) -> Project:
        """Say of the project what is kept beside it, was and is: a schedule, who decides."""
        was, now = turned
        if was == now:
            return project
        saved = await tx.projects.save(project.configured())
        await self._tell(tx, project, by, {knob: was}, {knob: now})
        return saved

    async def _tell(
        self,
        tx: UnitOfWork,
        project: Project,
        by: PersonId | None,
        was: Mapping[str, str],
        now: Mapping[str, str],
    ) -> None:
        person = None if by is None else await tx.people.find(by)
        knobs = [knob for knob in {**was, **now} if was.get(knob, "") != now.get(knob, "")]
        change = Change(
            id=self.ids.new(),
            item=Ref(Kind.PROJECT, project.id),
            at=self.clock.now(),
            what=CONFIGURED,
            by="" if person is None else person.name,
            by_id=by,
            before={knob: was.get(knob, "") for knob in knobs},
            after={knob: now.get(knob, "") for knob in knobs},
        )
        await tx.history.add(change)


def _is_same(project: Project, changes: Mapping[str, object]) -> bool:
    return all(getattr(project, name) == value for name, value in changes.items())
