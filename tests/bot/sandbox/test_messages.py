"""Sending, editing, deleting, reacting: Telegram's rules and its words for breaking them."""

from typing import Any

import aiohttp
import pytest

from bot.sandbox.driver import Chat, Driver, Person, Refusal
from tests.bot.sandbox.conftest import Api


@pytest.fixture
async def ann(driver: Driver) -> Person:
    await driver.limits(on=False)
    made = await driver.person("Ann Lee", "ann")
    await driver.private(made, start=True)
    return made


@pytest.fixture
async def team(driver: Driver, ann: Person) -> Chat:
    made = await driver.group("Team", [ann], "supergroup")
    await driver.add_bot(made)
    return made


def key(**fields: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "b", **fields}]]}


@pytest.mark.parametrize(
    ("params", "why"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        (
            {"text": "<b>x", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"text": "\ud83d"}, "strings must be encoded in UTF-8"),
        ({"text": "x", "parse_mode": "odd"}, "unsupported parse_mode"),
        ({"text": "x", "reply_markup": key(callback_data="")}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": key(callback_data="é" * 33)}, "BUTTON_DATA_INVALID"),
        (
            {"text": "x", "reply_markup": key()},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "x", "reply_markup": key(url="not a link")},
            "inline keyboard button URL 'not a link' is invalid: Wrong HTTP URL",
        ),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"text": "x", "message_thread_id": 5}, "message thread not found"),
        ({"text": "x", "reply_markup": "{broken"}, "can't parse reply_markup JSON object"),
    ],
)
async def test_what_can_not_be_sent(api: Api, ann: Person, params: dict[str, Any], why: str) -> None:
    answer = await api.refused("sendMessage", chat_id=ann.id, **params)
    assert answer == (400, f"Bad Request: {why}")


async def test_length_counts_after_entities_are_parsed(api: Api, ann: Person) -> None:
    text = "<b>" + "&lt;" * 4096 + "</b>"
    sent = await api.ok("sendMessage", chat_id=ann.id, text=text, parse_mode="HTML")
    assert sent["text"] == "<" * 4096
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]


async def test_formatting_past_100_entities_is_dropped(api: Api, ann: Person) -> None:
    text = "<b>x</b> " * 101
    sent = await api.ok("sendMessage", chat_id=ann.id, text=text, parse_mode="HTML")
    assert len(sent["entities"]) == 100


