"""Capturing in the chat: acknowledged by 👀, no word in the group; leaving out; edits."""

from typing import Any

import pytest

from core.domain.ids import ChatId, MessageId, MessageKey
from core.domain.knowledge import AtomDraft
from core.domain.person import Binding, Chat, ChatKind, ReviewPlace
from core.domain.proposal import Proposal, ProposalStatus, Reason, Source
from core.domain.showing.view import Notice, ProposalCard
from core.domain.task import Category, TaskDraft
from tests.bot.hear.conftest import ANN, GROUP, MAX, MOBILE, OLYA, US, Room, direct
from tests.builders import PROJECT

SEEN = "👀"


async def proposals(room: Room) -> list[Proposal]:
    async with room.transactions.reading() as tx:
        return await tx.proposals.list_pending(PROJECT)


async def react(room: Room, message: dict[str, Any], emoji: str, by: dict[str, Any] | None = MAX) -> None:
    who: dict[str, Any] = {"actor_chat": MOBILE} if by is None else {"user": by}
    reaction = {"chat": MOBILE, "message_id": message["message_id"], "date": 1, **who}
    new = [{"type": "emoji", "emoji": emoji}]
    await room.hear(room.update(message_reaction={**reaction, "old_reaction": [], "new_reaction": new}))


@pytest.mark.parametrize(
    ("command", "source", "category"),
    [
        ("add", Source.MESSAGE, Category.CHORE),
        ("bug", Source.BUG, Category.BUG),
        ("idea", Source.IDEA, Category.FEATURE),
    ],
)
async def test_a_reply_captures_the_message(
    room: Room, command: str, source: Source, category: Category
) -> None:
    said = await room.say("Login is dead on my iPhone again")
    await room.say(f"/{command}", by=MAX, reply_to_message=said)
    [made] = await proposals(room)
    assert isinstance(made.content, TaskDraft)
    assert (made.source, made.content.category, made.title) == (
        source,
        category,
        "Login is dead on my iPhone again",
    )
    assert made.evidence.keys == {MessageKey(GROUP, MessageId(said["message_id"]))}
    assert room.messenger.reactions == [(GROUP, said["message_id"], SEEN)]


async def test_a_decision_becomes_a_note(room: Room) -> None:
    await room.say("/decision We ship on Thursday", by=MAX)
    [made] = await proposals(room)
    assert isinstance(made.content, AtomDraft)
    assert (made.content.type, made.title) == ("decision", "We ship on Thursday")


async def test_the_group_sees_no_word_and_the_reviewer_the_card(room: Room) -> None:
    await room.say("/bug login fails on iOS", by=MAX)
    spots = await room.spots()
    assert [(spot.chat_id, type(spot.view)) for spot in spots] == [(1, ProposalCard)]


async def test_with_text_the_commands_own_words_are_the_evidence(room: Room) -> None:
    said = await room.say("/bug login fails on iOS", by=MAX)
    [made] = await proposals(room)
    [quote] = made.evidence.quotes
    assert (quote.key.message_id, quote.text, quote.author) == (
        said["message_id"],
        "login fails on iOS",
        "Max",
    )
    assert room.messenger.reactions == [(GROUP, said["message_id"], SEEN)]


async def test_text_with_a_reply_is_the_title_and_the_message_the_evidence(room: Room) -> None:
    said = await room.say("same here, nothing happens at all")
    await room.say("/bug Login does nothing on iOS 17", by=MAX, reply_to_message=said)
    [made] = await proposals(room)
    assert made.title == "Login does nothing on iOS 17"
    assert [quote.text for quote in made.evidence.quotes] == ["same here, nothing happens at all"]


async def test_a_message_from_before_it_read_is_captured_too(room: Room) -> None:
    old = room.message("We lost the signing key last week")
    await room.say("/add", by=MAX, reply_to_message=old)
    [made] = await proposals(room)
    assert made.title == "We lost the signing key last week"
    assert await room.stored(GROUP, old["message_id"]) is not None


async def test_nothing_to_capture_is_asked_for(room: Room) -> None:
    await room.say("/bug", by=MAX)
    assert await room.notices() == [Notice("capture-needs-text", {"command": "bug"})]


async def test_a_reply_to_the_bot_captures_nothing_of_the_bots(room: Room) -> None:
    card = room.message("a card", by=US)
    await room.say("/bug", by=MAX, reply_to_message=card)
    assert [notice.key for notice in await room.notices()] == ["capture-needs-text"]


async def test_captured_twice_is_one_proposal(room: Room) -> None:
    said = await room.say("Login is dead on my iPhone again")
    for by in (MAX, ANN):
        await room.say("/bug", by=by, reply_to_message=said)
    assert len(await proposals(room)) == 1
    assert len(room.messenger.reactions) == 2


async def test_in_direct_chat_it_is_captured_for_the_persons_project(room: Room) -> None:
    await room.say("hello all", by=OLYA)
    await room.say("/bug login fails on iOS", by=OLYA, chat=direct(OLYA))
    [made] = await proposals(room)
    assert made.title == "login fails on iOS"
    assert await room.stored(7, 502) is None


