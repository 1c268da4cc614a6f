"""An answer such as "fixed in #42" puts a task's next status before somebody; nothing happens by itself."""

import pytest

from bot.view.payload import Verb
from core.domain.ids import ChatId, MessageId, MessageKey
from core.domain.showing.panel import Panel
from core.domain.showing.spot import Spot
from core.domain.showing.view import StatusSaid, TaskCard
from core.domain.task import Task, TaskStatus
from tests.bot.hear.cards import bug, reply
from tests.bot.hear.conftest import ANN, GROUP, MAX, Room, direct
from tests.builders import PROJECT


async def a_task(room: Room) -> Task:
    """T-1, which rests on message 900 of the group."""
    spot = await bug(room)
    await room.tap(spot, Verb.APPROVE)
    return await now(room)


async def now(room: Room) -> Task:
    async with room.transactions.reading() as tx:
        task = await tx.tasks.find_by_number(PROJECT, 1)
    assert task is not None
    return task


async def answer(room: Room, text: str, to: int = 900) -> None:
    said = room.message("Login is dead on my iPhone") | {"message_id": to}
    await room.say(text, by=MAX, reply_to_message=said)


async def asked(room: Room) -> list[Spot]:
    return [spot for spot in await room.spots(TaskCard) if getattr(spot.view, "said", None) is not None]


@pytest.mark.parametrize("text", ["fixed in #42", "Done!", "готово", "вже виправлено", "✅"])
async def test_an_answer_under_a_source_asks_who_decides_and_one_tap_confirms(
    room: Room, text: str
) -> None:
    task = await a_task(room)
    await answer(room, text)
    assert (await now(room)).status is TaskStatus.OPEN
    (card,) = await asked(room)
    assert isinstance(card.view, TaskCard)
    assert card.view.task_id == task.id
    assert (card.chat_id, card.unasked_in) == (ANN["id"], "UTC")
    room.clock.move(hours=3)
    await room.deliver()
    (card,) = await asked(room)
    assert text in room.shown(card).card.html
    assert await room.tap(card, Verb.STATUS, "done") == "T-1: done"
    assert (await now(room)).status is TaskStatus.DONE


async def test_not_yet_leaves_the_task_as_it_is(room: Room) -> None:
    await a_task(room)
    await answer(room, "done")
    room.clock.move(hours=3)
    await room.deliver()
    (card,) = await asked(room)
    await room.tap(card, Verb.BACK)
    assert (await now(room)).status is TaskStatus.OPEN


async def test_nobody_is_asked_twice(room: Room) -> None:
    await a_task(room)
    await answer(room, "done")
    await answer(room, "fixed")
    assert len(await asked(room)) == 1


@pytest.mark.parametrize(
    ("text", "to"),
    [("is it done?", 900), ("not done", 900), ("on it", 900), ("thanks", 900), ("done", 901)],
)
async def test_other_answers_ask_nothing(room: Room, text: str, to: int) -> None:
    await a_task(room)
    await answer(room, text, to)
    assert await asked(room) == []


async def test_a_task_that_is_done_already_asks_nothing(room: Room) -> None:
    task = await a_task(room)
    async with room.transactions() as tx:
        await tx.tasks.save(task.moved(TaskStatus.DONE))
    await answer(room, "done")
    assert await asked(room) == []


async def test_an_answer_to_the_tasks_own_card_asks_on_that_card(room: Room) -> None:
    task = await a_task(room)
    await room.say("/task T-1", by=ANN, chat=direct(ANN))
    await room.deliver()
    spot = await room.last(TaskCard)
    await reply(room, spot, "on it")
    view = (await room.last(TaskCard)).view
    key = MessageKey(ChatId(ANN["id"]), MessageId(room.messages))
    assert view == TaskCard(task.id, Panel.SAID, StatusSaid(TaskStatus.IN_PROGRESS, key))
    assert await room.tap(await room.last(TaskCard), Verb.STATUS, "in_progress") == "T-1: in progress"
    assert (await now(room)).status is TaskStatus.IN_PROGRESS


async def test_words_that_were_left_out_are_not_quoted(room: Room) -> None:
    await a_task(room)
    await answer(room, "fixed in #42")
    await room.do.intake.ignore(MessageKey(GROUP, MessageId(room.messages)))
    room.clock.move(hours=3)
    await room.deliver()
    (card,) = await asked(room)
    assert "#42" not in room.shown(card).card.html
    assert "Is that so?" in room.shown(card).card.html
