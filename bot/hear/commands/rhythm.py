"""/digest, /schedule, /watch and /stats: when the bot speaks and works by itself, to whom, and how well."""

from aiogram import Router
from aiogram.types import Message as TelegramMessage

from bot.hear.filters import Commanded
from bot.hear.scene.identity import Scene, project_in
from bot.hear.services import Services
from core.domain.daily.schedule import Job, Schedule
from core.domain.showing.view import Notice, ScheduleCard, TrustCard, View
from core.domain.showing.view_following import WatchesCard
from core.domain.watching import Watched
from core.errors import BadSchedule, NotFound

_NOW = frozenset({"", "now"})
_JOBS = {
    "extract": Job.EXTRACT, "read": Job.EXTRACT, "messages": Job.EXTRACT,
    "analyse": Job.ANALYSE, "analyze": Job.ANALYSE, "run": Job.ANALYSE, "tasks": Job.ANALYSE,
    "digest": Job.DIGEST, "week": Job.WEEKLY, "weekly": Job.WEEKLY,
}  # fmt: skip
"""The words people use for what happens by the clock."""


def router(services: Services) -> Router:
    """Listens to the commands about time."""
    made = Router(name="rhythm")

    @made.message(Commanded("digest"))
    async def digest(_message: TelegramMessage, scene: Scene) -> None:
        project = await project_in(services, scene)
        wanted = scene.command.rest.lower() if scene.command else ""
        if wanted in _NOW:
            await services.digests.now(project.id, scene.place)
            return
        setting = services.schedules.set(project.id, Job.DIGEST, wanted, scene.named_actor)
        await services.acting.and_show(scene.place, setting, _digest_set)

    @made.message(Commanded("schedule"))
    async def schedule(_message: TelegramMessage, scene: Scene) -> None:
        await _schedule(scene, services)

    @made.message(Commanded("watch"))
    async def watch(_message: TelegramMessage, scene: Scene) -> None:
        await _watch(scene, services)

    @made.message(Commanded("stats"))
    async def stats(_message: TelegramMessage, scene: Scene) -> None:
        project = await project_in(services, scene)
        await services.placing.answer(TrustCard(project.id), scene.place, about={project.id})

    return made


def _digest_set(schedule: Schedule) -> View:
    return Notice("digest-set", {"at": schedule.rule}) if schedule.rule else Notice("digest-off")


async def _watch(scene: Scene, services: Services) -> None:
    """`/watch` shows what one follows, `/watch tasks` turns one over."""
    project = await project_in(services, scene)
    words = scene.command.words if scene.command else []
    if not words:
        await services.placing.answer(WatchesCard(project.id), scene.place, about={project.id})
        return
    if words[0] not in frozenset(Watched):
        raise NotFound("subscription", words[0])
    await services.watching.toggle_and_show(project.id, Watched(words[0]), scene.named_actor, scene.place)


async def _schedule(scene: Scene, services: Services) -> None:
    """`/schedule` shows when things happen, `/schedule tasks 14:00` changes it."""
    project = await project_in(services, scene)
    words = scene.command.words if scene.command else []
    if not words:
        await services.placing.answer(ScheduleCard(project.id), scene.place, about={project.id})
        return
    job, rule = _JOBS.get(words[0]), " ".join(words[1:])
    if job is None or not rule:
        raise BadSchedule(" ".join(words))
    await services.schedules.set(project.id, job, rule, scene.named_actor, place=scene.place)
