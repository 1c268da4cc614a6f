"""The command menus Telegram shows, per role and language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)

from core.domain.ids import PersonId

Menu = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Menus:
    """Both roles' menus in one language."""

    members: Menu
    reviewers: Menu


async def register_menus(
    bot: Bot, plain: Menus, others: Mapping[str, Menus], people: Mapping[PersonId, str]
) -> None:
    """Members' menu everywhere, in the language people have Telegram in; reviewers' in their direct chats.

    Args:
        bot: Who calls.
        plain: For everybody whose language is not among `others`.
        others: By two-letter code.
        people: Reviewers with their language.

    Raises:
        telegram.error.TelegramError: Telegram refused, or did not answer.
    """
    for scope in (BotCommandScopeAllGroupChats(), BotCommandScopeAllPrivateChats()):
        await _register(bot, plain.members, scope)
        for code, menus in others.items():
            await _register(bot, menus.members, scope, code)
    for person_id, language in people.items():
        await _register(bot, others.get(language, plain).reviewers, BotCommandScopeChat(person_id))


async def _register(bot: Bot, menu: Menu, scope: BotCommandScope, code: str | None = None) -> None:
    await bot.set_my_commands([BotCommand(*entry) for entry in menu], scope=scope, language_code=code)
