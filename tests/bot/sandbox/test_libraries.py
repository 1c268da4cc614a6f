"""Both client libraries talk to the sandbox: aiogram hears, python-telegram-bot speaks."""

import asyncio
import time

import pytest
from aiogram import Bot, Dispatcher, Router
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    CallbackQuery,
    ChatMemberAdministrator,
    InaccessibleMessage,
    Message,
)
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)
from telegram.ext import ExtBot

from bot.sandbox.driver import Chat, Driver, Person
from bot.sandbox.server import Address

YES = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="y")]])
ALL_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]


@pytest.fixture
async def ann(driver: Driver) -> Person:
    made = await driver.person("Ann Lee", "ann")
    await driver.private(made, start=True)
    return made


@pytest.fixture
async def team(driver: Driver, ann: Person) -> Chat:
    made = await driver.group("Team", [ann], "forum")
    await driver.add_bot(made)
    return made


async def test_one_hears_what_the_other_says(
    driver: Driver, hear: Bot, speak: ExtBot[None], ann: Person
) -> None:
    """A dispatcher polls; a press on a card of one library is answered by the other."""
    router = Router()

    @router.message()
    async def on_message(message: Message) -> None:
        await speak.send_message(
            message.chat.id, f"<b>{message.text}</b>?", parse_mode="HTML", reply_markup=YES
        )

    @router.callback_query()
    async def on_press(query: CallbackQuery) -> None:
        await query.answer("Approved → T-42")
        assert isinstance(query.message, Message)
        await speak.edit_message_text("done", query.from_user.id, query.message.message_id)

    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    async with asyncio.TaskGroup() as tasks:
        polling = tasks.create_task(
            dispatcher.start_polling(hear, handle_signals=False, polling_timeout=10)  # pyright: ignore[reportUnknownMemberType] - untyped keyword arguments of aiogram
        )
        await driver.wait_polling()
        card = await driver.wait_message(ann, containing="/start?")
        assert (card.html, card.labels) == ("<b>/start</b>?", ["Yes"])
        answer = await driver.press(ann, ann, card.id, "Yes")
        assert (answer.text, answer.answered) == ("Approved → T-42", True)
        edited = await driver.wait_message(ann, containing="done")
        assert (edited.id, edited.history, edited.labels) == (card.id, ("/start?",), [])
        await driver.wait_quiet(0.05)
        await dispatcher.stop_polling()
        await polling


async def test_aiogram_understands_every_answer(driver: Driver, hear: Bot, ann: Person, team: Chat) -> None:
    me = await hear.get_me()
    assert me.can_read_all_group_messages is False
    topic = await driver.topic(team, "Bugs")
    sent = await hear.send_message(team.id, "<i>x</i>", "HTML", message_thread_id=topic)
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.forum_topic_created is not None
    edited = await hear.edit_message_text("y", chat_id=team.id, message_id=sent.message_id)
    assert isinstance(edited, Message)
    admins = await hear.get_chat_administrators(team.id)
    [bot] = [one for one in admins if isinstance(one, ChatMemberAdministrator)]
    assert bot.can_manage_chat
    assert (await hear.get_chat(team.id)).is_forum
    assert (await hear.get_chat_member(team.id, ann.id)).status == "creator"
    assert (await hear.get_webhook_info()).url == ""
    assert await hear.set_message_reaction(team.id, sent.message_id, [])
    assert await hear.delete_message(team.id, sent.message_id)
    updates = await hear.get_updates(allowed_updates=ALL_UPDATES)
    assert [u.event_type for u in updates][:2] == ["message", "my_chat_member"]


async def test_aiogram_names_every_refusal(driver: Driver, hear: Bot, ann: Person) -> None:
    group = await driver.group("Old", [ann])
    await driver.add_bot(group)
    await driver.fault("429", retry_after=3)
    with pytest.raises(TelegramRetryAfter) as waiting:
        await hear.send_message(ann.id, "x")
    assert waiting.value.retry_after == 3
    await driver.fault("502")
    with pytest.raises(TelegramServerError):
        await hear.send_message(ann.id, "x")
    await driver.fault("403")
    with pytest.raises(TelegramForbiddenError):
        await hear.send_message(ann.id, "x")
    await driver.migrate(group)
    with pytest.raises(TelegramMigrateToChat):
        await hear.send_message(group.id, "x")
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await hear.send_message(1, "x")
    async with Bot("1000:wrong", session=hear.session) as stranger:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger.get_me()


