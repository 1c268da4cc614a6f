"""What a reply to one of our messages means: a word to search, a reason, a change, or talk."""

from dataclasses import replace
from uuid import UUID

from bot.hear.buttons.settings import ensure_spoken
from bot.hear.scene.identity import Scene
from bot.hear.services import Services
from core.domain.person import Actor
from core.domain.proposal import Reason
from core.domain.showing.panel import Panel
from core.domain.showing.view import ProposalCard, SessionCard, TaskCard
from core.domain.showing.view_known import KnownPanel, TopicCard
from core.domain.showing.view_settings import ProjectCard
from core.services.desk.editing import Reply
from core.services.desk.replies import Answered


async def answered_card(scene: Scene, services: Services) -> bool:
    """Whether the message was a reply that means something to the card it answers, which then is done."""
    if scene.message is None or scene.message.reply_to is None or scene.person is None:
        return False
    spot = await services.acting.find_spot_at(scene.chat_id, scene.message.reply_to)
    text = scene.message.text.strip()
    if spot is None or not text:
        return False
    if isinstance(spot.view, ProposalCard | SessionCard):
        reply = Reply(spot.id, scene.person, text)
        return await _took_words(reply, spot.view, scene.actor, services)
    if isinstance(spot.view, TopicCard) and spot.view.panel is KnownPanel.RENAME:
        renaming = services.topics.rename(spot.view.topic_id, text, scene.actor)
        await services.acting.and_close_panel(spot.id, renaming)
        return True
    if isinstance(spot.view, TaskCard):
        answer = Answered(spot.id, replace(scene.message, text=text), scene.person, scene.actor)
        patch = await services.task_replies.read(answer)
        await services.acting.together(
            lambda: services.task_replies.take(answer, patch), lambda: take(scene, services)
        )
        return True
    return isinstance(spot.view, ProjectCard) and await _turned(spot.id, spot.view, scene, services)


async def _turned(spot_id: UUID, view: ProjectCard, scene: Scene, services: Services) -> bool:
    """A knob's new value; of who may not turn it, and where none is asked for, it is talk."""
    text = scene.message.text if scene.message else ""
    if view.knob is None or not await services.turning.may_turn(spot_id, scene.actor):
        return False
    ensure_spoken(view.knob, text)
    await services.turning.turn_at(spot_id, view.knob, text, scene.actor)
    return True


async def take(scene: Scene, services: Services) -> None:
    """Store one message of a chat that is read."""
    if scene.message is not None and scene.is_reading:
        people = [scene.person] if scene.person else []
        await services.intake.take_messages([scene.message], people)


async def _took_words(
    reply: Reply, view: ProposalCard | SessionCard, actor: Actor, services: Services
) -> bool:
    line = " ".join(reply.text.split())
    if view.panel in {Panel.MERGE, Panel.COMBINE}:
        await services.placing.turn_spot(reply.spot_id, replace(view, query=line))
        return True
    if view.panel is Panel.REASONS:
        proposal = await services.acting.proposal_at(view)
        explaining = services.review.explain(proposal.id, actor, Reason.OTHER, line)
        await services.acting.and_close_panel(reply.spot_id, explaining)
        return True
    if view.panel is Panel.TITLE:
        await services.editing.retitle(replace(reply, text=line), actor)
        return True
    if isinstance(view, SessionCard) and view.at is None:
        return False
    return await services.editing.propose(reply)
