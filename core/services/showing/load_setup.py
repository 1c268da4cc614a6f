"""Setting up: joining a chat, a project's settings, reviewers, schedules, help."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from core.domain.person import Chat, ChatState, Person, Project
from core.domain.showing.shown import ShownNotice
from core.domain.showing.shown_setup import (
    ShownHelp,
    ShownImport,
    ShownOpening,
    ShownPrivacy,
    ShownReviewers,
    ShownSchedule,
    ShownSetup,
)
from core.domain.showing.view import Notice, ReviewersCard, ScheduleCard
from core.domain.showing.view_setup import HelpCard, ImportCard, OpeningCard, PrivacyCard, SetupCard
from core.ports.unit_of_work import UnitOfWork
from core.services.access.rights import offered_projects
from core.services.showing.sight import Picture, Sight
from core.settings import PrivacySettings


class Models(Protocol):
    """Where text goes (`core.services.agents.choosing.Choosing`)."""

    async def models(self, tx: UnitOfWork, project: Project | None) -> str:
        """The names of the models that read a project, or any project; "built-in" for none."""
        ...


@dataclass(frozen=True)
class SetupLoader:
    """Loads setup cards."""

    staff: Models
    settings: PrivacySettings

    async def setup(self, sight: Sight, view: SetupCard) -> Picture:
        """A SetupCard; of a group that became a supergroup meanwhile, that one's."""
        chat = await sight.tx.chats.get(view.chat_id)
        if chat.migrated_to is not None:
            chat = await sight.tx.chats.get(chat.migrated_to)
        project = await _project_of(sight.tx, chat)
        people: tuple[tuple[Person, bool], ...] = ()
        if project is not None:
            people = await sight.may_review(project)
        shown = ShownSetup(
            view=view,
            chat=chat,
            project=project,
            projects=tuple(await offered_projects(sight.tx, chat)),
            # Only an administrator hears all for sure; privacy mode is asked of Telegram elsewhere.
            reads_everything=True if chat.bot_is_administrator else None,
            people=people,
            model=await self.staff.models(sight.tx, project),
            retention_days=self.settings.retention_days,
            kept_until=self._kept_until(chat),
        )
        return Picture(shown, project)

    def _kept_until(self, chat: Chat) -> datetime | None:
        if chat.state is not ChatState.WAITING or chat.left_at is None:
            return None
        return chat.left_at + timedelta(days=self.settings.purge_after_days)

    async def opening(self, sight: Sight, view: OpeningCard) -> Picture:
        """An OpeningCard."""
        chat = await sight.tx.chats.get(view.chat_id)
        room = await sight.tx.chats.get(view.room_id)
        project = await _project_of(sight.tx, chat)
        return Picture(ShownOpening(view, chat, room, is_open=room.id in chat.open_to), project)

    async def reviewers(self, sight: Sight, view: ReviewersCard) -> Picture:
        """A ReviewersCard."""
        project = await sight.tx.projects.get(view.project_id)
        return Picture(ShownReviewers(view, project, await sight.may_review(project)), project)

    async def schedule(self, sight: Sight, view: ScheduleCard) -> Picture:
        """A ScheduleCard."""
        project = await sight.tx.projects.get(view.project_id)
        schedules = await sight.tx.schedules.list_of(project.id)
        return Picture(ShownSchedule(view, project, tuple(schedules)), project)

    async def export(self, sight: Sight, view: ImportCard) -> Picture:
        """An ImportCard."""
        project = None if view.project_id is None else await sight.tx.projects.get(view.project_id)
        offered = tuple([await sight.tx.projects.get(one) for one in view.projects])
        return Picture(ShownImport(view, project, offered), project)

    async def help(self, sight: Sight, view: HelpCard) -> Picture:
        """A HelpCard."""
        project = None if view.project_id is None else await sight.tx.projects.get(view.project_id)
        return Picture(ShownHelp(view, has_project=project is not None), project)

    async def privacy(self, sight: Sight, view: PrivacyCard) -> Picture:
        """A PrivacyCard: in a direct chat with what is kept of its reader."""
        reader, model = sight.place.reader_id, await self.staff.models(sight.tx, None)
        shown = ShownPrivacy(view, model, self.settings.retention_days, self.settings.purge_after_days)
        if reader is None:
            return Picture(shown, None)
        person = await sight.tx.people.find(reader)
        keys = await sight.tx.deletions.keys_of(reader, sight.now)
        is_out = person is not None and person.is_left_out
        return Picture(replace(shown, is_left_out=is_out, messages=len(keys)), None)

    async def notice(self, sight: Sight, view: Notice) -> Picture:
        """A Notice."""
        bound = await sight.tx.chats.bindings_of_chat(sight.place.chat_id)
        project = await sight.tx.projects.get(bound[0].project_id) if bound else None
        return Picture(ShownNotice(view), project)


async def _project_of(tx: UnitOfWork, chat: Chat) -> Project | None:
    bound = await tx.chats.bindings_of_chat(chat.id)
    whole = next((one for one in bound if one.thread_id is None), bound[0] if bound else None)
    return None if whole is None else await tx.projects.get(whole.project_id)