async def test_ptb_names_every_refusal(
    driver: Driver, sandbox: Address, speak: ExtBot[None], ann: Person
) -> None:
    group = await driver.group("Old", [ann])
    await driver.add_bot(group)
    await driver.fault("403")
    with pytest.raises(Forbidden, match="blocked"):
        await speak.send_message(ann.id, "x")
    await driver.fault("502")
    with pytest.raises(NetworkError):
        await speak.send_message(ann.id, "x")
    await driver.fault("drop")
    with pytest.raises(NetworkError):
        await speak.send_message(ann.id, "x")
    await driver.fault("hang", seconds=0.4)
    with pytest.raises(TimedOut):
        await speak.send_message(ann.id, "x", read_timeout=0.1)
    new = await driver.migrate(group)
    with pytest.raises(ChatMigrated) as moved:
        await speak.send_message(group.id, "x")
    assert moved.value.new_chat_id == new.id
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await speak.edit_message_text("x", ann.id, 999)
    stranger: ExtBot[None] = ExtBot("1000:wrong", base_url=f"{sandbox.url}/bot")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()


async def test_ptb_waits_when_the_sandbox_says_so(
    driver: Driver, speak: ExtBot[None], ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    await driver.fault("429", retry_after=5)
    with pytest.raises(RetryAfter) as waiting:
        await speak.send_message(ann.id, "x")
    assert str(waiting.value.retry_after) == "0:00:05"


async def test_ptb_understands_every_answer(
    driver: Driver, speak: ExtBot[None], ann: Person, team: Chat
) -> None:
    sent = await speak.send_message(ann.id, "x", reply_markup=YES, disable_notification=True)
    assert (await driver.message(ann, sent.message_id)).is_silent
    await driver.press_raw(ann, ann, sent.message_id, "y")
    updates = await speak.get_updates(allowed_updates=ALL_UPDATES)
    assert updates[-1].callback_query is not None
    assert await speak.answer_callback_query(updates[-1].callback_query.id, "ok", show_alert=True)
    document = await speak.send_document(ann.id, b"abc", filename="notes.txt", caption="c")
    assert document.document is not None
    file = await document.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"abc"
    assert await speak.set_my_commands([("bug", "Report a bug")], language_code="uk")
    assert [c.command for c in await speak.get_my_commands(language_code="uk")] == ["bug"]
    assert len(await speak.get_chat_administrators(team.id)) == 2
    assert (await speak.get_chat(team.id)).is_forum
    assert await speak.send_chat_action(ann.id, "typing")
    assert await speak.set_my_description("What it does")
    assert (await speak.get_my_description()).description == "What it does"
    await speak.set_webhook("http://127.0.0.1:9/")
    with pytest.raises(Conflict):
        await speak.get_updates()
    await speak.delete_webhook()


async def test_a_press_on_an_old_message_is_read_by_both(driver: Driver, hear: Bot, ann: Person) -> None:
    sent = await hear.send_message(ann.id, "x")
    await driver.set_inaccessible_after(1)
    await driver.set_clock(advance=10)
    await driver.press_raw(ann, ann, sent.message_id, "d")
    [*_, update] = await hear.get_updates()
    assert update.callback_query is not None
    assert isinstance(update.callback_query.message, InaccessibleMessage)
    raw = update.model_dump(mode="json", by_alias=True, exclude_none=True)
    read = Update.de_json(raw, None)
    assert read.callback_query is not None
    assert read.callback_query.message is not None
    assert not read.callback_query.message.is_accessible


async def test_a_quiet_bot_costs_no_busy_loop(driver: Driver, hear: Bot) -> None:
    began = time.monotonic()
    await hear.get_updates(timeout=1)
    assert time.monotonic() - began > 0.9
    assert len(await driver.calls("getUpdates")) == 1
