"""/digest, /schedule and /stats: when the bot speaks and works by itself, and how well."""

from aiogram import Router
from aiogram.types import Message as TelegramMessage

from bot.hear.filters import Commanded
from bot.hear.scene.identity import Scene, project_in
from bot.hear.services import Services
from core.domain.daily.schedule import Job, Schedule
from core.domain.showing.view import Notice, ScheduleCard, TrustCard, View
from core.errors import BadSchedule

_NOW = frozenset({"", "now"})
_JOBS = {
    "extract": Job.EXTRACT, "read": Job.EXTRACT, "messages": Job.EXTRACT,
    "analyse": Job.ANALYSE, "analyze": Job.ANALYSE, "run": Job.ANALYSE, "tasks": Job.ANALYSE,
    "digest": Job.DIGEST,
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
        project = await project_in(services, scene)
        words = scene.command.words if scene.command else []
        if not words:
            await services.placing.answer(ScheduleCard(project.id), scene.place, about={project.id})
            return
        job, rule = _JOBS.get(words[0]), " ".join(words[1:])
        if job is None or not rule:
            raise BadSchedule(" ".join(words))
        await services.schedules.set(project.id, job, rule, scene.named_actor, place=scene.place)

    @made.message(Commanded("stats"))
    async def stats(_message: TelegramMessage, scene: Scene) -> None:
        project = await project_in(services, scene)
        await services.placing.answer(TrustCard(project.id), scene.place, about={project.id})

    return made


def _digest_set(schedule: Schedule) -> View:
    return Notice("digest-set", {"at": schedule.rule}) if schedule.rule else Notice("digest-off")