async def test_64_bytes_of_payload_are_allowed(api: Api, ann: Person) -> None:
    markup = key(callback_data="é" * 32)
    sent = await api.ok("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    assert sent["reply_markup"] == markup


@pytest.mark.parametrize("content", ["json", "form", "query", "multipart"])
async def test_parameters_come_in_any_of_four_ways(api: Api, ann: Person, content: str) -> None:
    markup = '{"inline_keyboard":[[{"text":"b","callback_data":"d"}]]}'
    fields = {"chat_id": str(ann.id), "text": "[1]", "reply_markup": markup}
    address = f"{api.url}/bot{api.token}/sendMessage"
    multipart = aiohttp.FormData(fields, default_to_multipart=True)
    request = {
        "json": lambda: api.session.post(address, json=fields),
        "form": lambda: api.session.post(address, data=fields),
        "query": lambda: api.session.get(address, params=fields),
        "multipart": lambda: api.session.post(address, data=multipart),
    }[content]
    async with request() as response:
        body = await response.json()
    assert body["result"]["text"] == "[1]"
    assert body["result"]["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "d"


async def test_who_can_not_be_written_to(api: Api, driver: Driver, team: Chat) -> None:
    stranger, other_bot = await driver.person("Max"), await driver.person("B", is_bot=True)
    away = await driver.group("Away", [stranger])
    cases = {
        123: (400, "Bad Request: chat not found"),
        stranger.id: (403, "Forbidden: bot can't initiate conversation with a user"),
        other_bot.id: (403, "Forbidden: bot can't send messages to bots"),
        away.id: (403, "Forbidden: bot is not a member of the group chat"),
    }
    for chat, answer in cases.items():
        assert await api.refused("sendMessage", chat_id=chat, text="x") == answer
    await driver.remove_bot(team)
    assert await api.refused("sendMessage", chat_id=team.id, text="x") == (
        403,
        "Forbidden: bot was kicked from the supergroup chat",
    )


async def test_a_person_who_blocks_the_bot_gets_nothing_until_they_write(
    api: Api, driver: Driver, ann: Person
) -> None:
    await driver.block_bot(ann)
    assert await api.refused("sendMessage", chat_id=ann.id, text="x") == (
        403,
        "Forbidden: bot was blocked by the user",
    )
    await driver.say(ann, ann, "back again")
    await api.ok("sendMessage", chat_id=ann.id, text="x")
    changes = [u["my_chat_member"] for u in await api.updates() if "my_chat_member" in u]
    assert [c["new_chat_member"]["status"] for c in changes] == ["kicked", "member"]


async def test_an_edit_that_changes_nothing_is_refused(api: Api, ann: Person) -> None:
    sent = await api.ok("sendMessage", chat_id=ann.id, text="<b>x</b>", parse_mode="HTML")
    edit = {"chat_id": ann.id, "message_id": sent["message_id"]}
    status, why = await api.refused("editMessageText", **edit, text="<b>x</b>", parse_mode="HTML")
    assert status == 400
    assert why.startswith("Bad Request: message is not modified: ")
    edited = await api.ok("editMessageText", **edit, text="x")
    assert edited["edit_date"] >= sent["date"]
    status, why = await api.refused("editMessageReplyMarkup", **edit)
    assert why.startswith("Bad Request: message is not modified: ")


async def test_edits_drop_the_keyboard_unless_it_comes_again(api: Api, ann: Person) -> None:
    markup = key(callback_data="d")
    sent = await api.ok("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    edited = await api.ok("editMessageText", chat_id=ann.id, message_id=sent["message_id"], text="y")
    assert "reply_markup" not in edited


@pytest.mark.parametrize(
    ("method", "params", "why"),
    [
        ("editMessageText", {"text": "x"}, "message to edit not found"),
        ("editMessageReplyMarkup", {}, "message to edit not found"),
        ("deleteMessage", {}, "message to delete not found"),
        ("setMessageReaction", {}, "message to react not found"),
        ("pinChatMessage", {}, "message to pin not found"),
    ],
)
async def test_a_message_that_is_not_there(
    api: Api, ann: Person, method: str, params: dict[str, Any], why: str
) -> None:
    answer = await api.refused(method, chat_id=ann.id, message_id=999, **params)
    assert answer == (400, f"Bad Request: {why}")


async def test_other_peoples_messages_can_not_be_edited_or_deleted(
    api: Api, driver: Driver, ann: Person, team: Chat
) -> None:
    theirs = {"chat_id": team.id, "message_id": await driver.say(ann, team, "mine")}
    assert (await api.refused("editMessageText", **theirs, text="x"))[1] == (
        "Bad Request: message can't be edited"
    )
    assert (await api.refused("deleteMessage", **theirs))[1] == ("Bad Request: message can't be deleted")
    bot = (await driver.bot())["id"]
    await driver.promote(team, bot, rights=["can_manage_chat", "can_delete_messages"])
    assert await api.ok("deleteMessage", **theirs) is True


async def test_own_messages_can_be_deleted_for_48_hours(api: Api, driver: Driver, ann: Person) -> None:
    sent = await api.ok("sendMessage", chat_id=ann.id, text="x")
    await driver.set_clock(advance=49 * 3600)
    target = {"chat_id": ann.id, "message_id": sent["message_id"]}
    assert (await api.refused("deleteMessage", **target))[1] == ("Bad Request: message can't be deleted")


async def test_a_bot_has_one_known_reaction(api: Api, driver: Driver, ann: Person, team: Chat) -> None:
    target = {"chat_id": team.id, "message_id": await driver.say(ann, team, "look")}
    eyes = {"type": "emoji", "emoji": "👀"}
    await api.ok("setMessageReaction", **target, reaction=[eyes])
    assert [r.emoji for r in (await driver.message(team, target["message_id"])).reactions] == ["👀"]
    odd = {"type": "emoji", "emoji": "🐞"}
    assert (await api.refused("setMessageReaction", **target, reaction=[odd]))[1] == (
        "Bad Request: REACTION_INVALID"
    )
    assert (await api.refused("setMessageReaction", **target, reaction=[eyes, eyes]))[0] == 400
    await api.ok("setMessageReaction", **target, reaction=[])
    assert (await driver.message(team, target["message_id"])).reactions == ()


async def test_replies_carry_the_message_once(api: Api, driver: Driver, ann: Person, team: Chat) -> None:
    first = await driver.say(ann, team, "one")
    second = await driver.say(ann, team, "two", reply_to=first)
    sent = await api.ok(
        "sendMessage", chat_id=team.id, text="three", reply_parameters={"message_id": second}
    )
    assert sent["reply_to_message"]["text"] == "two"
    assert "reply_to_message" not in sent["reply_to_message"]
    # A plain supergroup names a chain of replies too, but it is no topic.
    assert sent["message_thread_id"] == first
    assert "is_topic_message" not in sent


async def test_people_edit_delete_and_keep_their_history(
    api: Api, driver: Driver, ann: Person, team: Chat
) -> None:
    await driver.set_privacy(on=False)
    await api.updates()
    said = await driver.say(ann, team, "first")
    await driver.edit(ann, team, said, "second")
    found = await api.updates()
    assert found[-1]["edited_message"]["text"] == "second"
    shown = await driver.message(team, said)
    assert (shown.text, shown.history) == ("second", ("first",))
    await driver.delete(ann, team, said)
    assert await api.updates() == []
    with pytest.raises(Refusal, match="no such message"):
        await driver.react(ann, team, said, "👍")


async def test_documents_travel_both_ways(api: Api, driver: Driver, ann: Person) -> None:
    await api.updates()
    media = {"kind": "document", "file_name": "result.json", "content": "e30="}
    await driver.say(ann, ann, "my export", media=media)
    [update] = await api.updates()
    document = update["message"]["document"]
    assert (document["file_name"], update["message"]["caption"]) == ("result.json", "my export")
    file = await api.ok("getFile", file_id=document["file_id"])
    address = f"{api.url}/file/bot{api.token}/{file['file_path']}"
    async with api.session.get(address) as response:
        assert await response.read() == b"{}"
    assert await api.refused("getFile", file_id="odd") == (400, "Bad Request: invalid file_id")


async def test_a_wrong_token_and_an_unknown_method(api: Api) -> None:
    assert await api.refused("sendNothing") == (404, "Not Found: method not found")
    stranger = Api(api.url, "1000:wrong", api.session)
    assert await stranger.refused("getMe") == (401, "Unauthorized")
    assert (await api.ok("GETME"))["username"] == "triagram_bot"


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "empty"), (" ", "empty"), ("x" * 4097, "longer than 4096"), ("\ud83d", "Unicode")],
)
async def test_what_people_can_not_say(driver: Driver, ann: Person, text: str, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        await driver.say(ann, ann, text)


async def test_people_keep_to_their_places(driver: Driver, ann: Person, team: Chat) -> None:
    max_ = await driver.person("Max")
    channel = await driver.channel("News", ann)
    await driver.join(channel, max_)
    said = await driver.say(ann, team, "mine")
    with pytest.raises(Refusal, match="not a member"):
        await driver.say(max_, team, "x")
    with pytest.raises(Refusal, match="only administrators post"):
        await driver.say(max_, channel, "x")
    await driver.join(team, max_)
    with pytest.raises(Refusal, match="not their message"):
        await driver.edit(max_, team, said, "x")
    with pytest.raises(Refusal, match="not their message"):
        await driver.delete(max_, team, said)
    with pytest.raises(Refusal, match="no such topic"):
        await driver.say(ann, await driver.group("F", [ann], "forum"), "x", thread=77)


async def test_several_messages_go_at_once_and_unknown_ones_are_skipped(
    api: Api, driver: Driver, ann: Person
) -> None:
    ids = [(await api.ok("sendMessage", chat_id=ann.id, text=t))["message_id"] for t in "ab"]
    assert await api.ok("deleteMessages", chat_id=ann.id, message_ids=[*ids, 999]) is True
    assert [m.text for m in await driver.messages(ann)] == ["/start"]


async def test_pinning_takes_a_right(api: Api, driver: Driver, ann: Person, team: Chat) -> None:
    target = {"chat_id": team.id, "message_id": await driver.say(ann, team, "x")}
    why = "Bad Request: not enough rights to manage pinned messages in the chat"
    assert (await api.refused("pinChatMessage", **target))[1] == why
    bot = (await driver.bot())["id"]
    await driver.promote(team, bot, rights=["can_manage_chat", "can_pin_messages"])
    await api.ok("pinChatMessage", **target)
    assert (await driver.message(team, target["message_id"])).is_pinned
    await api.ok("unpinChatMessage", **target)
    assert (await api.refused("unpinChatMessage", **target))[0] == 400


async def test_a_message_is_shown_as_a_client_shows_it(driver: Driver, ann: Person, team: Chat) -> None:
    await driver.promote(team, ann, anonymous=True)
    await driver.say(ann, team, "hi", forward_from="Hidden One", media={"kind": "voice"})
    await driver.leave(team, ann)
    joined, shown, left = await driver.messages(team)
    assert (joined.service, left.service) == ("Ann Lee added Triagram", "Ann Lee left")
    assert (shown.sender_name, shown.forwarded_from) == ("Team", "Hidden One")
    assert shown.media == {"kind": "voice", "label": "🎤 Voice message", "file_name": None,
                           "file_id": shown.media and shown.media["file_id"]}  # fmt: skip


async def test_a_reply_quotes_a_part_that_stands_in_the_message(
    api: Api, driver: Driver, ann: Person, team: Chat
) -> None:
    said = await driver.say(ann, team, "Login is 💥 dead on <iOS>, again")
    part = {"message_id": said, "quote": "dead on <iOS>"}
    sent = await api.ok("sendMessage", chat_id=team.id, text="x", reply_parameters=part)
    assert sent["quote"] == {"text": "dead on <iOS>", "position": 12, "is_manual": True}
    assert sent["reply_to_message"]["message_id"] == said
    shown = await driver.message(team, sent["message_id"])
    assert (shown.quote, shown.reply_to, shown.reply_chat) == ("dead on <iOS>", said, team.id)


@pytest.mark.parametrize("quote", ["alive", "x" * 1025, "login is"])
async def test_a_quote_that_does_not_stand_in_the_message_is_refused(
    api: Api, driver: Driver, ann: Person, team: Chat, quote: str
) -> None:
    said = await driver.say(ann, team, "Login is dead" + "x" * 1025)
    part = {"message_id": said, "quote": quote, "allow_sending_without_reply": True}
    refused = await api.refused("sendMessage", chat_id=team.id, text="x", reply_parameters=part)
    assert refused == (400, "Bad Request: QUOTE_TEXT_INVALID")


async def test_a_reply_to_a_message_of_another_chat_quotes_it_by_itself(
    api: Api, driver: Driver, ann: Person, team: Chat
) -> None:
    basic = await driver.group("Old", [ann], "group")
    await driver.add_bot(basic)
    for chat, has_address in ((team, True), (basic, False)):
        said = await driver.say(ann, chat, "Login is dead")
        there = {"message_id": said, "chat_id": chat.id}
        sent = await api.ok("sendMessage", chat_id=ann.id, text="x", reply_parameters=there)
        assert sent["quote"] == {"text": "Login is dead", "position": 0}
        assert sent["external_reply"].get("message_id") == (said if has_address else None)
        assert sent["external_reply"]["origin"]["sender_user"]["id"] == ann.id
        assert "reply_to_message" not in sent
        shown = await driver.message(ann.id, sent["message_id"])
        assert (shown.quote, shown.reply_to, shown.reply_chat) == ("Login is dead", None, chat.id)


async def test_a_chat_the_bot_is_not_in_can_not_be_answered_from_elsewhere(
    api: Api, driver: Driver, ann: Person
) -> None:
    away = await driver.group("Away", [ann])
    said = await driver.say(ann, away, "Login is dead")
    for there in ({"message_id": said, "chat_id": away.id}, {"message_id": 1, "chat_id": 99}):
        refused = await api.refused("sendMessage", chat_id=ann.id, text="x", reply_parameters=there)
        assert refused == (400, "Bad Request: chat not found")
