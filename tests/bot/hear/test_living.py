"""A team lives with a task: steps are ticked, answers to its card are kept, somebody says no."""

from dataclasses import replace
from typing import Any

from bot.view.payload import Verb
from core.domain.ids import ChatId, Kind, PersonId, Ref
from core.domain.showing.panel import Panel
from core.domain.showing.spot import Place, Spot
from core.domain.showing.view import TaskCard, TaskList
from core.domain.showing.view_living import ExportCard
from core.domain.task import Assignee, Priority, Task
from tests.bot.hear.cards import bug, reply
from tests.bot.hear.conftest import ANN, GROUP, MAX, MOBILE, OLYA, US, Room, direct
from tests.builders import PROJECT

WHERE = Place(GROUP)


async def a_task(room: Room, *steps: str, asked: int | None = None) -> Task:
    """T-1 with these steps, asked of somebody or of nobody."""
    spot = await bug(room)
    await room.tap(spot, Verb.APPROVE)
    task = await now(room)
    assignee = None if asked is None else Assignee("Olya", PersonId(asked))
    async with room.transactions() as tx:
        await tx.tasks.save(replace(task, draft=replace(task.draft, sub_tasks=steps, assignee=assignee)))
    return await now(room)


async def now(room: Room) -> Task:
    async with room.transactions.reading() as tx:
        task = await tx.tasks.find_by_number(PROJECT, 1)
    assert task is not None
    return task


async def card_of(room: Room, task: Task, place: Place = WHERE) -> Spot:
    await room.services.placing.answer(TaskCard(task.id), place, about={task.id})
    await room.deliver()
    return await room.last(TaskCard)


async def answer(room: Room, spot: Spot, text: str, by: dict[str, Any]) -> dict[str, Any]:
    card = {"message_id": spot.message_id, "date": 1, "chat": MOBILE, "from": US, "text": "a card"}
    said = await room.say(text, by=by, reply_to_message=card)
    await room.deliver()
    return said


async def html(room: Room, spot: Spot) -> str:
    async with room.transactions.reading() as tx:
        return room.shown(await tx.spots.get(spot.id)).card.html


async def test_steps_are_ticked_on_the_card_and_one_is_added_by_a_reply(room: Room) -> None:
    spot = await card_of(room, await a_task(room, "draw it", "build it"))
    await room.tap(spot, Verb.PANEL, Panel.STEPS, by=OLYA)
    assert await room.tap(spot, Verb.PART, "1", by=OLYA) == "T-1: 1 of 2 steps done"
    assert await room.tap(spot, Verb.PART, "0", by=OLYA) == "T-1: 2 of 2 steps done"
    assert await room.tap(spot, Verb.PART, "0", by=OLYA) == "T-1: 1 of 2 steps done"
    await answer(room, spot, "ship it", MAX)
    assert (await now(room)).draft.sub_tasks == ("draw it", "build it", "ship it")
    await room.tap(spot, Verb.BACK, by=OLYA)
    await room.deliver()
    assert "1 of 3 steps done" in await html(room, spot)


async def test_an_answer_to_a_tasks_card_is_kept_shown_and_stays_talk(room: Room) -> None:
    spot = await card_of(room, await a_task(room))
    said = await answer(room, spot, "it is the token cache, I think", MAX)
    assert "token cache" in await html(room, spot)
    kept = await room.stored(GROUP, said["message_id"])
    assert kept is not None
    assert not kept.is_excluded
    async with room.transactions.reading() as tx:
        history = await tx.history.list_of(Ref(Kind.TASK, (await now(room)).id), 5)
    assert [one.what for one in history][:1] == ["commented"]
    await room.hear(room.update(edited_message={**said, "text": "it is the cookie", "edit_date": 2}))
    await room.deliver()
    assert "cookie" in await html(room, spot)
    assert "token" not in await html(room, spot)


async def test_a_comment_is_forgotten_with_whoever_made_it(room: Room) -> None:
    spot = await card_of(room, await a_task(room))
    await answer(room, spot, "it is the token cache, I think", MAX)
    room.clock.move(seconds=5)
    await room.services.forgetting.forget_person(PersonId(8))
    await room.deliver()
    assert "token" not in await html(room, spot)
    async with room.transactions.reading() as tx:
        assert await tx.comments.list_of((await now(room)).id) == []


async def test_a_comment_made_elsewhere_is_not_shown_where_it_may_not_be_read(room: Room) -> None:
    task = await a_task(room)
    ours = await card_of(room, task)
    private = await card_of(room, task, Place(ChatId(1), reader_id=PersonId(1)))
    await reply(room, private, "between us: the vendor is slow", ANN)
    await room.deliver()
    assert "vendor" in await html(room, private)
    assert "vendor" not in await html(room, ours)


async def test_a_reply_that_is_understood_whole_is_a_change_for_who_decides_alone(room: Room) -> None:
    spot = await card_of(room, await a_task(room))
    await answer(room, spot, "make it critical", MAX)
    assert (await now(room)).draft.priority is not Priority.CRITICAL
    async with room.transactions.reading() as tx:
        assert len(await tx.comments.list_of((await now(room)).id)) == 1
    await answer(room, spot, "make it critical", ANN)
    assert (await now(room)).draft.priority is not Priority.CRITICAL
    assert await room.tap(spot, Verb.APPLY) == "T-1 is changed"
    assert (await now(room)).draft.priority is Priority.CRITICAL


async def test_not_me_gives_back_what_was_asked_and_only_by_who_was_asked(room: Room) -> None:
    spot = await card_of(room, await a_task(room, asked=7))
    assert await room.tap(spot, Verb.NOT_ME, by=MAX) == (
        "Only who was asked can say that. /task T-1 shows whose it is."
    )
    before = len(room.messenger.messages)
    assert await room.tap(spot, Verb.NOT_ME, by=OLYA) == "T-1 is nobody's again"
    await room.deliver()
    assert (await now(room)).draft.assignee is None
    assert len(room.messenger.messages) == before


async def test_tasks_are_taken_along_in_direct_chat_and_only_those_that_may_be_read(room: Room) -> None:
    await a_task(room)
    await room.say("/export", by=OLYA)
    assert (await room.notices())[-1].args["link"] == "https://t.me/triagram_bot?start=export"
    await room.say("/export", by=ANN, chat=direct(ANN))
    card = await room.last(ExportCard)
    assert await room.tap(card, Verb.EXPORT, "csv") == "Here it comes."
    (chat_id, name, data) = room.messenger.documents[-1]
    assert (chat_id, name.startswith("tasks-"), name.endswith(".csv")) == (1, True, True)
    assert b"Login is dead" in data
    room.facts.members.discard((GROUP, PersonId(1)))
    room.clock.move(minutes=6)
    await room.say("/export json", by=ANN, chat=direct(ANN))
    assert b"Login" not in room.messenger.documents[-1][2]


async def test_reminders_are_switched_on_and_off_below_ones_own_tasks(room: Room) -> None:
    await a_task(room, asked=1)
    await room.say("/tasks mine", by=ANN, chat=direct(ANN))
    mine = await room.last(TaskList)
    assert "morning" in await room.tap(mine, Verb.REMIND, "on")
    async with room.transactions.reading() as tx:
        assert [one.person_id for one in await tx.reminders.list_all()] == [1]
    assert await room.tap(mine, Verb.REMIND, "off") == "No more reminders"
    async with room.transactions.reading() as tx:
        assert await tx.reminders.list_all() == []
