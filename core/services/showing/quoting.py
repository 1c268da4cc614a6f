"""`Show`: a reply that points at a message an item rests on, for a while."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from core.domain.evidence import Evidence, Quote, found_in
from core.domain.ids import ChatId, Kind, Ref
from core.domain.message import Message, Origin
from core.domain.person import Chat, ChatKind, ChatState, Project
from core.domain.showing.shown import ShownQuotation, TakenAway
from core.domain.showing.spot import Place
from core.domain.showing.view import Quotation
from core.errors import NotFound
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock
from core.services.access.readership import Readership
from core.services.showing.sight import Picture, Sight

STANDS_FOR = timedelta(minutes=10)
"""Long enough to look; then it is taken away, so that looking leaves nothing in the chat."""


@dataclass(frozen=True)
class QuotingService:
    """Finds what a reply can point at."""

    transactions: Transactions
    clock: Clock
    readership: Readership

    async def is_standing(self, item: Ref, place: Place) -> bool:
        """Whether a message of this item is shown at the place already."""
        async with self.transactions.reading() as tx:
            spots = await tx.spots.list_about(item.id)
        views = [spot.view for spot in spots if spot.chat_id == place.chat_id]
        now = self.clock.now()
        return any(isinstance(view, Quotation) and view.until > now for view in views)

    async def find(self, item: Ref, place: Place) -> Quotation | None:
        """The first message of the item that a reply at this place can point at; None for none.

        Whether it may be read there is looked at again, with Telegram's word, when it is shown.
        """
        patient = replace(self.readership, age=timedelta.max)
        async with self.transactions.reading() as tx:
            sight = Sight(tx, place, self.clock.now(), patient)
            _, _, evidence = await _rests_on(sight, item)
            chats = await sight.chats_of([evidence])
            for quote in evidence.quotes:
                if await _is_reachable(tx, quote, place, chats):
                    return Quotation(item, quote.key, self.clock.now() + STANDS_FOR)
        return None


async def load_quotation(sight: Sight, view: Quotation) -> Picture:
    """A Quotation; taken away when its time is over, or its words are gone or not for this reader."""
    try:
        name, project, evidence = await _rests_on(sight, view.item)
    except NotFound:
        return Picture(TakenAway())
    quote = next((one for one in evidence.quotes if one.key == view.key), None)
    message = await sight.tx.messages.find(view.key)
    if quote is None or message is None or view.until <= sight.now:
        return Picture(TakenAway(), project)
    words = found_in(quote.text, message.text)
    shown = ShownQuotation(view, name, quote, words, more=evidence.message_count - 1)
    return Picture(shown, project, repaint_at=view.until)


async def _rests_on(sight: Sight, item: Ref) -> tuple[str, Project, Evidence]:
    """A task's or proposal's name, its project, and what it rests on as far as it may be read here."""
    if item.kind is Kind.TASK:
        task = await sight.tx.tasks.get(item.id)
        project = await sight.tx.projects.get(task.project_id)
        seen = await sight.seen_task(project, task)
        return task.name, project, seen.whole_evidence if seen is not None else Evidence()
    proposal = await sight.tx.proposals.get(item.id)
    project = await sight.tx.projects.get(proposal.project_id)
    may_be_read = await sight.sees(project, proposal.evidence)
    return proposal.name, project, proposal.evidence if may_be_read else Evidence()


async def _is_reachable(tx: UnitOfWork, quote: Quote, place: Place, chats: Mapping[ChatId, Chat]) -> bool:
    """Whether Telegram lets the bot point at it from here: it must have the message before its own eyes."""
    message = await tx.messages.find(quote.key)
    if message is None:
        return False
    if quote.key.chat_id == place.chat_id:
        return not _has_other_id(message, chats.get(quote.key.chat_id))
    chat = chats.get(quote.key.chat_id)
    if chat is None or chat.id > 0 or chat.migrated_to is not None:
        return False
    return chat.state is ChatState.READING and not _has_other_id(message, chat)


def _has_other_id(message: Message, chat: Chat | None) -> bool:
    """In basic groups everybody counts messages for themselves: an exporter's ids are not the bot's."""
    is_basic = chat is not None and chat.kind is ChatKind.GROUP
    return message.origin is Origin.IMPORTED and is_basic
