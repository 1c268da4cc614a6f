"""Joining: who may bring the bot, the notice, three taps, and what is stored before and after."""

from datetime import timedelta
from typing import Any

import pytest

from bot.view.payload import Verb
from core.domain.ids import ChatId, PersonId, ThreadId
from core.domain.person import Chat, ChatState, Installation, Project, ReviewPlace, Role
from core.domain.showing.spot import Place, Spot
from core.domain.showing.view import Notice
from core.domain.showing.view_setup import SetupCard, SetupStep
from core.services.chats.founding import Part
from core.services.chats.joining import NEW_PROJECT, token_for
from tests.bot.hear.conftest import (
    ANN,
    BOT_ID,
    GROUP,
    MAX,
    MOBILE,
    OLYA,
    STRANGER,
    US,
    Room,
    an_administrator,
    direct,
)
from tests.builders import PROJECT

TEAM: dict[str, Any] = {"id": -10077, "type": "supergroup", "title": "Backend"}
FORUM: dict[str, Any] = {**TEAM, "is_forum": True}


def status(name: str, **more: Any) -> dict[str, Any]:
    rights = dict.fromkeys(
        [
            "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages",
            "can_manage_video_chats", "can_restrict_members", "can_promote_members", "can_change_info",
            "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
        ],
        False,  # what every right is set to
    )  # fmt: skip
    extra = rights if name == "administrator" else {"until_date": 0} if name == "kicked" else {}
    return {"status": name, "user": US, **extra, **more}


async def add_bot(
    room: Room,
    *,
    by: dict[str, Any] = ANN,
    chat: dict[str, Any] = TEAM,
    new: str = "administrator",
    old: str = "left",
) -> None:
    room.facts.administrators_by_chat[ChatId(chat["id"])] = [an_administrator(1, "Ann")]
    change = {
        "chat": chat,
        "from": by,
        "date": 1,
        "old_chat_member": status(old),
        "new_chat_member": status(new),
    }
    await room.hear(room.update(my_chat_member=change))


async def chat_of(room: Room, chat_id: int = TEAM["id"]) -> Chat | None:
    async with room.transactions.reading() as tx:
        return await tx.chats.find(ChatId(chat_id))


async def project_of(room: Room, chat_id: int = TEAM["id"]) -> Project:
    return await room.do.projects.current(ChatId(chat_id), None, None)


async def card(room: Room) -> Spot:
    return await room.last(SetupCard)


def step_of(spot: Spot) -> SetupStep:
    assert isinstance(spot.view, SetupCard)
    return spot.view.step


async def start_reading(room: Room) -> None:
    await room.tap(await card(room), Verb.START_READING)


async def test_a_group_is_welcomed_with_the_notice_and_nothing_said_is_stored(room: Room) -> None:
    await add_bot(room)
    said = await room.say("the release is on Thursday", chat=TEAM)
    await room.say("/status", chat=TEAM)
    assert step_of(await card(room)) is SetupStep.CONSENT
    assert await room.stored(TEAM["id"], said["message_id"]) is None
    chat = await chat_of(room)
    assert chat is not None
    assert (chat.state, chat.added_by, chat.bot_is_administrator) == (ChatState.WAITING, PersonId(1), True)


@pytest.mark.parametrize("by", [STRANGER, OLYA])
async def test_a_group_of_somebody_else_hears_one_sentence_and_is_left(
    room: Room, by: dict[str, Any]
) -> None:
    await add_bot(room, by=by)
    assert [sent.chat_id for sent in room.messenger.messages.values()] == [TEAM["id"]]
    assert "not invited" in next(iter(room.messenger.messages.values())).card.html
    assert room.messenger.left == [TEAM["id"]]
    assert await chat_of(room) is None
    assert await room.waiting() == []


async def test_those_the_owner_invited_may_bring_it(room: Room) -> None:
    await room.say("/setup invite @olya", by=ANN, chat=direct(ANN))
    assert await room.notices() == [Notice("invited", {"name": "Olya"})]
    await add_bot(room, by=OLYA)
    assert room.messenger.left == []


