"""Sending, editing, answering and reacting against the sandbox: each failure has its named answer."""

import asyncio
import json

import pytest

from bot.sandbox.driver import Call
from bot.speak.connection import open_bot
from bot.speak.messenger import PtbMessenger
from bot.speak.pacing import CHAT_BURST
from core.domain.ids import ChatId, MessageId, ThreadId
from core.errors import TelegramAway
from core.ports.chat import Button, Card, Fate, Outcome, Pointing
from tests.bot.speak.conftest import TOKEN, Room

CARD = Card("<b>Login</b> dead", ((Button("Approve", "ap:1"), Button("Open", url="https://t.me/x")),))
OTHER = Card("settled")
SILENT = {"disable_notification", "parse_mode", "link_preview_options"}


async def _send(room: Room, chat: ChatId, card: Card = CARD) -> Outcome:
    return await room.messenger.send(chat, card, thread_id=None, reply_to=None)


async def _shown(room: Room, chat: ChatId) -> MessageId:
    sent = await _send(room, chat)
    assert sent.message_id is not None
    # A test of what an edit means shall not wait for the chat's second.
    room.clock.now += 60
    await room.driver.limits(on=False)
    return sent.message_id


async def _last(room: Room, method: str) -> Call:
    return (await room.driver.calls(method))[-1]


async def test_a_card_is_sent_silently_as_html_without_previews(room: Room) -> None:
    outcome = await _send(room, room.group)
    assert outcome.fate is Fate.SENT
    shown = await room.driver.message(room.group, outcome.message_id or 0)
    assert shown.text == "Login dead"
    assert shown.is_silent
    assert [(b.text, b.data, b.url) for row in shown.buttons for b in row] == [
        ("Approve", "ap:1", None),
        ("Open", None, "https://t.me/x"),
    ]
    params = (await _last(room, "sendMessage")).params
    assert params.keys() >= SILENT
    assert "is_disabled" in str(params["link_preview_options"])
    assert "message_thread_id" not in params


async def test_a_forum_topic_is_named_and_general_never(room: Room) -> None:
    for thread, expected in ((ThreadId(room.topic), room.topic), (ThreadId(1), None)):
        room.clock.now += 60
        outcome = await room.messenger.send(room.forum, CARD, thread_id=thread, reply_to=None)
        assert outcome.fate is Fate.SENT
        sent = (await _last(room, "sendMessage")).params.get("message_thread_id")
        assert (None if sent is None else int(sent)) == expected


async def test_a_reply_to_a_message_that_is_gone_is_sent_without_it(room: Room) -> None:
    outcome = await room.messenger.send(room.group, CARD, thread_id=None, reply_to=MessageId(999_999))
    assert outcome.fate is Fate.SENT
    assert len(await room.driver.calls("sendMessage")) == 1


async def test_a_reply_that_telegram_refuses_all_the_same_is_sent_again_without_it(room: Room) -> None:
    await room.driver.fault(
        "400", method="sendMessage", description="Bad Request: message to be replied not found"
    )
    outcome = await room.messenger.send(room.group, CARD, thread_id=None, reply_to=MessageId(3))
    assert outcome.fate is Fate.SENT
    calls = await room.driver.calls("sendMessage")
    assert ["reply_parameters" in call.params for call in calls] == [True, False]


async def test_a_reply_that_is_refused_for_another_reason_is_not_sent_again(room: Room) -> None:
    outcome = await room.messenger.send(
        room.group, Card("<b>open"), thread_id=None, reply_to=MessageId(999_999)
    )
    assert outcome.fate is Fate.REFUSED
    assert len(await room.driver.calls("sendMessage")) == 1


async def test_a_send_before_its_turn_waits_and_is_not_made(room: Room) -> None:
    for _ in range(CHAT_BURST):
        await _send(room, room.group)
    outcome = await _send(room, room.group)
    assert outcome.fate is Fate.WAIT
    assert outcome.wait_seconds == pytest.approx(1.0)
    assert room.messenger.wait_seconds(room.group) == pytest.approx(1.0)
    assert len(await room.driver.calls("sendMessage")) == CHAT_BURST


async def test_sends_at_once_to_one_chat_take_turns(room: Room) -> None:
    outcomes = await asyncio.gather(*(_send(room, room.group) for _ in range(5)))
    assert sorted(one.fate for one in outcomes) == [Fate.SENT, *[Fate.WAIT] * 4]


async def test_a_429_is_not_sent_again_and_rests_its_chat(room: Room) -> None:
    await room.driver.fault("429", retry_after=7)
    outcome = await _send(room, room.group)
    assert (outcome.fate, outcome.wait_seconds) == (Fate.WAIT, 7.0)
    assert room.messenger.wait_seconds(room.group) == 7
    assert room.messenger.wait_seconds(room.forum) == 0
    assert len(await room.driver.calls("sendMessage")) == 1


