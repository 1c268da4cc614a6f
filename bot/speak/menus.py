"""The command menus Telegram shows, per role and language."""

from collections.abc import Iterable, Sequence

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)

from core.domain.ids import PersonId

Menu = Sequence[tuple[str, str]]


async def register_menus(bot: Bot, members: Menu, reviewers: Menu, people: Iterable[PersonId]) -> None:
    """Members' menu everywhere; reviewers' in the direct chats of these people.

    Raises:
        telegram.error.TelegramError: Telegram refused, or did not answer.
    """
    plain = [BotCommand(name, text) for name, text in members]
    for scope in (BotCommandScopeAllGroupChats(), BotCommandScopeAllPrivateChats()):
        await bot.set_my_commands(plain, scope=scope)
    full = [BotCommand(name, text) for name, text in reviewers]
    for person_id in people:
        await bot.set_my_commands(full, scope=BotCommandScopeChat(person_id))
