"""`PtbMessenger`: sends, edits and answers through python-telegram-bot."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import structlog
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    ReactionTypeEmoji,
    ReplyParameters,
)
from telegram import Message as Sent
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.speak.failures import is_picture, is_press_expired, is_reply_gone, outcome_of
from bot.speak.pacing import Pacing
from core.domain.ids import ChatId, MessageId, ThreadId
from core.errors import TelegramAway
from core.ports.chat import Button, Card, Fate, Outcome, Pointing
from core.ports.meter import Meter, Uncounted

GENERAL_THREAD = ThreadId(1)
"""General is topic 1 (https://core.telegram.org/api/forum#forum-topics); naming it in a send is refused."""
PICTURE = "charts.png"
_MAY_BE_TRIED_AGAIN = frozenset({Fate.WAIT, Fate.NOT_SENT, Fate.MAYBE_SENT})

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class PtbMessenger:
    """`core.ports.chat.Messenger` over one bot.

    A send or edit before its chat's turn is not made: its fate is WAIT, with the seconds left.

    Args:
        bot: As `bot.speak.connection.open_bot` gives it, with its defaults.
        pacing: Shared by all that send for this bot.
        meter: Counts the 429s.
    """

    bot: Bot = field(repr=False)
    pacing: Pacing = field(default_factory=Pacing)
    meter: Meter = field(default_factory=Uncounted)

    def divide(self, speakers: int) -> None:
        """Keeps to one speaker's part of the whole bot's pace."""
        self.pacing.divide(speakers)

    def wait_seconds(self, chat_id: ChatId) -> float:
        """Returns how long this chat's pace, or the whole bot's, still has to rest; 0 is now."""
        return self.pacing.wait_seconds(chat_id)

    async def send(
        self, chat_id: ChatId, card: Card, *, thread_id: ThreadId | None, reply_to: MessageId | None
    ) -> Outcome:
        """Sends a new message; when the message to reply to is gone, without the reply."""
        return await self._paced(chat_id, partial(self._send, chat_id, card, thread_id, reply_to))

    async def edit(self, chat_id: ChatId, message_id: MessageId, card: Card) -> Outcome:
        """Gives a message another picture; "not modified" counts as sent."""
        outcome = await self._paced(chat_id, partial(self._edit, chat_id, message_id, card))
        return replace(outcome, message_id=message_id) if outcome.fate is Fate.SENT else outcome

    async def remove(self, chat_id: ChatId, message_id: MessageId) -> Outcome:
        """Deletes a message of ours, in its chat's turn."""
        return await self._paced(chat_id, partial(self._remove, chat_id, message_id))

    async def answer(self, press_id: str, text: str, *, url: str = "", is_alert: bool = False) -> None:
        """Answers a press at once, unpaced; one that can no longer be answered is let go and logged."""
        try:
            await self.bot.answer_callback_query(
                press_id, text=text or None, show_alert=is_alert, url=url or None
            )
        except TelegramError as error:
            if is_press_expired(error):
                _log.info("press_expired", press_id=press_id)
            else:
                _log.warning("press_not_answered", press_id=press_id, error=str(error))

    async def react(self, chat_id: ChatId, message_id: MessageId, emoji: str) -> Outcome:
        """Puts a reaction on a message, unpaced; a 429 makes the chat rest."""
        return await self._tried(chat_id, partial(self._react, chat_id, message_id, emoji))

    async def send_document(self, chat_id: ChatId, name: str, data: bytes) -> Outcome:
        """Sends a file under this name."""
        return await self._paced(chat_id, partial(self._send_document, chat_id, name, data))

    async def leave(self, chat_id: ChatId) -> None:
        """Leaves a chat, or the supergroup it became; a chat the bot is no longer in is left already.

        Raises:
            TelegramAway: It is not known to have been done; it may be tried again.
        """
        try:
            await self.bot.leave_chat(chat_id)
        except TelegramError as error:
            outcome = outcome_of(error)
            if outcome.fate in _MAY_BE_TRIED_AGAIN:
                raise TelegramAway(outcome.detail) from error
            if outcome.migrated_to is not None:
                await self.leave(outcome.migrated_to)
            else:
                _log.info("chat_left_already", chat_id=chat_id, error=outcome.detail)

    async def _paced(self, chat_id: ChatId, call: Callable[[], Awaitable[MessageId]]) -> Outcome:
        wait = self.pacing.wait_seconds(chat_id)
        if wait > 0:
            return Outcome(Fate.WAIT, wait_seconds=wait, detail="not this chat's turn yet")
        with self.pacing.turn(chat_id):
            return await self._tried(chat_id, call)

    async def _tried(self, chat_id: ChatId, call: Callable[[], Awaitable[MessageId]]) -> Outcome:
        try:
            return Outcome(Fate.SENT, message_id=await call())
        except TelegramError as error:
            outcome = outcome_of(error)
        if outcome.fate is Fate.WAIT:
            self.meter.limited()
            self.pacing.rest(chat_id, outcome.wait_seconds)
        if outcome.fate is not Fate.SENT:
            _log.info("telegram_failed", chat_id=chat_id, fate=outcome.fate, error=outcome.detail)
        return outcome

    async def _send(
        self, chat_id: ChatId, card: Card, thread_id: ThreadId | None, reply_to: MessageId | None
    ) -> MessageId:
        post = partial(
            self.bot.send_photo if card.charts else self.bot.send_message,
            chat_id,
            reply_markup=_keyboard(card),
            message_thread_id=None if thread_id == GENERAL_THREAD else thread_id,
        )
        if card.pointing is not None:
            return await self._point(chat_id, card.pointing, partial(post, text=card.html), post)
        if card.charts:
            post = partial(post, photo=await _picture(card), caption=card.html)
        else:
            post = partial(post, text=card.html)
        if reply_to is None:
            return MessageId((await post()).message_id)
        try:
            reply = ReplyParameters(reply_to, allow_sending_without_reply=True)
            sent = await post(reply_parameters=reply)
        except BadRequest as error:
            if not is_reply_gone(error):
                raise
            sent = await post()
        return MessageId(sent.message_id)

    async def _point(
        self,
        chat_id: ChatId,
        at: Pointing,
        answering: Callable[..., Awaitable[Sent]],
        plainly: Callable[..., Awaitable[Sent]],
    ) -> MessageId:
        """Answers a message with the words quoted, then without them, then says what was said itself.

        A refusal may speak of the chat pointed into, so it says nothing about this one.
        """
        source = None if at.chat_id == chat_id else at.chat_id
        for words in dict.fromkeys((at.words, "")):
            reply = ReplyParameters(
                at.message_id, chat_id=source, quote=words or None, quote_parse_mode=None
            )
            try:
                return MessageId((await answering(reply_parameters=reply)).message_id)
            except (BadRequest, Forbidden, ChatMigrated) as error:
                _log.info("not_pointed", chat_id=chat_id, error=str(error))
        return MessageId((await plainly(text=at.otherwise)).message_id)

    async def _remove(self, chat_id: ChatId, message_id: MessageId) -> MessageId:
        await self.bot.delete_message(chat_id, message_id)
        return message_id

    async def _send_document(self, chat_id: ChatId, name: str, data: bytes) -> MessageId:
        return MessageId((await self.bot.send_document(chat_id, data, filename=name)).message_id)

    async def _edit(self, chat_id: ChatId, message_id: MessageId, card: Card) -> MessageId:
        where: dict[str, Any] = {
            "chat_id": chat_id, "message_id": message_id, "reply_markup": _keyboard(card)
        }  # fmt: skip
        if card.charts:
            media = InputMediaPhoto(await _picture(card), caption=card.html, filename=PICTURE)
            await self.bot.edit_message_media(media, **where)
            return message_id
        try:
            await self.bot.edit_message_text(card.html, **where)
        except BadRequest as error:
            if not is_picture(error):
                raise
            await self.bot.edit_message_caption(caption=card.html, **where)
        return message_id

    async def _react(self, chat_id: ChatId, message_id: MessageId, emoji: str) -> MessageId:
        await self.bot.set_message_reaction(chat_id, message_id, [ReactionTypeEmoji(emoji)])
        return message_id


async def _picture(card: Card) -> bytes:
    """Its charts as PNG; drawing takes a while, and others speak meanwhile."""
    from bot.view.charts import drawn  # noqa: PLC0415 # who asks for no picture does not wait for it

    return await asyncio.to_thread(drawn, card.charts)


def _keyboard(card: Card) -> InlineKeyboardMarkup | None:
    rows = [[_button(button) for button in row] for row in card.buttons if row]
    return InlineKeyboardMarkup(rows) if rows else None


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.label, url=button.url)
    return InlineKeyboardButton(button.label, callback_data=button.payload)