async def test_only_the_owner_invites(room: Room) -> None:
    await room.say("/setup invite @olya", by=MAX, chat=MOBILE)
    assert [notice.key for notice in await room.notices()] == ["refused"]
    await add_bot(room, by=OLYA)
    assert room.messenger.left == [TEAM["id"]]


async def test_the_three_taps_make_a_project_that_reads(room: Room) -> None:
    await add_bot(room)
    await start_reading(room)
    assert step_of(await card(room)) is SetupStep.PROJECT, "Ann has another project, so which one is asked"
    await room.tap(await card(room), Verb.NEW_PROJECT)
    await room.tap(await card(room), Verb.TIMEZONE, "Europe/Kyiv")
    await room.tap(await card(room), Verb.DONE)
    assert await room.tap(await card(room), Verb.PLACE, "here") == "Saved"
    assert step_of(await card(room)) is SetupStep.DONE
    project = await project_of(room)
    assert (project.name, project.timezone, project.place) == ("Backend", "Europe/Kyiv", ReviewPlace.HERE)
    async with room.transactions.reading() as tx:
        assert await tx.people.roles_of(project.id) == {PersonId(1): Role.OWNER}
        assert len(await tx.schedules.list_of(project.id)) == 5
    said = await room.say("the release is on Thursday", chat=TEAM)
    assert await room.stored(TEAM["id"], said["message_id"]) is not None


async def test_the_first_group_gets_a_project_of_its_own_unasked(bare_room: Room) -> None:
    await add_bot(bare_room)
    await start_reading(bare_room)
    assert step_of(await card(bare_room)) is SetupStep.TIMEZONE
    assert (await project_of(bare_room)).name == "Backend"


async def test_only_an_administrator_starts_reading(room: Room) -> None:
    await add_bot(room)
    told = await room.tap(await card(room), Verb.START_READING, by=OLYA)
    assert told == "Only an administrator of this chat may do this. Ask one."
    chat = await chat_of(room)
    assert chat is not None
    assert chat.state is ChatState.WAITING


async def test_anybody_may_be_left_out_before_anything_is_read(room: Room) -> None:
    await add_bot(room)
    told = await room.tap(await card(room), Verb.LEAVE_ME_OUT, by=OLYA)
    assert told.startswith("You are left out")
    await start_reading(room)
    await room.tap(await card(room), Verb.NEW_PROJECT)
    said = await room.say("my words are mine", by=OLYA, chat=TEAM)
    others = await room.say("mine may be read", by=MAX, chat=TEAM)
    assert await room.stored(TEAM["id"], said["message_id"]) is None
    assert await room.stored(TEAM["id"], others["message_id"]) is not None
    assert (await room.tap(await card(room), Verb.LEAVE_ME_OUT, by=OLYA)).startswith(
        "I read what you write"
    )


async def test_reviewers_are_toggled_with_administrators_ticked_first(room: Room) -> None:
    await add_bot(room)
    room.facts.administrators_by_chat[ChatId(TEAM["id"])] = [
        an_administrator(1, "Ann"),
        an_administrator(7, "Olya"),
    ]
    await start_reading(room)
    await room.tap(await card(room), Verb.NEW_PROJECT)
    await room.tap(await card(room), Verb.TIMEZONE)
    assert await room.tap(await card(room), Verb.REVIEWER, "7") == "Olya no longer decides"
    project = await project_of(room)
    assert project.has_named_reviewers
    async with room.transactions.reading() as tx:
        roles = await tx.people.roles_of(project.id)
    assert roles == {PersonId(1): Role.OWNER, PersonId(7): Role.MEMBER}
    assert await room.tap(await card(room), Verb.REVIEWER, "7") == "Olya decides now"


async def test_the_links_word_makes_the_group_part_of_a_project(room: Room) -> None:
    await add_bot(room)
    await room.say(f"/start@Triagram_Bot {token_for(PROJECT, Part.SOURCE)}", by=ANN, chat=TEAM)
    assert (await project_of(room)).id == PROJECT
    await start_reading(room)
    assert step_of(await card(room)) is SetupStep.DONE, "the project was set up in its first group"


