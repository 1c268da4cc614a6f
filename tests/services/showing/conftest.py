"""Delivery over a furnished house: the real painter, a messenger that remembers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pytest

from bot.schedule import next_fire
from bot.view.painter import CardPainter
from bot.view.texts import Texts
from core.domain.ids import ChatId, Kind, MessageId, Ref, ThreadId
from core.domain.proposal import Proposal
from core.domain.showing.shown import Reader, Shown
from core.domain.showing.spot import Place, Spot
from core.domain.showing.view import ProposalCard, View
from core.domain.showing.view_setup import HelpCard
from core.ports.chat import Card, Outcome
from core.rules.editing.editor import RuleEditor
from core.services.outside import Ports
from core.services.review.settling import Settling
from core.services.showing.delivery import DeliveryService
from core.services.showing.loading import Loaded, Loading
from core.services.wiring import UseCases, wired
from tests.builders import GROUP, PROJECT
from tests.fakes import (
    EverythingMatters,
    FakeExports,
    FakeLearner,
    FakeMessenger,
    HashEmbedder,
    JsonWriter,
    OneEach,
    Sent,
    SharesAWord,
    TitleMatcher,
)
from tests.house import ANN, DIRECT, REVIEWER, House

HELP = HelpCard(PROJECT)
"""A view that is always the same."""


@dataclass
class RememberingPainter:
    """The real painter, and everything it was asked to paint; `break_on` are views it cannot paint."""

    painter: CardPainter = field(default_factory=lambda: CardPainter(Texts()))
    painted: list[Shown] = field(default_factory=list[Shown])
    break_on: set[type] = field(default_factory=set[type])

    def paint(self, shown: Shown, reader: Reader, spot: Spot) -> Card:
        if type(spot.view) in self.break_on:
            raise ZeroDivisionError
        self.painted.append(shown)
        return self.painter.paint(shown, reader, spot)


@dataclass
class Telegram(FakeMessenger):
    """A messenger during whose next send something else happens."""

    during: Callable[[], Awaitable[object]] | None = None

    async def send(
        self, chat_id: ChatId, card: Card, *, thread_id: ThreadId | None, reply_to: MessageId | None
    ) -> Outcome:
        if self.during is not None:
            happens, self.during = self.during, None
            await happens()
        return await super().send(chat_id, card, thread_id=thread_id, reply_to=reply_to)


@dataclass
class Screen:
    """What people see of a house."""

    house: House
    messenger: Telegram
    painter: RememberingPainter
    do: UseCases
    delivery: DeliveryService
    loading: Loading

    async def show(self, view: View, place: Place = DIRECT) -> Spot:
        """Place a view about nothing in particular."""
        async with self.house.transactions() as tx:
            return await self.do.placing.show(tx, view, place)

    async def deliver(self) -> int:
        """Step until nothing is due; return how many steps had something to do."""
        steps = 0
        while await self.delivery.step():
            steps += 1
        return steps

    async def spot(self, spot: Spot) -> Spot:
        """The spot as it is stored now."""
        async with self.house.transactions.reading() as tx:
            return await tx.spots.get(spot.id)

    async def load(self, spot: Spot) -> Loaded:
        """What it shows now."""
        async with self.house.transactions.reading() as tx:
            return await self.loading.load(tx, await tx.spots.get(spot.id))

    @property
    def settling(self) -> Settling:
        """The steps of deciding."""
        return Settling(self.house.clock, self.house.ids, self.do.placing)

    def standing(self, chat_id: ChatId = DIRECT.chat_id) -> list[Sent]:
        """The messages in a chat, oldest first."""
        return [sent for (chat, _), sent in sorted(self.messenger.messages.items()) if chat == chat_id]

    def at(self, spot: Spot) -> Sent:
        """The message a spot stands at."""
        assert spot.message_id is not None
        return self.messenger.messages[spot.chat_id, MessageId(spot.message_id)]


def screen_of(house: House) -> Screen:
    """A screen over a house, wired as the program is."""
    messenger, painter = Telegram(), RememberingPainter()
    ports = Ports(
        transactions=house.transactions,
        clock=house.clock,
        ids=house.ids,
        wakeups=house.wakeups,
        facts=house.facts,
        messenger=messenger,
        painter=painter,
        embedder=HashEmbedder(),
        analyst=house.analyst,
        noise=EverythingMatters(),
        conversations=OneEach(),
        matcher=TitleMatcher(),
        answerer=SharesAWord(),
        learner=FakeLearner(),
        editor=RuleEditor(),
        deletions=house.deletions,
        writer=JsonWriter(),
        exports=FakeExports(),
        next_fire=next_fire,
        bot_id=1,
        bot_username=lambda: "triagram_bot",
        meter=house.meter,
        models=house.ports.models,
    )
    do = wired(ports, house.settings)
    return Screen(house, messenger, painter, do, do.delivery, do.delivery.loading)


@pytest.fixture
def screen(house: House) -> Screen:
    """The house with delivery; its one reviewer is a member of its group."""
    house.facts.members.add((GROUP, ANN))
    return screen_of(house)


async def add(screen: Screen, proposal: Proposal) -> Proposal:
    """A proposal that can be found by its words."""
    async with screen.house.transactions() as tx:
        await tx.proposals.add(proposal)
        await tx.search.put_text(Ref(Kind.PROPOSAL, proposal.id), PROJECT, proposal.title, "")
    return proposal


async def show_card(screen: Screen, proposal: Proposal) -> Spot:
    async with screen.house.transactions() as tx:
        view = ProposalCard(proposal.id)
        return await screen.do.placing.show(tx, view, DIRECT, about={proposal.id})


async def approve(screen: Screen, proposal: Proposal) -> None:
    await screen.do.review.approve(proposal.id, REVIEWER, proposal.press_version)


async def shown(screen: Screen, view: View, place: Place = DIRECT) -> object:
    """What a view shows once it was painted."""
    screen.painter.painted.clear()
    spot = await screen.show(view, place)
    await screen.deliver()
    assert (await screen.spot(spot)).message_id is not None
    return screen.painter.painted[-1]


async def put_up(screen: Screen, *proposals: Proposal) -> None:
    """Several of them."""
    for proposal in proposals:
        await add(screen, proposal)
