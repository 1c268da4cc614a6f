"""Coming and going: of the bot, of people, of a group's id and title."""

from dataclasses import replace

from aiogram import F, Router
from aiogram.types import (
    ChatMemberAdministrator,
    ChatMemberBanned,
    ChatMemberLeft,
    ChatMemberRestricted,
    ChatMemberUpdated,
)
from aiogram.types import Message as TelegramMessage
from aiogram.types.chat_member_union import ChatMemberUnion

from bot.hear.scene.identity import Scene
from bot.hear.services import Services
from core.domain.ids import ChatId, PersonId
from core.ports.chat import Card
from core.services.chats.joining import Joined, Membership


def router(services: Services) -> Router:
    """Listens to changes of membership and to service messages about the chat itself."""
    made = Router(name="membership")

    @made.my_chat_member()
    async def own(event: ChatMemberUpdated, scene: Scene) -> None:
        await _own(event, scene, services)

    @made.chat_member()
    async def others(event: ChatMemberUpdated, scene: Scene) -> None:
        person_id = PersonId(event.new_chat_member.user.id)
        is_member = is_inside(event.new_chat_member)
        await services.joining.member_changed(scene.chat_id, person_id, is_member=is_member)

    @made.message(F.migrate_to_chat_id)
    async def moved_to(message: TelegramMessage, scene: Scene) -> None:
        await services.intake.migrate(scene.chat_id, ChatId(message.migrate_to_chat_id or scene.chat_id))

    @made.message(F.migrate_from_chat_id)
    async def moved_from(message: TelegramMessage, scene: Scene) -> None:
        await services.intake.migrate(ChatId(message.migrate_from_chat_id or scene.chat_id), scene.chat_id)

    @made.message(F.new_chat_title)
    async def retitled(message: TelegramMessage, scene: Scene) -> None:
        await services.joining.refresh(
            replace(scene.seen, title=message.new_chat_title or scene.seen.title)
        )

    return made


async def _own(event: ChatMemberUpdated, scene: Scene, services: Services) -> None:
    if scene.is_direct:
        if not is_inside(event.new_chat_member):
            await services.people.shut_out(PersonId(scene.chat_id))
        return
    chat = replace(
        scene.seen, bot_is_administrator=isinstance(event.new_chat_member, ChatMemberAdministrator)
    )
    change = Membership(
        chat,
        by=scene.person.id if scene.person else None,
        is_in=is_inside(event.new_chat_member),
    )
    if await services.joining.bot_status(change) is Joined.REFUSED:
        await refuse_group(scene, services)


async def refuse_group(scene: Scene, services: Services) -> None:
    """One sentence, said at once because nothing may be stored, and the bot is gone."""
    text = services.texts.say("notice-group-refused", scene.language)
    await services.messenger.send(scene.chat_id, Card(text), thread_id=None, reply_to=None)
    await services.messenger.leave(scene.chat_id)


def is_inside(member: ChatMemberUnion) -> bool:
    """Whether this status is one of being in the chat."""
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return not isinstance(member, ChatMemberLeft | ChatMemberBanned)
