"""/budget and /agents: shown to all, changed by owners; the way on from a run without money."""

from dataclasses import replace
from typing import cast

import pytest

from bot.view.payload import Verb
from core.domain.agent import Agent
from core.domain.conversation import Extraction, Reading, Usage
from core.domain.run import RunStatus, Stage
from core.domain.showing.view import EstimateCard, Notice, RunCard
from core.domain.showing.view_agents import AgentsCard, BudgetCard
from tests.bot.hear.conftest import ANN, OLYA, Room, direct
from tests.builders import PROJECT
from tests.fakes import ScriptedAnalyst
from tests.house import each_message_a_note


async def budget_of(room: Room) -> float:
    async with room.transactions.reading() as tx:
        return (await room.do.budget.budgets.of(tx, await tx.projects.get(PROJECT))).limit_usd


@pytest.mark.parametrize(
    ("text", "usd"),
    [
        ("/budget 25", 25),
        ("/budget $12.50", 12.5),
        ("/budget 12,50", 12.5),
        ("/budget 0", 0),
        ("/budget", 10),
    ],
)
async def test_the_budget_is_shown_and_set(room: Room, text: str, usd: float) -> None:
    await room.say(text, by=ANN)
    assert (await room.last(BudgetCard)).view == BudgetCard(PROJECT)
    assert await budget_of(room) == usd
    await room.say("/budget default", by=ANN)
    assert await budget_of(room) == 10


@pytest.mark.parametrize(
    ("text", "by", "told"),
    [
        ("/budget lots", ANN, "as a sum"),
        ("/budget 25", OLYA, "Only the owner"),
        ("/budget -5", ANN, "as a sum"),
    ],
)
async def test_what_is_no_sum_and_who_is_no_owner_is_told(
    room: Room, text: str, by: dict[str, object], told: str
) -> None:
    await room.say(text, by=by)
    notice = cast("Notice", (await room.last(Notice)).view)
    assert told in str(notice.args["text"])
    assert await budget_of(room) == 10


async def test_a_tap_raises_the_budget_for_owners_alone(room: Room) -> None:
    await room.say("/budget", by=ANN, chat=direct(ANN))
    spot = await room.last(BudgetCard)
    await room.tap(spot, Verb.BUDGET, "25")
    assert await budget_of(room) == 35
    await room.say("/budget", by=OLYA)
    told = await room.tap(await room.last(BudgetCard), Verb.BUDGET, "5", by=OLYA)
    assert "Only the owner" in told
    assert await budget_of(room) == 35


async def test_who_finds_tasks_is_chosen_by_taps(room: Room) -> None:
    await room.do.staff.put(Agent("careful", "openai:gpt-5-mini"))
    await room.say("/agents", by=ANN, chat=direct(ANN))
    spot = await room.last(AgentsCard)
    await room.tap(spot, Verb.STAGE, "tasks")
    await room.tap(spot, Verb.AGENT, "careful")
    async with room.transactions.reading() as tx:
        assignment = await tx.agents.assignment(PROJECT, Stage.TASKS)
    assert assignment is not None
    assert assignment.agents == ("rules", "careful")
    await room.tap(spot, Verb.BACK)
    await room.deliver()
    assert "built-in (no AI), careful" in room.shown(await room.last(AgentsCard)).card.html


async def test_a_run_without_money_goes_on_by_two_taps_of_an_owner(room: Room) -> None:
    analyst = room.do.work.reading.answering.rules
    assert isinstance(analyst, ScriptedAnalyst)

    def extract(reading: Reading) -> Extraction:
        return replace(each_message_a_note(reading), usage=Usage(100, 10, 6.0))

    analyst.cost, analyst.extracts = 6.0, extract
    for number in range(10):
        await room.say(f"the login is dead again, {number}")
    await room.say("/extract", by=ANN, chat=direct(ANN))
    await room.tap(await room.last(EstimateCard), Verb.START)
    await room.work()
    run = await room.do.runs.find(PROJECT, None)
    assert run.status is RunStatus.FAILED
    spot = await room.last(RunCard)
    await room.deliver()
    card = room.shown(await room.last(RunCard)).card
    assert "$6.00 of $10.00 is spent" in card.html
    await room.tap(spot, Verb.RAISE)
    await room.tap(spot, Verb.BUDGET, "5")
    await room.work()
    assert (await room.do.runs.find(PROJECT, None)).status is RunStatus.COMPLETED
    assert await budget_of(room) == 15
