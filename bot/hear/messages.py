"""Talk: who is let in, what is stored, what a reply to a card means."""

from dataclasses import replace

from aiogram import Router
from aiogram.types import Message as TelegramMessage

from bot.hear.filters import Commanded, Strange, Unopened
from bot.hear.scene.identity import Scene
from bot.hear.services import Services
from bot.view.links import group_link
from core.domain.knowledge import TopicDraft
from core.domain.person import Actor
from core.domain.proposal import Content, Proposal, Reason
from core.domain.showing.spot import Spot
from core.domain.showing.view import Panel, ProposalCard, SessionCard
from core.domain.showing.view_known import KnownPanel, TopicCard
from core.errors import BadText
from core.services.chats.joining import NEW_PROJECT

TITLE_LIMIT = 200
"""Characters of a title, as the evidence check bounds it."""


def gate(services: Services) -> Router:
    """Stops those the bot does not work for: one sentence in direct chat, nothing in a group."""
    made = Router(name="gate")

    @made.message(Strange(), Commanded("start"))
    async def claim(_message: TelegramMessage, scene: Scene) -> None:
        token = scene.command.rest if scene.command else ""
        if token:
            link = group_link(services.bot_username(), NEW_PROJECT)
            await services.people.claim(token, scene.who, scene.place, link)
        else:
            await services.placing.tell(scene.place, "stranger-refused")

    @made.message(Strange())
    async def refuse(_message: TelegramMessage, scene: Scene) -> None:
        await services.placing.tell(scene.place, "stranger-refused")

    @made.message(Unopened(), ~Commanded("start", "setup"))
    async def pass_by(message: TelegramMessage, scene: Scene) -> None:
        """Words of a group nobody opened are let go."""

    return made


def router(services: Services) -> Router:
    """Stores what is said and changed; unknown commands are answered only when they are meant for us."""
    made = Router(name="messages")

    @made.edited_message()
    async def edited(_message: TelegramMessage, scene: Scene) -> None:
        if scene.message is not None and scene.is_reading:
            is_command = scene.command is not None
            await services.intake.take_edit(replace(scene.message, is_excluded=is_command))

    @made.message()
    async def said(_message: TelegramMessage, scene: Scene) -> None:
        if scene.command is not None:
            if scene.is_direct or scene.command.is_addressed:
                await services.placing.tell(scene.place, "unknown-command")
        elif not await answered_card(scene, services):
            await take(scene, services)

    return made


async def take(scene: Scene, services: Services) -> None:
    """Store one message of a chat that is read."""
    if scene.message is not None and scene.is_reading:
        people = [scene.person] if scene.person else []
        await services.intake.take_messages([scene.message], people)


async def answered_card(scene: Scene, services: Services) -> bool:
    """Whether the message was a reply to a card that waits for words, which it then is given."""
    if scene.message is None or scene.message.reply_to is None or scene.person is None:
        return False
    spot = await services.acting.find_spot_at(scene.chat_id, scene.message.reply_to)
    text = " ".join(scene.message.text.split())
    if spot is None or not text:
        return False
    if isinstance(spot.view, TopicCard):
        return await _renamed(spot, spot.view, text, scene.actor, services)
    if not isinstance(spot.view, ProposalCard | SessionCard):
        return False
    if spot.view.panel is Panel.MERGE:
        await services.placing.turn_spot(spot.id, replace(spot.view, query=text))
        return True
    proposal = await services.acting.proposal_at(spot.view)
    return await _took_words(spot, proposal, text, scene.actor, services)


async def _renamed(spot: Spot, view: TopicCard, text: str, actor: Actor, services: Services) -> bool:
    if view.panel is not KnownPanel.RENAME:
        return False
    await services.acting.and_close_panel(spot.id, services.topics.rename(view.topic_id, text, actor))
    return True


async def _took_words(spot: Spot, proposal: Proposal, text: str, actor: Actor, services: Services) -> bool:
    panel = spot.view.panel if isinstance(spot.view, ProposalCard | SessionCard) else Panel.MAIN
    if panel is Panel.REASONS:
        explaining = services.review.explain(proposal.id, actor, Reason.OTHER, text)
        await services.acting.and_close_panel(spot.id, explaining)
        return True
    if panel is Panel.EDIT:
        editing = services.review.edit(
            proposal.id, _retitled(proposal.content, text), actor, proposal.press_version
        )
        await services.acting.and_close_panel(spot.id, editing)
        return True
    return False


def _retitled(content: Content, title: str) -> Content:
    if len(title) > TITLE_LIMIT:
        raise BadText("title", TITLE_LIMIT, len(title))
    if isinstance(content, TopicDraft):
        return replace(content, name=title)
    return replace(content, title=title)
