"""The digest: what a day brought, told once, to whom it is for."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from core.domain.ids import ChatId, Kind, PersonId, Ref
from core.domain.knowledge import AtomType, Link, LinkType
from core.domain.person import Binding, Chat, ChatKind, ChatState, ReviewPlace
from core.domain.run import Batch, BatchStatus, RunStatus
from core.domain.showing.spot import Place
from core.domain.showing.view import DigestCard
from core.domain.task import Task
from core.errors import Anonymous, NotOwner, NotReviewer
from tests.builders import GROUP, PROJECT, a_message, a_proposal, a_run, a_task_draft, an_actor
from tests.house import DIRECT, REVIEWER, House
from tests.services.daily.conftest import an_atom, digests_shown, keep, meet

TUESDAY = date(2026, 11, 10)
MEMBER = an_actor(7, "@olya")


def next_morning(house: House) -> None:
    house.clock.move(days=1)


async def project_of(house: House):
    async with house.transactions.reading() as tx:
        return await tx.projects.get(PROJECT)


async def test_a_day_holds_its_decisions_tasks_questions_and_counts(house: House) -> None:
    await house.say("login is dead", "ok")
    old = house.clock.now() - timedelta(days=3)
    await keep(
        house,
        an_atom(1, AtomType.DECISION, house),
        an_atom(2, AtomType.DECISION, house, created_at=old),
        an_atom(3, AtomType.PROBLEM, house),
        an_atom(4, AtomType.QUESTION, house),
    )
    batches = [
        Batch(UUID(int=41), a_run().id, 0, messages=(a_message(1).key,), status=BatchStatus.DONE,
              dropped={"already_known": 3, "rejected_before": 2, "not_shown": 5}),
        Batch(UUID(int=42), a_run().id, 1, left_out=(a_message(2).key,), status=BatchStatus.DONE),
    ]  # fmt: skip
    async with house.transactions() as tx:
        await tx.tasks.add(Task(UUID(int=70), PROJECT, 1, a_task_draft(), house.clock.now()))
        await tx.tasks.add(Task(UUID(int=71), PROJECT, 2, a_task_draft(), old))
        await tx.proposals.add(a_proposal(1, created_at=old))
        await tx.proposals.add(a_proposal(2))
        await tx.runs.add(replace(a_run(), status=RunStatus.REVIEWED, ended_at=house.clock.now()))
        await tx.runs.add_batches(batches)
    house.clock.move(minutes=5)
    digest = await house.do.digests.digest_of(await project_of(house), TUESDAY)
    assert [one.number for one in digest.decided] == [1]
    assert [one.number for one in digest.tasks] == [1]
    assert [one.number for one in digest.questions] == [4]
    assert (digest.messages, digest.conversations) == (1, 1)
    assert (digest.waiting, digest.oldest_waiting) == (2, old)
    assert (digest.left_out, digest.already_known, digest.rejected_before) == (1, 3, 2)


async def test_a_question_comes_again_once_when_it_is_a_day_old_and_no_more(house: House) -> None:
    await keep(house, an_atom(1, AtomType.QUESTION, house))
    project = await project_of(house)
    days = [TUESDAY + timedelta(days=step) for step in range(3)]
    told = [len((await house.do.digests.digest_of(project, day)).questions) for day in days]
    assert told == [1, 1, 0]


@pytest.mark.parametrize(
    ("answer", "link", "is_open"),
    [
        (AtomType.SOLUTION, LinkType.SOLVES, False),
        (AtomType.PROBLEM, LinkType.SOLVES, False),
        (AtomType.DECISION, LinkType.CONTINUES, False),
        (AtomType.PROBLEM, LinkType.CONTINUES, True),
        (AtomType.SOLUTION, LinkType.RELATES_TO, True),
    ],
)
async def test_a_question_that_was_answered_is_not_open(
    house: House, answer: AtomType, link: LinkType, *, is_open: bool
) -> None:
    question = an_atom(1, AtomType.QUESTION, house)
    links = (Link(link, Ref(Kind.ATOM, question.id)),)
    await keep(house, question, an_atom(2, answer, house, links=links))
    digest = await house.do.digests.digest_of(await project_of(house), TUESDAY)
    assert bool(digest.questions) is is_open


async def test_a_day_is_told_once_though_two_schedulers_tell_it(house: House) -> None:
    await keep(house, an_atom(1, AtomType.DECISION, house))
    next_morning(house)
    told = await asyncio.gather(*(house.do.digests.send_due(PROJECT) for _ in range(4)))
    assert sorted(told) == [False, False, False, True]
    [spot] = await digests_shown(house)
    assert (spot.view, spot.chat_id) == (DigestCard(PROJECT, TUESDAY), DIRECT.chat_id)


async def test_a_day_on_which_nothing_happened_is_not_told(house: House) -> None:
    await keep(house, an_atom(1, AtomType.PROBLEM, house))
    next_morning(house)
    assert not await house.do.digests.send_due(PROJECT)
    assert await digests_shown(house) == []


async def test_the_day_still_being_filled_is_not_told_by_the_clock(house: House) -> None:
    await keep(house, an_atom(1, AtomType.DECISION, house))
    house.clock.move(hours=3)
    assert not await house.do.digests.send_due(PROJECT)


async def test_whoever_asks_gets_the_day_so_far(house: House) -> None:
    await keep(house, an_atom(1, AtomType.DECISION, house))
    await house.do.digests.now(PROJECT, Place(GROUP))
    [spot] = await digests_shown(house)
    assert (spot.view, spot.chat_id) == (DigestCard(PROJECT, TUESDAY), GROUP)


async def test_a_week_of_pause_tells_nothing_and_then_goes_on(house: House) -> None:
    until = await house.do.digests.pause_week(PROJECT, REVIEWER)
    await keep(house, an_atom(1, AtomType.DECISION, house))
    next_morning(house)
    assert not await house.do.digests.send_due(PROJECT)
    house.clock.at = until
    await keep(house, an_atom(2, AtomType.DECISION, house))
    next_morning(house)
    assert await house.do.digests.send_due(PROJECT)


async def test_only_reviewers_pause_it(house: House) -> None:
    with pytest.raises(NotReviewer):
        await house.do.digests.pause_week(PROJECT, MEMBER)


async def test_only_an_owner_shares_it_with_the_group(house: House) -> None:
    with pytest.raises(NotOwner):
        await house.do.digests.share(PROJECT, MEMBER)
    await house.do.digests.share(PROJECT, REVIEWER)
    await keep(house, an_atom(1, AtomType.DECISION, house))
    next_morning(house)
    await house.do.digests.send_due(PROJECT)
    assert [one.chat_id for one in await digests_shown(house)] == [GROUP, DIRECT.chat_id]


async def test_a_group_where_nothing_of_it_may_be_read_is_spared(house: House) -> None:
    other = ChatId(-1002)
    async with house.transactions() as tx:
        await tx.chats.put(Chat(other, ChatKind.SUPERGROUP, "Other", state=ChatState.READING))
        await tx.chats.bind(Binding(other, PROJECT))
    await house.do.digests.share(PROJECT, REVIEWER)
    await keep(house, an_atom(1, AtomType.DECISION, house))
    next_morning(house)
    await house.do.digests.send_due(PROJECT)
    assert [one.chat_id for one in await digests_shown(house)] == [GROUP, DIRECT.chat_id]


async def test_three_people_against_it_in_a_week_move_it_to_direct_chats(house: House) -> None:
    await house.do.digests.share(PROJECT, REVIEWER)
    for number in (11, 12):
        voter = an_actor(number, f"@p{number}")
        assert not await house.do.digests.vote(PROJECT, voter, is_good=False)
        assert not await house.do.digests.vote(PROJECT, voter, is_good=False)
    await house.do.digests.vote(PROJECT, an_actor(13, "@p13"), is_good=True)
    third = an_actor(14, "@p14")
    assert await house.do.digests.vote(PROJECT, third, is_good=False)
    await keep(house, an_atom(1, AtomType.DECISION, house))
    next_morning(house)
    await house.do.digests.send_due(PROJECT)
    assert [one.chat_id for one in await digests_shown(house)] == [DIRECT.chat_id]


async def test_votes_of_another_week_do_not_add_up(house: House) -> None:
    for number in (11, 12, 13):
        voter = an_actor(number, f"@p{number}")
        assert not await house.do.digests.vote(PROJECT, voter, is_good=False)
        house.clock.move(days=4)


async def test_voted_out_of_a_review_group_it_goes_to_the_reviewers_own_chats(house: House) -> None:
    async with house.transactions() as tx:
        project = await tx.projects.get(PROJECT)
        await tx.projects.save(project.configured(place=ReviewPlace.HERE))
        await tx.chats.bind(Binding(GROUP, PROJECT, is_review=True))
    for number in (11, 12, 13):
        await house.do.digests.vote(PROJECT, an_actor(number, "@p"), is_good=False)
    await keep(house, an_atom(1, AtomType.DECISION, house))
    next_morning(house)
    await house.do.digests.send_due(PROJECT)
    assert [one.chat_id for one in await digests_shown(house)] == [DIRECT.chat_id]


async def test_who_has_no_face_has_no_vote(house: House) -> None:
    faceless = replace(MEMBER, speaks_as=GROUP)
    with pytest.raises(Anonymous):
        await house.do.digests.vote(PROJECT, faceless, is_good=False)


async def test_with_nobody_to_tell_the_day_stays_untold(house: House) -> None:
    await meet(house, 1, "Ann", has_direct_chat=False)
    await keep(house, an_atom(1, AtomType.DECISION, house))
    next_morning(house)
    assert not await house.do.digests.send_due(PROJECT)
    await meet(house, 1, "Ann")
    assert await house.do.digests.send_due(PROJECT)
    assert PersonId(1) == DIRECT.reader_id
