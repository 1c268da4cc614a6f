"""What a press comes with, for every family of cards."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.hear.opening import is_review_room, review_link
from bot.hear.scene.identity import Scene
from bot.hear.services import Services
from bot.hear.toasts import QUIET, Toast, toast
from bot.view.moments import moment
from bot.view.payload import Press, Verb
from core.domain.person import Actor, Project
from core.domain.run import Stage
from core.domain.showing.spot import Place, Spot
from core.domain.showing.view import View
from core.services.access.rights import ensure_reviewer


@dataclass(frozen=True)
class Pressed:
    """A press on the very card it belongs to."""

    services: Services
    scene: Scene
    press: Press
    spot: Spot

    @property
    def place(self) -> Place:
        """Where something new goes: next to the card."""
        return Place(self.spot.chat_id, self.spot.reader_id, self.spot.thread_id)

    @property
    def arg(self) -> str:
        """The button's argument."""
        return self.press.arg

    @property
    def actor(self) -> Actor:
        """Who pressed."""
        return self.scene.actor

    async def project(self, project_id: UUID) -> Project:
        """A project; raises NotFound."""
        async with self.services.transactions.reading() as tx:
            return await tx.projects.get(project_id)

    async def ensure_reviewer(self, project_id: UUID) -> None:
        """Raise NotReviewer, naming who decides, before opening what only they may use."""
        async with self.services.transactions.reading() as tx:
            await ensure_reviewer(tx, project_id, self.actor)

    async def turn(self, view: View) -> Toast:
        """The same message with another picture."""
        await self.services.placing.turn_spot(self.spot.id, view)
        return QUIET

    async def show(self, view: View, *about: UUID) -> Toast:
        """Something new below the card."""
        await self.services.placing.answer(view, self.place, about=about)
        return toast("here")

    async def moment(self, at: datetime, project_id: UUID) -> str:
        """A moment in the project's time and the reader's words."""
        project = await self.project(project_id)
        say = self.services.texts.sayer(self.scene.language)
        return moment(at, self.services.clock.now(), project.timezone, say)

    async def local_now(self, project_id: UUID) -> datetime:
        """The present moment in the project's time zone."""
        project = await self.project(project_id)
        return self.services.clock.now().astimezone(ZoneInfo(project.timezone))


Family = Mapping[Verb, Callable[[Pressed], Awaitable[Toast]]]
"""What each button of a family of cards does."""


async def open_review(pressed: Pressed, project_id: UUID | None, stage: Stage | None) -> Toast:
    """The session: below the card where reviewers decide, else in the presser's direct chat by a link."""
    services = pressed.services
    if not pressed.scene.is_direct:
        project = None if project_id is None else await pressed.project(project_id)
        if project is None or not await is_review_room(pressed.scene, project, services):
            link = review_link(services)
            return Toast(url=link) if link else toast("open-direct")
    await services.sessions.open(pressed.place, pressed.actor, project_id=project_id, stage=stage)
    return QUIET


async def start_run(pressed: Pressed, project_id: UUID, stage: Stage) -> Toast:
    """Read new messages or find tasks, shown below the card."""
    await pressed.services.runs.offer(project_id, stage, None, pressed.actor, pressed.place)
    return toast("here")