async def test_it_goes_to_the_review_room(room: Room) -> None:
    async with room.transactions() as tx:
        project = await tx.projects.get(PROJECT)
        await tx.projects.save(project.configured(place=ReviewPlace.ROOM))
        await tx.chats.put(Chat(ChatId(-9), ChatKind.GROUP, "Room").reading())
        await tx.chats.bind(Binding(ChatId(-9), PROJECT, is_source=False, is_review=True))
    await room.say("/bug login fails on iOS", by=MAX)
    assert [spot.chat_id for spot in await room.spots(ProposalCard)] == [-9]


async def test_a_writing_hand_captures(room: Room) -> None:
    said = await room.say("Login is dead on my iPhone again")
    await react(room, said, "✍️")
    [made] = await proposals(room)
    assert made.source is Source.MESSAGE
    assert room.messenger.reactions == [(GROUP, said["message_id"], SEEN)]


async def test_other_reactions_do_nothing(room: Room) -> None:
    said = await room.say("Login is dead on my iPhone again")
    await react(room, said, "👍")
    await react(room, {"message_id": 9999}, "🙈")
    assert await proposals(room) == []
    assert await room.spots() == []
    assert await room.waiting() == []


async def test_a_message_never_seen_is_shrugged_at_and_the_way_is_told_once(room: Room) -> None:
    for number in (9998, 9999):
        await react(room, {"message_id": number}, "✍")
    assert room.messenger.reactions == [(GROUP, number, "🤷") for number in (9998, 9999)]
    [hint] = await room.spots()
    assert (hint.view, hint.chat_id, hint.reply_to) == (Notice("unseen", {"chat": "Mobile"}), GROUP, 9998)
    await react(room, {"message_id": 9999}, "✍", by=ANN)
    assert [spot.chat_id for spot in await room.spots()] == [GROUP, ANN["id"]]


async def test_a_card_of_the_bots_own_is_not_captured_and_nothing_is_said(room: Room) -> None:
    await room.say("/help")
    await room.deliver()
    [card] = await room.spots()
    await react(room, {"message_id": card.message_id}, "✍")
    assert (room.messenger.reactions, len(await room.spots())) == ([], 1)


async def test_an_anonymous_reaction_captures_too(room: Room) -> None:
    said = await room.say("Login is dead on my iPhone again")
    await react(room, said, "✍", by=None)
    assert len(await proposals(room)) == 1


@pytest.mark.parametrize("how", ["/ignore", "🙈"])
async def test_a_message_left_out_is_no_evidence_any_more(room: Room, how: str) -> None:
    said = await room.say("Login is dead on my iPhone again")
    await room.say("/bug", by=MAX, reply_to_message=said)
    if how == "/ignore":
        await room.say("/ignore", by=OLYA, reply_to_message=said)
        assert await room.notices() == [Notice("ignored")]
    else:
        await react(room, said, how)
    kept = await room.stored(GROUP, said["message_id"])
    assert kept is not None
    assert kept.is_excluded
    assert await proposals(room) == []


async def test_an_edit_that_takes_the_quote_away_withdraws_the_proposal(room: Room) -> None:
    said = await room.say("Login is dead on my iPhone again")
    await room.say("/bug", by=MAX, reply_to_message=said)
    [made] = await proposals(room)
    edited = {**said, "edit_date": said["date"] + 60, "text": "never mind"}
    await room.hear(room.update(edited_message=edited))
    kept = await room.stored(GROUP, said["message_id"])
    assert kept is not None
    assert (kept.text, kept.edited_at is not None) == ("never mind", True)
    async with room.transactions.reading() as tx:
        gone = await tx.proposals.get(made.id)
    assert gone.status is ProposalStatus.EXPIRED
    assert gone.review is not None
    assert gone.review.reason is Reason.NO_EVIDENCE_LEFT


async def test_an_edit_that_keeps_the_quote_changes_nothing_else(room: Room) -> None:
    said = await room.say("Login is dead on my iPhone again")
    await room.say("/bug", by=MAX, reply_to_message=said)
    [made] = await proposals(room)
    edited = {**said, "edit_date": said["date"] + 60, "text": "Login is dead on my iPhone again, on 17.1"}
    await room.hear(room.update(edited_message=edited))
    assert (await proposals(room))[0].content_version == made.content_version


async def test_one_quote_gone_leaves_the_others_and_the_text_is_new(room: Room) -> None:
    first = await room.say("Login is dead on my iPhone again")
    second = await room.say("mine too since the update", reply_to_message=first)
    await room.say("/bug", by=MAX, reply_to_message=second)
    [made] = await proposals(room)
    assert len(made.evidence.quotes) == 2
    await room.say("/ignore", by=OLYA, reply_to_message=first)
    [left] = await proposals(room)
    assert [quote.key.message_id for quote in left.evidence.quotes] == [second["message_id"]]
    assert left.content_version == made.content_version + 1