@pytest.mark.parametrize(
    ("kind", "description", "fate"),
    [
        ("403", None, Fate.CHAT_GONE),
        ("400", "Bad Request: chat not found", Fate.CHAT_GONE),
        ("400", "Bad Request: can't parse entities: unclosed tag", Fate.REFUSED),
        ("502", None, Fate.MAYBE_SENT),
        ("drop", None, Fate.MAYBE_SENT),
        ("drop_after", None, Fate.MAYBE_SENT),
        ("hang", None, Fate.MAYBE_SENT),
    ],
)
async def test_a_failed_send_is_made_once_and_named(
    room: Room, kind: str, description: str | None, fate: Fate
) -> None:
    await room.driver.fault(kind, method="sendMessage", description=description, seconds=2.0)
    assert (await _send(room, room.group)).fate is fate
    assert len(await room.driver.calls("sendMessage")) == 1


async def test_html_that_does_not_parse_is_refused_with_telegrams_words(room: Room) -> None:
    outcome = await _send(room, room.group, Card("<b>open"))
    assert outcome.fate is Fate.REFUSED
    assert "parse entities" in outcome.detail


async def test_a_blocked_bot_a_chat_left_and_a_chat_unknown_are_gone(room: Room) -> None:
    await room.driver.block_bot(room.ann)
    await room.driver.remove_bot(room.group)
    for chat in (ChatId(room.ann.id), room.group, ChatId(-10012345)):
        assert (await _send(room, chat)).fate is Fate.CHAT_GONE


async def test_a_migrated_group_names_its_supergroup(room: Room) -> None:
    supergroup = await room.driver.migrate(room.group)
    outcome = await _send(room, room.group)
    assert (outcome.fate, outcome.migrated_to) == (Fate.MIGRATED, supergroup.id)


async def test_nobody_listening_is_not_sent(room: Room) -> None:
    async with open_bot(TOKEN, api_base="http://127.0.0.1:9") as bot:
        outcome = await PtbMessenger(bot).send(room.group, CARD, thread_id=None, reply_to=None)
    assert outcome.fate is Fate.NOT_SENT


async def test_a_wrong_token_is_not_sent(room: Room) -> None:
    async with open_bot("4712:wrong", api_base=room.address.url) as bot:
        outcome = await PtbMessenger(bot).send(room.group, CARD, thread_id=None, reply_to=None)
    assert outcome.fate is Fate.NOT_SENT


async def test_an_edit_gives_another_picture_and_takes_the_buttons(room: Room) -> None:
    message_id = await _shown(room, room.group)
    outcome = await room.messenger.edit(room.group, message_id, OTHER)
    assert outcome == Outcome(Fate.SENT, message_id=message_id)
    shown = await room.driver.message(room.group, message_id)
    assert (shown.text, shown.buttons) == ("settled", ())


async def test_an_edit_that_changes_nothing_is_sent(room: Room) -> None:
    message_id = await _shown(room, room.group)
    outcome = await room.messenger.edit(room.group, message_id, CARD)
    assert (outcome.fate, outcome.message_id) == (Fate.SENT, message_id)
    assert (await _last(room, "editMessageText")).status == 400


async def test_an_edit_of_a_deleted_message_or_of_another_s_is_message_gone(room: Room) -> None:
    message_id = await _shown(room, room.group)
    theirs = await room.driver.say(room.ann, room.group, "hello")
    await room.driver.delete(room.ann, room.group, message_id)
    for id_ in (message_id, MessageId(theirs), MessageId(999_999)):
        room.clock.now += 60
        assert (await room.messenger.edit(room.group, id_, OTHER)).fate is Fate.MESSAGE_GONE


async def test_edits_count_in_the_pace(room: Room) -> None:
    message_id = await _shown(room, room.group)
    for edit in range(CHAT_BURST):
        await room.messenger.edit(room.group, message_id, Card(f"edit {edit}"))
    assert (await room.messenger.edit(room.group, message_id, CARD)).fate is Fate.WAIT


async def test_a_press_is_answered_even_while_its_chat_rests(room: Room) -> None:
    message_id = await _shown(room, room.group)
    room.messenger.pacing.rest(room.group, 60)
    query = await room.driver.press_raw(room.ann, room.group, message_id, "ap:1")
    await room.messenger.answer(query, "Approved → T-42", is_alert=True)
    params = (await _last(room, "answerCallbackQuery")).params
    assert params["text"] == "Approved → T-42"
    assert "url" not in params


async def test_an_expired_press_is_let_go(room: Room) -> None:
    await room.messenger.answer("123", "too late")
    assert "too old" in ((await _last(room, "answerCallbackQuery")).error or "")


@pytest.mark.parametrize("kind", ["429", "502", "drop", "400"])
async def test_an_answer_that_fails_raises_nothing_and_is_not_repeated(room: Room, kind: str) -> None:
    await room.driver.fault(kind, method="answerCallbackQuery")
    await room.messenger.answer("123", "hello")
    assert len(await room.driver.calls("answerCallbackQuery")) == 1


