"""Following a project: news in one's direct chat, the digest by subscription, the week on Monday."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.domain.history import Event, EventTopic
from core.domain.ids import ChatId, PersonId
from core.domain.knowledge import AtomType
from core.domain.person import Actor
from core.domain.showing.spot import Spot
from core.domain.showing.view import DigestCard
from core.domain.showing.view_following import NewsCard, WeekCard
from core.domain.task import Task, TaskStatus
from core.domain.watching import News, Watched, news_of
from core.errors import Anonymous, NoProject
from core.services.daily.watching import followed
from core.services.daily.weeks import WeekService
from tests.builders import GROUP, PROJECT, a_task_draft, an_actor
from tests.house import REVIEWER, House
from tests.services.daily.conftest import an_atom, digests_shown, keep, meet

OLYA = an_actor(7, "@olya")


def weeks_of(house: House) -> WeekService:
    digests = house.do.digests
    return WeekService(house.transactions, house.clock, house.ids, house.do.placing, digests)


async def olya_listens(house: House) -> None:
    """Olya is in the group, and started the bot."""
    await meet(house, 7, "Olya")
    async with house.transactions() as tx:
        await tx.people.put_membership(GROUP, PersonId(7), is_member=True, at=house.clock.now())


async def tell(house: House, topic: EventTopic, name: str, **payload: str) -> None:
    async with house.transactions() as tx:
        await tx.history.tell(Event(house.ids.new(), PROJECT, topic, name, house.clock.now(), payload))


async def news_shown(house: House) -> list[Spot]:
    async with house.transactions.reading() as tx:
        return [one for one in await tx.spots.list_about(PROJECT) if isinstance(one.view, NewsCard)]


async def test_nobody_is_told_what_they_did_not_choose_to_follow(house: House) -> None:
    await tell(house, EventTopic.RUNS, "completed", run="R-1")
    assert await house.do.watching.tell_due() == 0


async def test_who_follows_hears_of_what_comes_from_then_on_once(house: House) -> None:
    await olya_listens(house)
    await tell(house, EventTopic.RUNS, "completed", run="R-1")
    house.clock.move(minutes=1)
    assert await house.do.watching.toggle(PROJECT, Watched.RUNS, OLYA)
    house.clock.move(minutes=1)
    assert await house.do.watching.tell_due() == 0, "R-1 was before"
    await tell(house, EventTopic.RUNS, "completed", run="R-2")
    house.clock.move(minutes=1)
    assert await house.do.watching.tell_due() == 1
    assert await house.do.watching.tell_due() == 0
    [spot] = await news_shown(house)
    assert (spot.chat_id, spot.reader_id, spot.unasked_in) == (ChatId(7), PersonId(7), "UTC")


async def test_what_comes_while_news_waits_goes_into_the_same_message(house: House) -> None:
    await olya_listens(house)
    await house.do.watching.toggle(PROJECT, Watched.RUNS, OLYA)
    for number in (1, 2):
        house.clock.move(minutes=1)
        await tell(house, EventTopic.RUNS, "completed", run=f"R-{number}")
        house.clock.move(minutes=1)
        await house.do.watching.tell_due()
    [spot] = await news_shown(house)
    assert isinstance(spot.view, NewsCard)
    assert spot.view.until == house.clock.now()
    async with house.transactions.reading() as tx:
        loaded = await house.do.delivery.loading.load(tx, spot)
    assert getattr(loaded.shown, "news").runs == (("R-1", "completed"), ("R-2", "completed"))  # noqa: B009 - of one kind of Shown


async def test_only_who_is_in_the_projects_chats_follows_it_and_no_longer_who_left(house: House) -> None:
    await meet(house, 8, "Max")
    with pytest.raises(NoProject):
        await house.do.watching.toggle(PROJECT, Watched.RUNS, an_actor(8, "@max"))
    with pytest.raises(Anonymous):
        await house.do.watching.toggle(PROJECT, Watched.RUNS, Actor(PersonId(9), "", speaks_as=GROUP))
    await olya_listens(house)
    await house.do.watching.toggle(PROJECT, Watched.RUNS, OLYA)
    async with house.transactions() as tx:
        await tx.people.put_membership(GROUP, PersonId(7), is_member=False, at=house.clock.now())
    house.clock.move(minutes=1)
    await tell(house, EventTopic.RUNS, "completed", run="R-1")
    house.clock.move(minutes=1)
    assert await house.do.watching.tell_due() == 0


def test_news_are_ends_of_runs_decisions_counted_and_each_task_once(house: House) -> None:
    at = house.clock.now()

    def event(topic: EventTopic, name: str, **payload: str) -> Event:
        return Event(house.ids.new(), PROJECT, topic, name, at, payload)

    events = [
        event(EventTopic.RUNS, "started", run="R-1"),
        event(EventTopic.RUNS, "failed", run="R-1"),
        event(EventTopic.RUNS, "completed", run="R-1"),
        event(EventTopic.PROPOSALS, "approved"),
        event(EventTopic.PROPOSALS, "approved"),
        event(EventTopic.PROPOSALS, "snoozed"),
        event(EventTopic.TASKS, "created", task="T-1"),
        event(EventTopic.TASKS, "moved", task="T-1"),
    ]
    assert news_of(events) == News((("R-1", "completed"),), {"approved": 2}, ("T-1",))
    assert news_of(events[:1]).is_empty


async def test_reviewers_follow_digest_and_week_until_they_say_otherwise(house: House) -> None:
    async with house.transactions.reading() as tx:
        project = await tx.projects.get(PROJECT)
        assert await followed(tx, project, PersonId(1)) == {Watched.DIGEST, Watched.WEEKLY}
        assert await followed(tx, project, PersonId(7)) == frozenset()


async def test_the_digest_comes_to_who_follows_it_and_not_to_who_does_not(house: House) -> None:
    await olya_listens(house)
    await keep(house, an_atom(1, AtomType.DECISION, house))
    await house.do.watching.toggle(PROJECT, Watched.DIGEST, OLYA)
    await house.do.watching.toggle(PROJECT, Watched.DIGEST, REVIEWER)
    house.clock.move(days=1)
    assert await house.do.digests.send_due(PROJECT)
    assert [spot.chat_id for spot in await digests_shown(house)] == [7]


async def test_a_digest_that_was_voted_out_goes_to_the_direct_chats_of_who_follows_it(house: House) -> None:
    await olya_listens(house)
    await keep(house, an_atom(1, AtomType.DECISION, house))
    await house.do.digests.share(PROJECT, REVIEWER)
    await house.do.watching.toggle(PROJECT, Watched.DIGEST, OLYA)
    for number in (1, 7, 8):
        await house.do.digests.vote(PROJECT, an_actor(number), is_good=False)
    house.clock.move(days=1)
    assert await house.do.digests.send_due(PROJECT)
    spots = await digests_shown(house)
    assert [spot.chat_id for spot in spots] == [1, 7]
    assert {type(spot.view) for spot in spots} == {DigestCard}


async def a_week(house: House) -> None:
    """Tuesday brings a decision, Thursday a task that is done."""
    await keep(house, an_atom(1, AtomType.DECISION, house))
    house.clock.move(days=2)
    async with house.transactions() as tx:
        task = Task(house.ids.new(), PROJECT, 1, a_task_draft(), house.clock.now())
        await tx.tasks.add(task)
    await house.do.tasks.move(task.id, TaskStatus.DONE, REVIEWER)
    house.clock.move(days=4)


async def test_on_monday_the_week_is_told_once(house: House) -> None:
    await a_week(house)
    assert house.clock.now().date() == date(2026, 11, 16)
    async with house.transactions.reading() as tx:
        project = await tx.projects.get(PROJECT)
        digest, done = await weeks_of(house).week_in(tx, project, date(2026, 11, 9))
    assert ([one.number for one in digest.decided], [one.number for one in digest.tasks], done) == (
        [1],
        [1],
        1,
    )
    assert await weeks_of(house).send_due(PROJECT)
    assert not await weeks_of(house).send_due(PROJECT)
    async with house.transactions.reading() as tx:
        shown = [one for one in await tx.spots.list_about(PROJECT) if isinstance(one.view, WeekCard)]
    assert [(one.view, one.chat_id) for one in shown] == [(WeekCard(PROJECT, date(2026, 11, 9)), 1)]


async def test_a_week_in_which_nothing_happened_and_a_paused_one_are_not_told(house: House) -> None:
    house.clock.move(days=6)
    assert not await weeks_of(house).send_due(PROJECT)
    async with house.transactions() as tx:
        await tx.knowledge.add_atom(
            an_atom(1, AtomType.DECISION, house, created_at=house.clock.now() - timedelta(days=4))
        )
        project = await tx.projects.get(PROJECT)
        await tx.projects.save(replace(project, digest_paused_until=house.clock.now() + timedelta(days=1)))
    assert not await weeks_of(house).send_due(PROJECT)
