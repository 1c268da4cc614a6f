"""Which messages and reactions reach the bot.

https://core.telegram.org/bots/features#privacy-mode
"""

import re

from bot.sandbox.shape import Json
from bot.sandbox.text.units import utf16_slice
from bot.sandbox.world.model import Chat, Message
from bot.sandbox.world.store import World

_COMMAND = re.compile(r"/\w+(?:@(\w+))?$")


def hears_chat(world: World, chat: Chat) -> bool:
    """Whether anything of the chat may reach the bot."""
    if chat.kind == "private":
        return True
    me = chat.member(world.bot.person.id)
    return me.is_admin if chat.kind == "channel" else me.is_present


def hears_message(world: World, message: Message) -> bool:
    """Whether the bot is told of a message: bots never see bots, privacy mode hides talk."""
    chat = world.chat(message.chat)
    if not hears_chat(world, chat) or message.sender == world.bot.person.id:
        return False
    if message.service is not None:
        return True
    sent_as_chat = message.sender_chat is not None
    if world.person(message.sender).is_bot and not sent_as_chat:
        return False
    if chat.kind in {"private", "channel"} or not world.bot.privacy:
        return True
    return chat.member(world.bot.person.id).is_admin or _is_meant(world, chat, message)


def _is_meant(world: World, chat: Chat, message: Message) -> bool:
    bot = world.bot.person
    answered = chat.messages.get(message.reply_to or 0)
    if answered is not None and answered.sender == bot.id:
        return True
    return any(_names_bot(message.text, entity, bot.username or "") for entity in message.entities)


def _names_bot(text: str, entity: Json, username: str) -> bool:
    part = utf16_slice(text, entity)
    if entity["type"] == "mention":
        return part[1:].lower() == username.lower()
    if entity["type"] == "bot_command" and (found := _COMMAND.match(part)):
        return found[1] is None or found[1].lower() == username.lower()
    return False


def sees_reactions(world: World, chat: Chat) -> bool:
    """Whether reactions reach the bot: in groups only an administrator is told."""
    return chat.kind == "private" or chat.member(world.bot.person.id).is_admin


def sees_members(world: World, chat: Chat) -> bool:
    """Whether `chat_member` updates reach the bot: only an administrator is told."""
    return chat.kind != "private" and chat.member(world.bot.person.id).is_admin