async def test_the_links_word_makes_the_group_a_review_room(room: Room) -> None:
    await add_bot(room)
    await room.say(f"/start@{'triagram_bot'} {token_for(PROJECT, Part.ROOM)}", by=ANN, chat=TEAM)
    await start_reading(room)
    assert step_of(await card(room)) is SetupStep.DONE
    assert (await project_of(room)).place is ReviewPlace.ROOM
    said = await room.say("talk among those who decide", chat=TEAM)
    assert await room.stored(TEAM["id"], said["message_id"]) is None, "a review room is no source"


async def test_the_links_word_asks_for_a_project_of_its_own(room: Room) -> None:
    await add_bot(room)
    await room.say(f"/start {NEW_PROJECT}", by=ANN, chat=TEAM)
    assert (await project_of(room)).name == "Backend"


@pytest.mark.parametrize("word", ["p", "x123", "pnonsense", token_for(PROJECT, Part.SOURCE)[:-3]])
async def test_a_strange_word_binds_nothing(room: Room, word: str) -> None:
    await add_bot(room)
    await room.say(f"/start {word}", by=ANN, chat=TEAM)
    async with room.transactions.reading() as tx:
        assert await tx.chats.bindings_of_chat(ChatId(TEAM["id"])) == []


async def test_a_strangers_word_binds_nothing(room: Room) -> None:
    await add_bot(room)
    await room.say(f"/start {token_for(PROJECT, Part.SOURCE)}", by=MAX, chat=TEAM)
    async with room.transactions.reading() as tx:
        assert await tx.chats.bindings_of_chat(ChatId(TEAM["id"])) == []


async def test_a_lost_word_is_asked_for_and_the_group_joins(room: Room) -> None:
    await add_bot(room)
    await start_reading(room)
    await room.tap(await card(room), Verb.JOIN_PROJECT, "0")
    assert (await project_of(room)).id == PROJECT


async def test_a_missing_review_room_is_asked_for_with_a_link(room: Room) -> None:
    await add_bot(room)
    await room.say(f"/start {NEW_PROJECT}", by=ANN, chat=TEAM)
    await start_reading(room)
    for verb in (Verb.TIMEZONE, Verb.DONE):
        await room.tap(await card(room), verb)
    await room.tap(await card(room), Verb.PLACE, "room")
    notice = (await room.notices())[-1]
    token = token_for((await project_of(room)).id, Part.ROOM)
    assert notice.args["link"] == f"https://t.me/triagram_bot?startgroup={token}&admin=manage_chat"


@pytest.mark.parametrize(
    ("choice", "expected"),
    [("all", [True, True, True]), ("said", [False, False, False]), ("rest", [True, True, False])],
)
async def test_a_forum_is_asked_which_topics_are_read(
    room: Room, choice: str, expected: list[bool]
) -> None:
    await add_bot(room, chat=FORUM)
    await room.say(f"/start {NEW_PROJECT}", by=ANN, chat=FORUM)
    await room.say("/setup", by=ANN, chat=FORUM, message_thread_id=9, is_topic_message=True)
    await start_reading(room)
    for verb in (Verb.TIMEZONE, Verb.DONE):
        await room.tap(await card(room), verb)
    await room.tap(await card(room), Verb.PLACE, "direct")
    await room.tap(await card(room), Verb.THREADS, choice)
    said = [
        await room.say("words", chat=FORUM),
        await room.say("words", chat=FORUM, message_thread_id=5, is_topic_message=True),
        await room.say("words", chat=FORUM, message_thread_id=9, is_topic_message=True),
    ]
    kept = [await room.stored(FORUM["id"], one["message_id"]) is not None for one in said]
    assert kept == expected, "in general, in a topic, in the topic of the card"


