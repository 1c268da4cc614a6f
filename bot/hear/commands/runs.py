"""/extract /run /status /runs /cancel /resume /close: reading and finding, and how far it is."""

from collections.abc import Awaitable, Callable, Mapping
from uuid import UUID

from aiogram import Router
from aiogram.types import Message as TelegramMessage

from bot.hear.filters import Commanded
from bot.hear.scene.identity import Scene, project_in
from bot.hear.scene.speech import hours_of, number_in
from bot.hear.services import Services
from core.domain.person import Actor, Project
from core.domain.run import Run, Stage
from core.domain.showing.panel import Panel
from core.domain.showing.view import RunCard, RunList, StatusCard, View
from core.services.runs.closing import CloseMode

_STAGES = {"extract": Stage.KNOWLEDGE, "run": Stage.TASKS}
_LISTS: dict[str, Callable[[UUID], View]] = {"status": StatusCard, "runs": RunList}
_MODES = {"carry": CloseMode.CARRY, "later": CloseMode.CARRY, "expire": CloseMode.EXPIRE}


def router(services: Services) -> Router:
    """Listens to the commands about runs."""
    made = Router(name="runs")

    @made.message(Commanded(*_STAGES))
    async def start(_message: TelegramMessage, scene: Scene) -> None:
        await _start(scene, services)

    @made.message(Commanded(*_LISTS))
    async def show(_message: TelegramMessage, scene: Scene) -> None:
        project = await project_in(services, scene)
        view = _LISTS[scene.command.name if scene.command else "status"](project.id)
        await services.placing.answer(view, scene.place, about={project.id})

    @made.message(Commanded(*_STEERING))
    async def steer(_message: TelegramMessage, scene: Scene) -> None:
        await _steer(scene, services)

    return made


async def _start(scene: Scene, services: Services) -> None:
    """`/extract`, `/run 24h`, `/run 7d norag`; raises BadWindow."""
    if scene.command is None:
        return
    words = scene.command.words
    spans = [word for word in words if word != "norag"]
    hours = hours_of(" ".join(spans)) if spans else None
    project = await project_in(services, scene)
    stage = _STAGES[scene.command.name]
    await services.runs.offer(
        project.id, stage, hours, scene.named_actor, scene.place, uses_context="norag" not in words
    )


async def _steer(scene: Scene, services: Services) -> None:
    """`/cancel`, `/resume R-9`, `/close`: the run that is named, else the project's latest."""
    project = await project_in(services, scene)
    words = scene.command.words if scene.command else []
    named = [word for word in words if word not in _MODES]
    if not named and not await _has_runs(project, services):
        await services.placing.tell(scene.place, "no-runs")
        return
    run = await services.runs.find(project.id, number_in(named[0], "run") if named else None)
    await _STEERING[scene.command.name if scene.command else "close"](
        scene, services, run, scene.named_actor
    )


async def _cancel(scene: Scene, services: Services, run: Run, actor: Actor) -> None:
    cancelling = services.runs.cancel(run.id, actor)
    await services.acting.and_say(scene.place, cancelling, "cancelled", {"name": run.name})


async def _resume(scene: Scene, services: Services, run: Run, actor: Actor) -> None:
    resuming = services.runs.resume(run.id, actor)
    await services.acting.and_say(scene.place, resuming, "resumed", {"name": run.name})


async def _close(scene: Scene, services: Services, run: Run, actor: Actor) -> None:
    """Ask how where cards still wait, unless the command says it; else close at once."""
    words = scene.command.words if scene.command else []
    mode = next((_MODES[word] for word in words if word in _MODES), None)
    async with services.transactions.reading() as tx:
        pending = (await tx.proposals.tally(run.id)).pending
    if pending and mode is None:
        view = RunCard(run.id, panel=Panel.CONFIRM)
        await services.placing.answer(view, scene.place, about={run.id})
        return
    closing = services.runs.close(run.id, actor, mode or CloseMode.CARRY)
    await services.acting.and_show(scene.place, closing, lambda one: RunCard(one.id))


async def _has_runs(project: Project, services: Services) -> bool:
    async with services.transactions.reading() as tx:
        return await tx.runs.find_last(project.id) is not None


_STEERING: Mapping[str, Callable[[Scene, Services, Run, Actor], Awaitable[None]]] = {
    "cancel": _cancel,
    "resume": _resume,
    "close": _close,
}
"""What is done to one run."""
