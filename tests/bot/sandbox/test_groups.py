"""Groups: coming and going, administrators, upgrade, forums, channels, commands."""

import pytest

from bot.sandbox.driver import Chat, Driver, Person, Refusal, Saying
from tests.bot.sandbox.conftest import Api, Json


@pytest.fixture
async def ann(driver: Driver) -> Person:
    await driver.limits(on=False)
    return await driver.person("Ann Lee", "ann")


@pytest.fixture
async def forum(driver: Driver, ann: Person) -> Chat:
    made = await driver.group("Forum", [ann], "forum")
    await driver.add_bot(made)
    return made


def said(updates: list[Json]) -> list[Json]:
    return [u["message"] for u in updates if "message" in u]


async def test_a_startgroup_link_adds_an_administrator_and_sends_its_payload(
    api: Api, driver: Driver, ann: Person
) -> None:
    group = await driver.group("Team", [ann])
    link = "https://t.me/triagram_bot?startgroup=tok-1&admin=manage_chat"
    assert await driver.open_link(ann, link, chat=group) == group.id
    updates = await api.updates()
    change = updates[0]["my_chat_member"]
    assert (change["old_chat_member"]["status"], change["from"]["id"]) == ("left", ann.id)
    assert change["new_chat_member"]["status"] == "administrator"
    assert change["new_chat_member"]["can_manage_chat"] is True
    joined, start = said(updates)
    assert joined["new_chat_members"][0]["username"] == "triagram_bot"
    assert start["text"] == "/start@triagram_bot tok-1"


async def test_start_links_carry_their_payload(api: Api, driver: Driver, ann: Person) -> None:
    assert await driver.open_link(ann, "t.me/triagram_bot?start=abc_D-1") == ann.id
    await driver.open_link(ann, "bare")
    await driver.open_link(ann, "tg://resolve?domain=triagram_bot&start=deep")
    texts = [m["text"] for m in said(await api.updates())]
    assert texts == ["/start abc_D-1", "/start bare", "/start deep"]
    for link in ("https://t.me/other_bot?start=x", "x" * 65, "a b"):
        with pytest.raises(Refusal):
            await driver.open_link(ann, link)


async def test_ids_look_like_telegrams(driver: Driver, ann: Person) -> None:
    group = await driver.group("G", [ann])
    large = await driver.group("S", [ann], "supergroup")
    assert group.id > -1_000_000_000_000
    assert str(large.id).startswith("-100")
    assert (await driver.group("X", [ann], "supergroup", -1001234567890)).id == -1001234567890


async def test_administrators_are_listed_without_other_bots(api: Api, driver: Driver, ann: Person) -> None:
    bob, other = await driver.person("Bob"), await driver.person("O", is_bot=True)
    group = await driver.group("Team", [ann, bob, other], "supergroup")
    await driver.add_bot(group)
    await driver.promote(group, bob, anonymous=True, title="Boss")
    await driver.promote(group, other)
    admins = await api.ok("getChatAdministrators", chat_id=group.id)
    by_id = {one["user"]["id"]: one for one in admins}
    bot = (await driver.bot())["id"]
    assert set(by_id) == {ann.id, bob.id, bot}
    assert by_id[ann.id]["status"] == "creator"
    assert by_id[bob.id]["is_anonymous"] is True
    assert by_id[bob.id]["custom_title"] == "Boss"
    assert await api.ok("getChatMemberCount", chat_id=group.id) == 4
    await driver.demote(group, bob)
    member = await api.ok("getChatMember", chat_id=group.id, user_id=bob.id)
    assert member["status"] == "member"
    await driver.leave(group, bob, by=ann)
    member = await api.ok("getChatMember", chat_id=group.id, user_id=bob.id)
    assert member["status"] == "kicked"
    assert (await api.refused("getChatMember", chat_id=group.id, user_id=1))[0] == 400
    await driver.private(ann)
    assert (await api.refused("getChatAdministrators", chat_id=ann.id))[0] == 400


