"""/review /pending /undo: what waits, and the last decision taken back."""

from aiogram import Router
from aiogram.types import Message as TelegramMessage

from bot.hear.filters import Commanded
from bot.hear.opening import is_review_room
from bot.hear.scene.identity import Scene, project_in
from bot.hear.services import Services
from core.domain.proposal import decided_on
from core.domain.run import Stage
from core.domain.showing.view import Notice, PendingList, View
from core.services.review.undoing import Undone

_STAGES = {"knowledge": Stage.KNOWLEDGE, "notes": Stage.KNOWLEDGE, "tasks": Stage.TASKS}


def router(services: Services) -> Router:
    """Listens to the commands of those who decide."""
    made = Router(name="review")

    @made.message(Commanded("review"))
    async def review(_message: TelegramMessage, scene: Scene) -> None:
        await _review(scene, services)

    @made.message(Commanded("pending"))
    async def pending(_message: TelegramMessage, scene: Scene) -> None:
        project = await project_in(services, scene)
        is_expired = scene.command is not None and "expired" in scene.command.words
        view = PendingList(project.id, is_expired=is_expired)
        await services.placing.answer(view, scene.place, about={project.id})

    @made.message(Commanded("undo"))
    async def undo(_message: TelegramMessage, scene: Scene) -> None:
        await services.acting.and_show(scene.place, services.review.undo_last(scene.named_actor), _undone)

    return made


async def _review(scene: Scene, services: Services) -> None:
    words = scene.command.words if scene.command else []
    stage = next((_STAGES[word] for word in words if word in _STAGES), None)
    if scene.is_direct:
        await services.sessions.open(scene.place, scene.named_actor, project_id=None, stage=stage)
        return
    project = await project_in(services, scene)
    if await is_review_room(scene, project, services):
        await services.sessions.open(scene.place, scene.named_actor, project_id=project.id, stage=stage)
    else:
        await services.placing.tell(scene.place, "direct-review")


def _undone(undone: Undone) -> View:
    what = ", ".join(proposal.title for proposal in decided_on(undone.proposals))
    return Notice("undone", {"what": what, "standing": ", ".join(undone.standing)})
