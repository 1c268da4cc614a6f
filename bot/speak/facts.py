"""`PtbChatFacts`: what Telegram says about a chat and about the bot, asked now."""

from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import TypeVar

from telegram import (
    Bot,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberBanned,
    ChatMemberLeft,
    ChatMemberOwner,
    ChatMemberRestricted,
)
from telegram.error import BadRequest, TelegramError

from bot.speak.failures import is_not_a_member, outcome_of
from core.domain.ids import ChatId, PersonId
from core.errors import NotFound, TelegramAway
from core.ports.chat import ChatAdministrator, Fate

T = TypeVar("T")


@dataclass(frozen=True)
class PtbChatFacts:
    """`core.ports.chat.ChatFacts` over one bot."""

    bot: Bot = field(repr=False)

    async def administrators(self, chat_id: ChatId) -> list[ChatAdministrator]:
        """Returns all administrators, the bot's own account included, in Telegram's order.

        Raises:
            NotFound: The chat is gone, or the bot is not in it.
            TelegramAway: Telegram did not answer.
        """
        members = await _asked(chat_id, self.bot.get_chat_administrators(chat_id))
        return [
            _administrator(member)
            for member in members
            if isinstance(member, ChatMemberOwner | ChatMemberAdministrator)
        ]

    async def is_member(self, chat_id: ChatId, person_id: PersonId) -> bool:
        """Returns whether a person is in a chat now.

        Raises:
            NotFound: The chat is gone, or the bot is not in it.
            TelegramAway: Telegram did not answer.
        """
        try:
            return _is_inside(await _asked(chat_id, self.bot.get_chat_member(chat_id, person_id)))
        except _NoSuchMember:
            return False

    async def reads_everything(self) -> bool:
        """Returns whether the bot's privacy mode is off.

        Raises:
            TelegramAway: Telegram did not answer.
        """
        try:
            me = await self.bot.get_me()
        except TelegramError as error:
            raise TelegramAway(str(error)) from error
        return bool(me.can_read_all_group_messages)


class _NoSuchMember(Exception):
    """Telegram knows nobody of that id in the chat."""


async def _asked(chat_id: ChatId, question: Awaitable[T]) -> T:
    try:
        return await question
    except TelegramError as error:
        if is_not_a_member(error):
            raise _NoSuchMember from error
        # A refusal comes back the same; all else passes, a migration when its update is taken.
        is_final = outcome_of(error).fate is Fate.CHAT_GONE or isinstance(error, BadRequest)
        raise NotFound("chat", str(chat_id)) if is_final else TelegramAway(str(error)) from error


def _administrator(member: ChatMemberOwner | ChatMemberAdministrator) -> ChatAdministrator:
    user = member.user
    return ChatAdministrator(
        PersonId(user.id),
        user.full_name,
        user.username,
        is_owner=isinstance(member, ChatMemberOwner),
        is_anonymous=member.is_anonymous,
        is_bot=user.is_bot,
        language=user.language_code or "en",
    )


def _is_inside(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return not isinstance(member, ChatMemberLeft | ChatMemberBanned)
