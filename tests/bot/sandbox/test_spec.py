"""The sandbox against the published specification: required parameters, every kind of update."""

from typing import Any

import pytest

from bot.sandbox.driver import Chat, Driver, Person
from bot.sandbox.methods.table import METHODS
from tests.bot.sandbox.conftest import KNOWN_AHEAD, Api, assert_as_specified
from tests.bot.sandbox.spec import faults_of, has_spec, load_spec

pytestmark = pytest.mark.skipif(not has_spec(), reason="no specification beside the repository")

SAMPLES: dict[str, Any] = {
    "Integer": 1,
    "String": "x",
    "Boolean": True,
    "InputFile": "x",
    "Array of BotCommand": [{"command": "x", "description": "y"}],
    "Array of Integer": [1],
}


def required() -> list[tuple[str, str]]:
    if not has_spec():
        return []
    methods = load_spec()["methods"]
    return [
        (method.name, field["name"])
        for method in METHODS.values()
        for field in methods[method.name].get("fields", [])
        if field["required"]
    ]


@pytest.mark.parametrize(("method", "missing"), required())
async def test_required_parameters_are_required(api: Api, method: str, missing: str) -> None:
    fields = load_spec()["methods"][method]["fields"]
    params = {
        field["name"]: SAMPLES[field["types"][0]]
        for field in fields
        if field["required"] and field["name"] != missing
    }
    status, why = await api.refused(method, **params)
    words = {"text": "message text", "message_id": "message identifier"}.get(missing, missing)
    assert status == 400
    assert words in why


def test_every_method_served_is_telegrams() -> None:
    assert {method.name for method in METHODS.values()} <= load_spec()["methods"].keys()


@pytest.mark.parametrize("name", ["chat_id", "message_id"])
async def test_wrong_types_are_refused(api: Api, name: str) -> None:
    params: dict[str, Any] = {"chat_id": 1, "message_id": 1, "text": "x"}
    status, _ = await api.refused("editMessageText", **{**params, name: {"odd": 1}})
    assert status == 400


KINDS = [
    "message",
    "edited_message",
    "channel_post",
    "callback_query",
    "message_reaction",
    "my_chat_member",
    "chat_member",
]


async def live_a_little(api: Api, driver: Driver) -> None:
    """People do one of everything that reaches a bot."""
    ann, bob = await driver.person("Ann Lee", "ann"), await driver.person("Bob")
    forum = await driver.group("Forum", [ann, bob], "forum")
    channel = await driver.channel("News", ann, linked_to=forum)
    await driver.add_bot(forum, payload="tok")
    await driver.add_bot(channel)
    bugs = await driver.topic(forum, "Bugs")
    said = await driver.say(ann, forum, "/bug see https://x.y @ann #z a@b.cd", thread=bugs)
    for kind in ("photo", "document", "voice", "video", "audio", "animation", "sticker"):
        await driver.say(bob, forum, "caption", media={"kind": kind}, thread=bugs, reply_to=said)
    for source in (bob.id, "Hidden", channel.id, forum.id):
        await driver.say(ann, forum, "f", forward_from=source)
    await driver.say(ann, channel, "post")
    await driver.edit(ann, forum, said, "edited")
    await change_members(api, driver, forum, (ann, bob), said)


async def change_members(
    api: Api, driver: Driver, forum: Chat, people: tuple[Person, Person], said: int
) -> None:
    ann, bob = people
    await driver.promote(forum, bob, anonymous=True, title="T")
    await driver.say(bob, forum, "anonymous")
    await driver.react(ann, forum, said, "👍")
    await driver.react(bob, forum, said, "❤")
    await driver.demote(forum, bob)
    await driver.leave(forum, bob)
    small = await driver.group("Small", [ann])
    await driver.add_bot(small)
    await driver.migrate(small)
    await driver.private(ann, start=True)
    sent = await api.ok("sendMessage", chat_id=ann.id, text="x")
    await driver.press_raw(ann, ann, sent["message_id"], "d")
    await driver.block_bot(ann)
    await driver.remove_bot(forum)


async def test_every_update_is_as_specified(api: Api, driver: Driver) -> None:
    await api.ok("getUpdates", allowed_updates=KINDS)
    await live_a_little(api, driver)
    updates = await api.updates()
    wrong = faults_of(updates, ["Array of Update"])
    assert [fault for fault in wrong if KNOWN_AHEAD not in fault] == []
    assert {key for update in updates for key in update} - {"update_id"} == set(KINDS)


def test_the_oracle_can_say_no() -> None:
    assert faults_of({"id": 1, "is_bot": False}, ["User"]) == [": User.first_name is missing"]
    assert faults_of({"id": "1", "is_bot": 0, "first_name": ""}, ["User"]) != []
    assert faults_of({"status": "left", "user": {}}, ["ChatMember"]) != []
    with pytest.raises(AssertionError):
        assert_as_specified("getMe", {"id": 1})