async def test_a_topic_is_read_where_somebody_says_so(room: Room) -> None:
    async with room.transactions() as tx:
        chat = await tx.chats.get(GROUP)
        await tx.chats.put(
            Chat(GROUP, chat.kind, chat.title, is_forum=True, reads_all_threads=False, state=chat.state)
        )
    forum = {**MOBILE, "is_forum": True}
    await room.say("/read here", by=ANN, chat=forum, message_thread_id=5, is_topic_message=True)
    inside = await room.say("words", chat=forum, message_thread_id=5, is_topic_message=True)
    outside = await room.say("words", chat=forum, message_thread_id=6, is_topic_message=True)
    kept = await room.stored(GROUP, inside["message_id"])
    assert kept is not None
    assert kept.thread_id == ThreadId(5)
    assert await room.stored(GROUP, outside["message_id"]) is None
    await room.say("/read off", by=ANN, chat=forum, message_thread_id=5, is_topic_message=True)
    later = await room.say("words", chat=forum, message_thread_id=5, is_topic_message=True)
    assert await room.stored(GROUP, later["message_id"]) is None


async def test_removed_it_reads_no_more_and_nothing_is_sent_there(room: Room) -> None:
    await room.do.placing.tell(Place(GROUP), "ignored")
    await add_bot(room, chat=MOBILE, old="administrator", new="kicked")
    said = await room.say("gone")
    chat = await chat_of(room, GROUP)
    assert chat is not None
    assert (chat.state, chat.left_at) == (ChatState.GONE, room.clock.now())
    assert await room.stored(GROUP, said["message_id"]) is None
    await room.deliver()
    assert room.messenger.messages == {}


async def test_taken_back_in_time_it_asks_before_it_goes_on(room: Room) -> None:
    await add_bot(room, chat=MOBILE, old="administrator", new="left")
    await add_bot(room, chat=MOBILE)
    assert step_of(await card(room)) is SetupStep.RETURN
    said = await room.say("not yet")
    assert await room.stored(GROUP, said["message_id"]) is None
    await start_reading(room)
    assert (await project_of(room, GROUP)).id == PROJECT
    assert step_of(await card(room)) is SetupStep.DONE
    chat = await chat_of(room, GROUP)
    assert chat is not None
    assert (chat.state, chat.left_at) == (ChatState.READING, None)


async def test_taken_back_to_start_clean_it_keeps_nothing_of_before(room: Room) -> None:
    before = await room.say("said before")
    await add_bot(room, chat=MOBILE, old="administrator", new="left")
    await add_bot(room, chat=MOBILE)
    setup = await card(room)
    assert await room.tap(setup, Verb.START_CLEAN, by=OLYA) == (
        "Only an administrator of this chat may do this. Ask one."
    )
    assert await room.tap(setup, Verb.START_CLEAN) == "What was said here before is gone"
    assert await room.stored(GROUP, before["message_id"]) is None
    async with room.transactions.reading() as tx:
        assert await tx.chats.bindings_of_chat(GROUP) == []
    assert step_of(await card(room)) is SetupStep.CONSENT


async def test_taken_back_and_never_answered_its_words_still_grow_old(room: Room) -> None:
    before = await room.say("said before")
    await add_bot(room, chat=MOBILE, old="administrator", new="left")
    await add_bot(room, chat=MOBILE)
    async with room.transactions.reading() as tx:
        [late] = await tx.chats.list_gone(room.clock.now() + timedelta(days=8))
    await room.do.setting_up.purges.purge_chat(late)
    assert await room.stored(GROUP, before["message_id"]) is None
    assert "May I read along" in await painted(room, await card(room))


async def painted(room: Room, spot: Spot) -> str:
    await room.do.placing.repaint(spot.id)
    await room.deliver()
    return room.shown(await room.last(SetupCard)).card.html


async def test_made_administrator_later_it_knows(room: Room) -> None:
    await add_bot(room, chat=MOBILE, old="member", new="administrator")
    chat = await chat_of(room, GROUP)
    assert chat is not None
    assert chat.bot_is_administrator
    assert chat.state is ChatState.READING


async def test_a_group_that_became_a_supergroup_keeps_everything(room: Room) -> None:
    new: dict[str, Any] = {"id": -100999, "type": "supergroup", "title": "Mobile"}
    before = await room.say("said before the move")
    await room.hear(
        room.update(message=room.message(migrate_to_chat_id=new["id"])),
        room.update(message=room.message(chat=new, migrate_from_chat_id=GROUP)),
    )
    after = await room.say("said after the move", chat=new)
    assert (await project_of(room, new["id"])).id == PROJECT
    assert await room.stored(GROUP, before["message_id"]) is not None
    assert await room.stored(new["id"], after["message_id"]) is not None


