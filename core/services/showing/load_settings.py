"""A project's settings, page by page: what holds, what it turned itself, who changed what."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.accuracy import category_of
from core.domain.hints import EARNED_WITHIN, record_of, tapped
from core.domain.ids import Kind, Ref
from core.domain.knobs import JOBS, Knob, Knobs, told_of
from core.domain.person import Binding, Chat, Project
from core.domain.proposal import DECIDED_ON
from core.domain.showing.shown_setup import ShownProject
from core.domain.showing.view_settings import ProjectCard, SettingsPage
from core.domain.trust import Share
from core.services.access.rights import reviewers_of
from core.services.showing.sight import Picture, Sight, page_of
from core.services.tuning.chosen import tuned
from core.settings import Settings

_KEPT = 200
"""Changes looked back on."""
OFF = "off"
_OWN = frozenset(vars(Knobs())) - {"auto_approve"}
"""Numbers that a project may have instead of the installation's."""


@dataclass(frozen=True)
class SettingsLoader:
    """Loads settings, and hint about them."""

    settings: Settings

    async def project(self, sight: Sight, view: ProjectCard) -> Picture:
        """A ProjectCard: what its open page shows, and no more is looked up."""
        project = await sight.tx.projects.get(view.project_id)
        if view.page is SettingsPage.MAIN:
            return Picture(await _main(sight, view, project), project)
        if view.page is SettingsPage.HISTORY:
            return Picture(await _history(sight, view, project), project)
        shown = ShownProject(
            view=view,
            project=project,
            chats=(),
            values=await self._values(sight, project),
            kinds=await _kinds(sight, project) if view.knob is Knob.AUTO_APPROVE else {},
        )
        return Picture(shown, project)

    async def _values(self, sight: Sight, project: Project) -> Mapping[Knob, str]:
        """What holds of every knob, its own or the installation's; "" is nothing."""
        own, base = project.knobs, self.settings
        installed = (tuned(base.review, own), tuned(base.attention, own), tuned(base.privacy, own))
        held = {
            name: value for section in installed for name, value in vars(section).items() if name in _OWN
        }
        rules = {one.job.value: one.rule or OFF for one in await sight.tx.schedules.list_of(project.id)}
        told = {**told_of(held), **project.told, **{job.value: rules.get(job.value, OFF) for job in JOBS}}
        return {knob: told.get(knob.value, "") for knob in Knob}


async def _main(sight: Sight, view: ProjectCard, project: Project) -> ShownProject:
    bindings = await sight.tx.chats.bindings_of_project(project.id)
    known = await sight.tx.chats.list_ids(one.chat_id for one in bindings)
    chats: list[tuple[Chat, Binding]] = [
        (known[one.chat_id], one) for one in bindings if one.chat_id in known
    ]
    people = await sight.tx.people.list_ids(await reviewers_of(sight.tx, project))
    names = tuple(person.name or person.handle for person in people.values())
    rooms = await _rooms_for(sight, bindings)
    return ShownProject(view, project, tuple(chats), names, rooms)


async def _history(sight: Sight, view: ProjectCard, project: Project) -> ShownProject:
    changes = await sight.tx.history.list_of(Ref(Kind.PROJECT, project.id), _KEPT)
    present, page, pages = page_of(changes, view.at)
    turned = ProjectCard(view.project_id, view.page, view.knob, page)
    return ShownProject(turned, project, (), history=present, pages=pages)


async def _kinds(sight: Sight, project: Project) -> Mapping[str, Share]:
    """What people made of each kind within a year, as far as it decides whether it may go untapped."""
    since = sight.now - EARNED_WITHIN
    settled = await sight.tx.proposals.list_settled(project.id, None, since, DECIDED_ON)
    kinds = {category_of(one) for one in tapped(settled)} | set(project.knobs.auto_approve)
    return {kind: record_of(settled, kind) for kind in sorted(kinds)}


async def _rooms_for(sight: Sight, bindings: list[Binding]) -> tuple[tuple[Chat, bool], ...]:
    """The review rooms that the group at hand can be opened to, each with whether it is."""
    here = sight.place.chat_id
    rooms = {one.chat_id for one in bindings if one.is_review and one.chat_id != here}
    if not any(one.is_source and one.chat_id == here for one in bindings):
        return ()
    chat = await sight.tx.chats.get(here)
    known = await sight.tx.chats.list_ids(rooms)
    return tuple((known[room], room in chat.open_to) for room in sorted(rooms) if room in known)
