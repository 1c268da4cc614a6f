"""Turning a project's knobs: what /settings changes, by a tap or by a reply to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID
from zoneinfo import available_timezones

from core.domain.daily.schedule import Job, Schedule
from core.domain.hints import is_earned
from core.domain.knobs import AS_INSTALLED, JOBS, LISTS, OWNERS, Knob, terms_of, value_of, yes_or_no
from core.domain.person import Actor, Project, Role
from core.domain.showing.view_following import Answered, HintCard
from core.domain.showing.view_settings import ProjectCard
from core.errors import BadKnob, BadText, NotFound
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock
from core.services.access.rights import ensure_owner, ensure_reviewer, role_of
from core.services.chats.founding import Founding, ensure_name
from core.services.showing.placing import Placing
from core.services.tuning.earning import earned_in

TEXT_LIMIT = 1000
"""Characters of a description, of all keywords or of all terms together."""
Changes = Mapping[str, object]


class Schedules(Protocol):
    """`core.services.daily.schedules.ScheduleService` as far as it turns knobs."""

    async def set(self, project_id: UUID, job: Job, rule: str, actor: Actor) -> Schedule:
        """Choose when; raises BadSchedule, NotReviewer."""
        ...


@dataclass(frozen=True)
class TurningService:
    """Each public method is one transaction. Reviewers turn most knobs, owners all (`OWNERS`)."""

    transactions: Transactions
    clock: Clock
    placing: Placing
    founding: Founding
    schedules: Schedules

    async def ask(self, spot_id: UUID, knob: Knob, actor: Actor) -> None:
        """Open a knob on the card; raises NotReviewer, NotOwner before anything is asked."""
        async with self.transactions() as tx:
            spot = await tx.spots.get(spot_id)
            view = _settings(spot.view)
            await self._allowed(tx, view.project_id, knob, actor)
            await self.placing.turn(tx, spot, view.asking(knob))

    async def may_turn(self, spot_id: UUID, actor: Actor) -> bool:
        """Whether the card asks for a knob and this person may turn it."""
        async with self.transactions.reading() as tx:
            view = (await tx.spots.get(spot_id)).view
            if not isinstance(view, ProjectCard) or view.knob is None or actor.is_anonymous:
                return False
            role = await role_of(tx, await tx.projects.get(view.project_id), actor.person_id)
            return role is Role.OWNER or (role is Role.REVIEWER and view.knob not in OWNERS)

    async def turn_at(self, spot_id: UUID, knob: Knob, text: str, actor: Actor) -> Project:
        """Turn a knob from its card, which then shows its page again.

        Raises BadKnob, BadText, BadSchedule, NameTaken, NotReviewer, NotOwner.
        """
        async with self.transactions() as tx:
            spot = await tx.spots.get(spot_id)
            view = _settings(spot.view)
            saved = await self.turn(view.project_id, knob, text, actor)
            stays = view.knob if knob is Knob.AUTO_APPROVE else None
            await self.placing.turn(tx, spot, view.asking(stays))
            return saved

    async def turn(self, project_id: UUID, knob: Knob, text: str, actor: Actor) -> Project:
        """Turn a knob to what is written; the same refusals."""
        async with self.transactions() as tx:
            project = await self._allowed(tx, project_id, knob, actor)
            if knob in JOBS:
                await self.schedules.set(project_id, Job(knob.value), text, actor)
                return await tx.projects.get(project_id)
            changes = await self._changes(tx, project, knob, text)
            saved = await self.founding.configuring.change(tx, project, actor.person_id, **changes)
            await self.founding.schedules.ensure_in(tx, saved)
            await self.placing.touch(tx, project_id)
            return saved

    async def take_hint(self, spot_id: UUID, actor: Actor, *, is_yes: bool) -> None:
        """Do what hint says, or leave it; all its copies say so. Raises NotOwner, BadKnob."""
        async with self.transactions() as tx:
            view = (await tx.spots.get(spot_id)).view
            if not isinstance(view, HintCard):
                raise NotFound("card", "")
            project = await ensure_owner(tx, view.project_id, actor)
            if is_yes and view.value not in project.knobs.auto_approve:
                await self.turn(view.project_id, view.knob, view.value, actor)
            answered = replace(view, answered=Answered.YES if is_yes else Answered.NO)
            for one in await tx.spots.list_about(view.project_id):
                if one.view == view:
                    await self.placing.turn(tx, one, answered)

    async def _allowed(self, tx: UnitOfWork, project_id: UUID, knob: Knob, actor: Actor) -> Project:
        if knob in OWNERS:
            return await ensure_owner(tx, project_id, actor)
        return await ensure_reviewer(tx, project_id, actor)

    async def _changes(self, tx: UnitOfWork, project: Project, knob: Knob, text: str) -> Changes:
        if knob is Knob.AUTO_APPROVE:
            return await self._free_of_taps(tx, project, text)
        reader = _FIELDS.get(knob)
        if reader is not None:
            return {knob.value: reader(project, text)}
        value = value_of(knob, text)
        return {"knobs": replace(project.knobs, **{knob.value: value})}

    async def _free_of_taps(self, tx: UnitOfWork, project: Project, kind: str) -> Changes:
        """A kind that needs no tap any more, or needs one again."""
        own = set(project.knobs.auto_approve)
        if kind not in own:
            record = await earned_in(tx, project.id, kind, self.clock.now())
            if not is_earned(record):
                raise BadKnob(Knob.AUTO_APPROVE.value, f"{record.hits}/{record.of}")
        return {"knobs": replace(project.knobs, auto_approve=tuple(sorted(own ^ {kind})))}


def _settings(view: object) -> ProjectCard:
    if not isinstance(view, ProjectCard):
        raise NotFound("card", "")
    return view


def fitting(what: str, text: str) -> str:
    """A text on one line; raises BadText when it is empty or too long."""
    fits = " ".join(text.split())
    if not fits or len(fits) > TEXT_LIMIT:
        raise BadText(what, TEXT_LIMIT, len(fits))
    return fits


def find_zone(name: str) -> str | None:
    """An IANA time zone, case apart."""
    zones = {zone.casefold(): zone for zone in available_timezones()}
    return zones.get(name.strip().casefold())


def words_in(what: str, text: str) -> tuple[str, ...]:
    """Words parted by commas, each once; raises BadText."""
    parts = (part.strip() for part in fitting(what, text).split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def _description(_project: Project, text: str) -> str:
    return "" if text.strip() in AS_INSTALLED else fitting("description", text)


def _words(knob: Knob) -> Callable[[Project, str], tuple[str, ...]]:
    return lambda _, text: () if text.strip() in AS_INSTALLED else words_in(knob.value, text)


def _zone(_project: Project, text: str) -> str:
    zone = find_zone(text)
    if zone is None:
        raise BadKnob(Knob.TIMEZONE.value, text)
    return zone


def _glossary(project: Project, text: str) -> Mapping[str, str]:
    if text.strip() in AS_INSTALLED:
        return {}
    terms = terms_of(text, project.glossary)
    size = sum(len(term) + len(meaning) for term, meaning in terms.items())
    if size > TEXT_LIMIT:
        raise BadText("glossary", TEXT_LIMIT, size)
    return terms


def _switch(_project: Project, text: str) -> bool:
    is_on = yes_or_no(text)
    if is_on is None:
        raise BadKnob(Knob.DIGEST_IN_GROUP.value, text)
    return is_on


_FIELDS: Mapping[Knob, Callable[[Project, str], object]] = {
    Knob.NAME: lambda _, text: ensure_name(text),
    Knob.DESCRIPTION: _description,
    Knob.GLOSSARY: _glossary,
    # Which languages there are is the view's to know.
    Knob.LANGUAGE: lambda _, text: text.strip().lower(),
    Knob.TIMEZONE: _zone,
    Knob.DIGEST_IN_GROUP: _switch,
    **{knob: _words(knob) for knob in sorted(LISTS)},
}
"""Knobs that are fields of the project, with what reads them; the others are `Knobs`."""
