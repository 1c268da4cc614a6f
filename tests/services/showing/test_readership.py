"""Rule 12: a word is shown only where it was said, or to someone who may read it there."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from core.domain.evidence import Evidence
from core.domain.ids import ChatId, Kind, PersonId, Ref
from core.domain.knowledge import Atom, AtomType, Link, LinkType
from core.domain.person import Binding, Chat, ChatKind, ChatState, Installation, Role
from core.domain.showing.shown import ShownProposal, ShownTask, Withheld
from core.domain.showing.shown_lists import ShownPending, ShownTasks
from core.domain.showing.spot import Place, Spot
from core.domain.showing.view import PendingList, ProposalCard, SessionCard, TaskCard, TaskList
from core.domain.similarity import Similar, SimilarType
from core.domain.task import Contribution, Gain, Task
from core.errors import TelegramAway
from tests.builders import GROUP, PROJECT, START, a_message, a_note_draft, a_proposal, a_quote, a_task_draft
from tests.house import ANN, DIRECT
from tests.services.showing.conftest import Screen

OTHER = ChatId(-1002)
HERE = Place(GROUP)
WORDS = "the secret of the other chat"
OLYA = PersonId(7)


def said_in(*chats: ChatId) -> Evidence:
    return Evidence(tuple(a_quote(a_message(number, chat_id=chat)) for number, chat in enumerate(chats, 1)))


async def chat(screen: Screen, **more: Any) -> None:
    async with screen.house.transactions() as tx:
        plain = Chat(OTHER, ChatKind.SUPERGROUP, "Other", state=ChatState.READING)
        await tx.chats.put(replace(plain, **more))


async def show(screen: Screen, evidence: Evidence, place: Place) -> type:
    """What kind of card one proposal with this evidence gets at a place."""
    proposal = a_proposal(evidence=evidence)
    async with screen.house.transactions() as tx:
        await tx.proposals.add(proposal)
    spot = await screen.show(ProposalCard(proposal.id), place)
    await screen.deliver()
    assert (await screen.spot(spot)).message_id is not None
    return type(screen.painter.painted[-1])


@pytest.mark.parametrize(
    ("chats", "open_to", "shown"),
    [
        ((GROUP,), frozenset[ChatId](), ShownProposal),
        ((OTHER,), frozenset[ChatId](), Withheld),
        ((GROUP, OTHER), frozenset[ChatId](), Withheld),
        ((OTHER,), frozenset({GROUP}), ShownProposal),
        ((GROUP, OTHER), frozenset({GROUP}), ShownProposal),
        ((OTHER,), frozenset({ChatId(-9)}), Withheld),
        ((), frozenset[ChatId](), ShownProposal),
    ],
)
async def test_a_group_sees_its_own_words_and_those_opened_to_it(
    screen: Screen, chats: tuple[ChatId, ...], open_to: frozenset[ChatId], shown: type
) -> None:
    await chat(screen, open_to=open_to)
    assert await show(screen, said_in(*chats), HERE) is shown


@pytest.mark.parametrize(("is_member", "shown"), [(True, ShownProposal), (False, Withheld)])
async def test_a_reader_sees_what_was_said_where_they_are_a_member_now(
    screen: Screen, shown: type, *, is_member: bool
) -> None:
    await chat(screen)
    if is_member:
        screen.house.facts.members.add((OTHER, ANN))
    assert await show(screen, said_in(GROUP, OTHER), DIRECT) is shown


async def test_membership_is_asked_once_in_five_minutes_and_then_again(screen: Screen) -> None:
    facts = screen.house.facts
    assert await show(screen, said_in(GROUP), DIRECT) is ShownProposal
    asked = facts.calls
    spot = await screen.show(PendingList(PROJECT))
    await screen.deliver()
    assert facts.calls == asked
    facts.members.clear()
    screen.house.clock.move(minutes=5, seconds=1)
    await touched(screen, spot)
    assert facts.calls > asked
    assert isinstance(screen.painter.painted[-1], ShownPending)
    assert screen.painter.painted[-1].withheld == 1


async def touched(screen: Screen, spot: Spot) -> None:
    async with screen.house.transactions() as tx:
        await screen.do.placing.turn(tx, await tx.spots.get(spot.id), PendingList(PROJECT, page=1))
    await screen.deliver()


async def test_while_telegram_cannot_say_who_is_a_member_nothing_is_shown(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(chat_id: ChatId, person_id: PersonId) -> bool:
        raise TelegramAway(f"{chat_id} {person_id}")

    screen.house.clock.move(minutes=6)
    proposal = a_proposal()
    async with screen.house.transactions() as tx:
        await tx.proposals.add(proposal)
    with monkeypatch.context() as patched:
        patched.setattr(screen.house.facts, "is_member", away)
        spot = await screen.show(ProposalCard(proposal.id))
        await screen.deliver()
        waiting = await screen.spot(spot)
    assert screen.messenger.calls == 0
    assert waiting.not_before == screen.house.clock.now() + timedelta(seconds=2)
    screen.house.clock.move(seconds=2)
    await screen.deliver()
    assert isinstance(screen.painter.painted[-1], ShownProposal)


@pytest.mark.parametrize(("owner", "shown"), [(ANN, ShownProposal), (OLYA, Withheld)])
async def test_a_chat_that_was_only_imported_is_its_owners_alone(
    screen: Screen, owner: PersonId, shown: type
) -> None:
    await chat(screen, is_imported=True, state=ChatState.WAITING)
    screen.house.facts.members.add((OTHER, ANN))
    async with screen.house.transactions() as tx:
        await tx.installations.put(Installation(1, owner_id=owner))
    assert await show(screen, said_in(OTHER), DIRECT) is shown


async def test_words_of_a_group_follow_it_when_it_becomes_a_supergroup(screen: Screen) -> None:
    async with screen.house.transactions() as tx:
        await tx.chats.migrate(GROUP, OTHER)
    screen.house.facts.members.add((OTHER, ANN))
    assert await show(screen, said_in(GROUP), Place(OTHER)) is ShownProposal
    async with screen.house.transactions() as tx:
        await tx.proposals.add(a_proposal(2, evidence=said_in(GROUP)))
    spot = await screen.show(ProposalCard(a_proposal(2).id))
    await screen.deliver()
    assert (await screen.spot(spot)).message_id is not None
    assert isinstance(screen.painter.painted[-1], ShownProposal)


@pytest.mark.parametrize(
    ("reader", "role", "shown"),
    [
        (ANN, Role.REVIEWER, ShownProposal),
        (PersonId(5), Role.MEMBER, Withheld),
        (OLYA, Role.MEMBER, ShownProposal),
    ],
)
async def test_what_somebody_handed_the_bot_is_for_them_and_the_reviewers(
    screen: Screen, reader: PersonId, role: Role, shown: type
) -> None:
    async with screen.house.transactions() as tx:
        await tx.people.set_role(PROJECT, reader, role)
    place = Place(ChatId(reader), reader_id=reader)
    assert await show(screen, said_in(ChatId(OLYA)), place) is shown


async def test_what_somebody_handed_the_bot_is_not_for_the_group_but_for_the_review_room(
    screen: Screen,
) -> None:
    assert await show(screen, said_in(ChatId(OLYA)), HERE) is Withheld
    async with screen.house.transactions() as tx:
        await tx.chats.bind(Binding(GROUP, PROJECT, is_review=True))
    spot = await screen.show(ProposalCard(a_proposal().id), HERE)
    await screen.deliver()
    assert (await screen.spot(spot)).message_id is not None
    assert isinstance(screen.painter.painted[-1], ShownProposal)


async def test_a_withheld_card_says_none_of_its_words(screen: Screen) -> None:
    await chat(screen)
    proposal = a_proposal(content=a_task_draft(title=WORDS), evidence=said_in(OTHER))
    async with screen.house.transactions() as tx:
        await tx.proposals.add(proposal)
    await screen.show(ProposalCard(proposal.id), HERE)
    await screen.deliver()
    assert WORDS not in screen.standing(GROUP)[-1].card.html


async def test_a_contribution_from_a_chat_not_readable_here_is_left_out(screen: Screen) -> None:
    await chat(screen)
    task = Task(UUID(int=70), PROJECT, 1, a_task_draft(), START, evidence=said_in(GROUP))
    given = Contribution(
        UUID(int=71), UUID(int=72), Ref(Kind.TASK, task.id), Gain(WORDS), said_in(OTHER), START
    )
    async with screen.house.transactions() as tx:
        await tx.proposals.add(a_proposal(5, id=UUID(int=72)))
        await tx.tasks.add(task)
        await tx.tasks.contribute(given)
    await screen.show(TaskCard(task.id), HERE)
    await screen.deliver()
    shown = screen.painter.painted[-1]
    assert isinstance(shown, ShownTask)
    assert shown.task.contributions == ()
    assert WORDS not in screen.standing(GROUP)[-1].card.html


async def test_a_similar_item_from_a_chat_not_readable_here_is_not_named(screen: Screen) -> None:
    await chat(screen)
    task = Task(UUID(int=70), PROJECT, 1, a_task_draft(title=WORDS), START, evidence=said_in(OTHER))
    similar = Similar(Ref(Kind.TASK, task.id), "T-1", WORDS, 0.9, SimilarType.SEMANTIC)
    async with screen.house.transactions() as tx:
        await tx.tasks.add(task)
        await tx.proposals.add(a_proposal(similar=similar))
    await screen.show(ProposalCard(a_proposal().id), HERE)
    await screen.deliver()
    assert WORDS not in screen.standing(GROUP)[-1].card.html
    assert isinstance(screen.painter.painted[-1], ShownProposal)


async def test_a_decision_it_replaces_is_not_named_where_it_may_not_be_read(screen: Screen) -> None:
    await chat(screen)
    old = Atom(
        UUID(int=80), PROJECT, 1, AtomType.DECISION, WORDS, WORDS, 0.9, START, START,
        evidence=said_in(OTHER),
    )  # fmt: skip
    links = (Link(LinkType.CONTRADICTS, Ref(Kind.ATOM, old.id)),)
    draft = a_note_draft(type=AtomType.DECISION, links=links, replaces=WORDS)
    async with screen.house.transactions() as tx:
        await tx.knowledge.add_atom(old)
        await tx.proposals.add(a_proposal(content=draft))
    await screen.show(ProposalCard(a_proposal().id), HERE)
    await screen.deliver()
    assert WORDS not in screen.standing(GROUP)[-1].card.html


async def test_lists_leave_out_what_may_not_be_read_here(screen: Screen) -> None:
    await chat(screen)
    async with screen.house.transactions() as tx:
        for number, where in enumerate((GROUP, OTHER), start=1):
            draft = a_task_draft(title=WORDS if where == OTHER else "ours")
            await tx.proposals.add(a_proposal(number, content=draft, evidence=said_in(where)))
            task = Task(UUID(int=70 + number), PROJECT, number, draft, START, evidence=said_in(where))
            await tx.tasks.add(task)
    for view in (PendingList(PROJECT), TaskList(PROJECT), SessionCard(PROJECT, at=a_proposal(2).id)):
        await screen.show(view, HERE)
    await screen.deliver()
    pending, tasks = screen.painter.painted[:2]
    assert isinstance(pending, ShownPending)
    assert (pending.total, pending.withheld) == (1, 1)
    assert isinstance(tasks, ShownTasks)
    assert tasks.total == 1
    assert all(WORDS not in sent.card.html for sent in screen.standing(GROUP))
    assert len(screen.standing(GROUP)) == 3