async def test_a_new_title_is_known(room: Room) -> None:
    await room.hear(room.update(message=room.message(new_chat_title="Mobile and web")))
    chat = await chat_of(room, GROUP)
    assert chat is not None
    assert chat.title == "Mobile and web"


async def test_who_comes_and_goes_is_remembered(room: Room) -> None:
    for old, new, expected in (("left", "member", True), ("member", "left", False)):
        change = {
            "chat": MOBILE,
            "from": ANN,
            "date": 1,
            "old_chat_member": {"status": old, "user": MAX},
            "new_chat_member": {"status": new, "user": MAX},
        }
        await room.hear(room.update(chat_member=change))
        async with room.transactions.reading() as tx:
            known = await tx.people.membership(GROUP, PersonId(8))
        assert known is not None
        assert known[0] is expected


async def test_the_owners_link_works_once(room: Room) -> None:
    async with room.transactions() as tx:
        installation = await tx.installations.find()
        assert installation is not None
        await tx.installations.put(Installation(BOT_ID, revision=installation.revision))
    token = await room.do.people.new_claim()
    assert token is not None
    await room.say(f"/start {token}", by=STRANGER, chat=direct(STRANGER))
    await room.say(f"/start {token}", by=MAX, chat=direct(MAX))
    assert [notice.key for notice in await room.notices()] == ["owner-claimed", "owner-claim-taken"]
    async with room.transactions.reading() as tx:
        owned = await tx.installations.find()
    assert owned is not None
    assert (owned.owner_id, owned.claims) == (PersonId(99), ())
    assert await room.do.people.new_claim() is None


async def test_a_guessed_link_is_refused(room: Room) -> None:
    await room.say("/start whatever", by=STRANGER, chat=direct(STRANGER))
    assert [notice.key for notice in await room.notices()] == ["owner-claim-taken"]


@pytest.mark.parametrize("text", ["hello", "/start", "/tasks", "/bug it is broken"])
async def test_a_stranger_hears_one_sentence_and_leaves_no_trace(room: Room, text: str) -> None:
    await room.say(text, by=STRANGER, chat=direct(STRANGER))
    assert [notice.key for notice in await room.notices()] == ["stranger-refused"]
    async with room.transactions.reading() as tx:
        assert await tx.people.find(PersonId(99)) is None


async def test_an_unopened_group_is_passed_by(room: Room) -> None:
    other = {"id": -5, "type": "group", "title": "Elsewhere"}
    await room.say("hello", chat=other, by=STRANGER)
    await room.say("/tasks", chat=other, by=STRANGER)
    assert await room.spots() == []
    assert await chat_of(room, -5) is None


async def test_somebody_who_blocks_the_bot_is_written_to_no_more(room: Room) -> None:
    await add_bot(room, by=ANN, chat=direct(ANN), old="member", new="kicked")
    async with room.transactions.reading() as tx:
        ann = await tx.people.find(PersonId(1))
    assert ann is not None
    assert not ann.has_direct_chat
    await room.say("/start", by=ANN, chat=direct(ANN))
    async with room.transactions.reading() as tx:
        ann = await tx.people.find(PersonId(1))
    assert ann is not None
    assert ann.has_direct_chat


async def test_administrators_who_never_spoke_stand_among_the_reviewers(room: Room) -> None:
    await add_bot(room)
    room.facts.administrators_by_chat[ChatId(TEAM["id"])] = [
        an_administrator(1, "Ann"),
        an_administrator(77, "Quiet"),
    ]
    await start_reading(room)
    await room.tap(await card(room), Verb.NEW_PROJECT)
    await room.tap(await card(room), Verb.TIMEZONE)
    assert await room.tap(await card(room), Verb.REVIEWER, "77") == "Quiet no longer decides"


async def test_a_group_added_while_it_was_off_is_set_up_by_command(room: Room) -> None:
    await room.say("/setup", by=ANN, chat=TEAM)
    assert step_of(await card(room)) is SetupStep.CONSENT
    await room.say("/setup", by=STRANGER, chat={**TEAM, "id": -10078})
    assert await chat_of(room, -10078) is None
