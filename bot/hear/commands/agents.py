"""/agents /budget: who makes the runs of a project, and what a month may cost."""

import re

from aiogram import Router
from aiogram.types import Message as TelegramMessage

from bot.hear.filters import Commanded
from bot.hear.scene.identity import Scene, project_in
from bot.hear.services import Services
from core.domain.showing.view_agents import AgentsCard, BudgetCard
from core.errors import BadKnob

_AMOUNT = re.compile(r"\$?\s*(\d{1,7}(?:[.,]\d{1,2})?)\s*\$?")
_AS_CONFIGURED = "default"


def router(services: Services) -> Router:
    """Listens to the commands about agents and money."""
    made = Router(name="agents")

    @made.message(Commanded("agents"))
    async def agents(_message: TelegramMessage, scene: Scene) -> None:
        project = await project_in(services, scene)
        await services.placing.answer(AgentsCard(project.id), scene.place, about={project.id})

    @made.message(Commanded("budget"))
    async def budget(_message: TelegramMessage, scene: Scene) -> None:
        project = await project_in(services, scene)
        given = scene.command.rest if scene.command else ""
        if not given:
            await services.placing.answer(BudgetCard(project.id), scene.place, about={project.id})
            return
        usd = None if given.lower() == _AS_CONFIGURED else usd_of(given)
        await services.budget.set_and_show(project.id, usd, scene.named_actor, scene.place)

    return made


def usd_of(text: str) -> float:
    """`25`, `$25` or `12.50` in dollars; raises BadKnob."""
    shape = _AMOUNT.fullmatch(text.strip())
    if shape is None:
        raise BadKnob("budget", text)
    return float(shape[1].replace(",", "."))