async def test_an_anonymous_administrator_is_the_group(
    api: Api, driver: Driver, ann: Person, forum: Chat
) -> None:
    await api.updates()
    await driver.say(ann, forum, "as us", as_chat=forum.id)
    await driver.promote(forum, ann, anonymous=True)
    await driver.say(ann, forum, "by habit")
    for message in said(await api.updates()):
        assert message["from"]["id"] == 1087968824
        assert message["sender_chat"]["id"] == forum.id
    bob = await driver.person("Bob")
    await driver.join(forum, bob)
    with pytest.raises(Refusal, match="only administrators"):
        await driver.say(bob, forum, "me too", as_chat=forum.id)


async def test_a_linked_channel_forwards_by_itself(api: Api, driver: Driver, ann: Person) -> None:
    group = await driver.group("Talk", [ann], "supergroup")
    await driver.add_bot(group)
    channel = await driver.channel("News", ann, linked_to=group)
    await api.updates()
    await driver.say(ann, channel, "out now")
    [message] = said(await api.updates())
    assert message["is_automatic_forward"] is True
    assert message["sender_chat"]["id"] == channel.id
    assert message["from"]["id"] == 777000
    assert message["forward_origin"]["type"] == "channel"
    assert (await api.ok("getChat", chat_id=group.id))["linked_chat_id"] == channel.id
    await driver.say(ann, group, "as the channel", as_chat=channel.id)
    [message] = said(await api.updates())
    assert message["from"]["id"] == 136817688


async def test_forwards_say_where_from(api: Api, driver: Driver, ann: Person, forum: Chat) -> None:
    bob = await driver.person("Bob")
    channel = await driver.channel("News", ann)
    await api.updates()
    for source in (bob.id, "Hidden One", channel.id, forum.id):
        await driver.say(ann, forum, "f", forward_from=source)
    kinds = [m["forward_origin"]["type"] for m in said(await api.updates())]
    assert kinds == ["user", "hidden_user", "channel", "chat"]