async def test_a_reaction_is_put_on_a_message_without_taking_a_turn(room: Room) -> None:
    said = MessageId(await room.driver.say(room.ann, room.group, "/bug login"))
    await _send(room, room.group)
    outcome = await room.messenger.react(room.group, said, "👀")
    assert outcome == Outcome(Fate.SENT, message_id=said)
    reaction = json.loads((await _last(room, "setMessageReaction")).params["reaction"])
    assert reaction == [{"type": "emoji", "emoji": "👀"}]


async def test_a_reaction_to_a_message_that_is_gone_is_message_gone(room: Room) -> None:
    outcome = await room.messenger.react(room.group, MessageId(999_999), "👀")
    assert outcome.fate is Fate.MESSAGE_GONE


async def test_leaving_a_chat_already_left_is_done(room: Room) -> None:
    await room.messenger.leave(room.group)
    await room.messenger.leave(room.group)
    assert [call.status for call in await room.driver.calls("leaveChat")] == [200, 403]


async def test_leaving_follows_a_migration(room: Room) -> None:
    supergroup = await room.driver.migrate(room.group)
    await room.messenger.leave(room.group)
    last = await _last(room, "leaveChat")
    assert (int(last.params["chat_id"]), last.status) == (supergroup.id, 200)


@pytest.mark.parametrize("kind", ["429", "502", "drop"])
async def test_leaving_that_may_not_have_happened_says_so(room: Room, kind: str) -> None:
    await room.driver.fault(kind, method="leaveChat")
    with pytest.raises(TelegramAway):
        await room.messenger.leave(room.group)


async def test_opening_asks_telegram_nothing(room: Room) -> None:
    assert await room.driver.calls("getMe") == []
    async with open_bot(TOKEN, api_base="http://127.0.0.1:9"):
        pass


def _pointing(at: MessageId, words: str, *, chat: ChatId) -> Card:
    return Card("Ann said it", pointing=Pointing(chat, at, words, "“dead”, Ann said"))


async def test_a_card_points_at_a_message_with_the_words_quoted_as_they_stand(room: Room) -> None:
    said = MessageId(await room.driver.say(room.ann, room.group, "<b>Login & all</b> is dead"))
    outcome = await room.messenger.send(
        room.group, _pointing(said, "<b>Login & all</b>", chat=room.group), thread_id=None, reply_to=None
    )
    shown = await room.driver.message(room.group, outcome.message_id or 0)
    assert (shown.quote, shown.reply_to, shown.text) == ("<b>Login & all</b>", said, "Ann said it")
    assert shown.is_silent


async def test_a_card_points_into_another_chat(room: Room) -> None:
    said = MessageId(await room.driver.say(room.ann, room.group, "Login is dead"))
    outcome = await room.messenger.send(
        ChatId(room.ann.id), _pointing(said, "dead", chat=room.group), thread_id=None, reply_to=None
    )
    shown = await room.driver.message(room.ann.id, outcome.message_id or 0)
    assert (shown.quote, shown.reply_chat) == ("dead", room.group)


async def test_words_that_were_edited_since_are_not_quoted_but_their_message_is_answered(
    room: Room,
) -> None:
    said = MessageId(await room.driver.say(room.ann, room.group, "Login is alive"))
    outcome = await room.messenger.send(
        room.group, _pointing(said, "dead", chat=room.group), thread_id=None, reply_to=None
    )
    shown = await room.driver.message(room.group, outcome.message_id or 0)
    assert (shown.quote, shown.reply_to, shown.text) == (None, said, "Ann said it")


@pytest.mark.parametrize(
    ("kind", "description"),
    [
        ("400", "Bad Request: message to be replied not found"),
        ("400", "Bad Request: chat not found"),
        ("403", "Forbidden: bot is not a member of the group chat"),
    ],
)
async def test_where_nothing_can_be_pointed_at_the_words_themselves_are_sent_and_the_chat_is_not_given_up(
    room: Room, kind: str, description: str
) -> None:
    await room.driver.fault(kind, method="sendMessage", description=description, times=2)
    outcome = await room.messenger.send(
        ChatId(room.ann.id), _pointing(MessageId(5), "dead", chat=room.group), thread_id=None, reply_to=None
    )
    assert outcome.fate is Fate.SENT
    shown = await room.driver.message(room.ann.id, outcome.message_id or 0)
    assert (shown.text, shown.reply_chat) == ("“dead”, Ann said", None)


async def test_a_message_of_ours_is_taken_away(room: Room) -> None:
    sent = await _shown(room, room.group)
    assert (await room.messenger.remove(room.group, sent)).fate is Fate.SENT
    assert not [one for one in await room.driver.messages(room.group) if one.id == sent]
    assert (await room.messenger.remove(room.group, sent)).fate is Fate.REFUSED
