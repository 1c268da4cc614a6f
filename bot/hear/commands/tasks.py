"""/tasks and /task: what there is to do."""

from aiogram import Router
from aiogram.types import Message as TelegramMessage

from bot.hear.filters import Commanded
from bot.hear.scene.identity import Scene, project_in, projects_in
from bot.hear.scene.speech import number_in
from bot.hear.services import Services
from core.domain.showing.view import TaskCard, TaskFilter, TaskList

_DEFAULT = TaskFilter.OPEN


def router(services: Services) -> Router:
    """Listens to the commands about tasks."""
    made = Router(name="tasks")

    @made.message(Commanded("tasks"))
    async def show(_message: TelegramMessage, scene: Scene) -> None:
        words = scene.command.words if scene.command else []
        chosen = next((TaskFilter(word) for word in words if word in frozenset(TaskFilter)), _DEFAULT)
        await _show_list(scene, services, chosen)

    @made.message(Commanded("task"))
    async def one(_message: TelegramMessage, scene: Scene) -> None:
        words = scene.command.words if scene.command else []
        if not words:
            await _show_list(scene, services, _DEFAULT)
            return
        number = number_in(words[0], "task")
        projects = await projects_in(services, scene)
        person_id = scene.person.id if scene.person else None
        chosen = await services.projects.find_current(scene.chat_id, scene.thread_id, person_id)
        task = await services.tasks.find(
            [project.id for project in projects], number, current=chosen.id if chosen else None
        )
        await services.placing.answer(TaskCard(task.id), scene.place, about={task.id})

    return made


async def _show_list(scene: Scene, services: Services, chosen: TaskFilter) -> None:
    project = await project_in(services, scene)
    view = TaskList(project.id, chosen, asker=scene.person.id if scene.person else None)
    await services.placing.answer(view, scene.place, about={project.id})