async def test_an_upgrade_moves_the_chat(api: Api, driver: Driver, ann: Person) -> None:
    group = await driver.group("Team", [ann])
    await driver.add_bot(group)
    await api.updates()
    large = await driver.migrate(group)
    to, origin = said(await api.updates())
    assert (to["chat"]["id"], to["migrate_to_chat_id"]) == (group.id, large.id)
    assert (origin["chat"]["id"], origin["migrate_from_chat_id"]) == (large.id, group.id)
    status, body = await api.call("sendMessage", chat_id=group.id, text="x")
    assert (status, body["parameters"]) == (400, {"migrate_to_chat_id": large.id})
    assert body["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    await api.ok("sendMessage", chat_id=large.id, text="x")
    with pytest.raises(Refusal, match="upgraded"):
        await driver.say(ann, group, "here?")


async def test_topics_carry_their_root(api: Api, driver: Driver, ann: Person, forum: Chat) -> None:
    await api.updates()
    bugs = await driver.topic(forum, "Bugs")
    first = await driver.say(ann, forum, "in topic", thread=bugs)
    await driver.say(ann, forum, "reply", reply_to=first)
    await driver.say(ann, forum, "in general")
    made, topic, reply, general = said(await api.updates())
    assert made["forum_topic_created"]["name"] == "Bugs"
    assert made["message_id"] == made["message_thread_id"] == bugs
    assert (topic["message_thread_id"], topic["is_topic_message"]) == (bugs, True)
    assert topic["reply_to_message"]["message_id"] == bugs
    assert (reply["message_thread_id"], reply["reply_to_message"]["message_id"]) == (bugs, first)
    assert not {"message_thread_id", "is_topic_message", "reply_to_message"} & general.keys()
    assert [m.text for m in await driver.messages(forum, 1)][-1] == "in general"
    assert [m.text for m in await driver.messages(forum, bugs)] == ["", "in topic", "reply"]


async def test_the_bot_writes_into_topics(api: Api, driver: Driver, ann: Person, forum: Chat) -> None:
    bugs = await driver.topic(forum, "Bugs")
    said_id = await driver.say(ann, forum, "hi", thread=bugs)
    sent = await api.ok("sendMessage", chat_id=forum.id, text="x", message_thread_id=bugs)
    assert sent["reply_to_message"]["forum_topic_created"]["name"] == "Bugs"
    answer = {"message_id": said_id}
    sent = await api.ok("sendMessage", chat_id=forum.id, text="x", reply_parameters=answer)
    assert sent["message_thread_id"] == bugs
    for thread in (1, 999):
        refused = await api.refused("sendMessage", chat_id=forum.id, text="x", message_thread_id=thread)
        assert refused == (400, "Bad Request: message thread not found")
    assert (await api.refused("createForumTopic", chat_id=forum.id, name="T"))[0] == 400
    bot = (await driver.bot())["id"]
    await driver.promote(forum, bot)
    topic = await api.ok("createForumTopic", chat_id=forum.id, name="T")
    await api.ok("sendMessage", chat_id=forum.id, text="x", message_thread_id=topic[
        "message_thread_id"
    ])  # fmt: skip
    sent = await api.ok("sendMessage", chat_id=forum.id, text="pin me")
    await api.ok("pinChatMessage", chat_id=forum.id, message_id=sent["message_id"])
    assert (await api.ok("getChat", chat_id=forum.id))["pinned_message"]["text"] == "pin me"
    await api.ok("unpinChatMessage", chat_id=forum.id)


async def test_menus_follow_scope_and_language(api: Api, driver: Driver, ann: Person) -> None:
    olya = await driver.person("Оля", language="uk")
    group = await driver.group("Team", [ann, olya])
    await driver.add_bot(group)

    async def put(name: str, **more: object) -> None:
        command = {"command": name, "description": "d"}
        assert await api.ok("setMyCommands", commands=[command], **more) is True

    async def menu(person: Person, chat: Chat | None = None) -> str:
        return (await driver.commands(person=person, chat=chat))[0]["command"]

    await put("any")
    await put("uk", language_code="uk")
    await put("direct", scope={"type": "all_private_chats"})
    await put("admins", scope={"type": "chat_administrators", "chat_id": group.id})
    assert (await menu(ann), await menu(ann, group), await menu(olya, group)) == (
        "direct",
        "admins",
        "uk",
    )
    member = {"type": "chat_member", "chat_id": group.id, "user_id": olya.id}
    await put("hers", scope=member)
    assert await menu(olya, group) == "hers"
    assert (await api.ok("getMyCommands", scope=member))[0]["command"] == "hers"
    await api.ok("deleteMyCommands", scope=member)
    assert await api.ok("getMyCommands", scope=member) == []
    for bad in ("Bad Name", "x" * 33):
        commands = [{"command": bad, "description": "d"}]
        assert await api.refused("setMyCommands", commands=commands) == (
            400,
            "Bad Request: BOT_COMMAND_INVALID",
        )
    missing = {"type": "chat", "chat_id": -5}
    assert await api.refused("setMyCommands", commands=[], scope=missing) == (
        400,
        "Bad Request: chat not found",
    )


async def test_the_bot_leaves_and_hears_nothing(api: Api, driver: Driver, ann: Person, forum: Chat) -> None:
    await api.updates()
    await api.ok("leaveChat", chat_id=forum.id)
    await driver.say(ann, forum, "/start")
    updates = await api.updates()
    assert [u["my_chat_member"]["new_chat_member"]["status"] for u in updates] == ["left"]
    assert (await api.refused("getChat", chat_id=forum.id))[1] == (
        "Forbidden: bot is not a member of the supergroup chat"
    )


async def test_many_things_said_at_once(api: Api, driver: Driver, ann: Person) -> None:
    group = await driver.group("Team", [ann])
    await driver.add_bot(group)
    await api.updates()
    ids = await driver.say_many([Saying(ann, group, f"m{i}", at=1_700_000_000 + i) for i in range(250)])
    assert len(ids) == 250
    found = said(await api.updates())
    assert len(found) == 100
    assert [m["date"] for m in found[:2]] == [1_700_000_000, 1_700_000_001]
