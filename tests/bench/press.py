"""A press: somebody approves a proposal; it is decided, committed, answered."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from uuid import UUID

from bot.sandbox.driver import Person
from bot.view.payload import Press, Verb, payload_of
from bot.world import SystemClock
from core.domain.ids import ChatId, MessageId, PersonId
from core.domain.proposal import Proposal
from core.domain.showing.spot import Spot
from core.domain.showing.view import ProposalCard
from tests.bench.measure import Aim, Effort, Line, Round, alternate, p99
from tests.bench.sides import BARE, OURS, Bot, Side, side, storing
from tests.bench.stores import DatabaseKind
from tests.builders import a_proposal, a_task_draft

WARM = 40
"""Presses before the first round."""
ANSWER_SECONDS = 30.0


@dataclass(frozen=True)
class Card:
    """A card in somebody's direct chat, with its Approve."""

    person: Person
    message_id: int
    payload: str


@dataclass
class Presser:
    """One side's cards, each pressed once.

    `rounds` are the seconds its answers took, by round; `worked` what its process worked, a press.
    """

    bot: Bot
    cards: Sequence[Card]
    pressed: int = 0
    rounds: list[list[float]] = field(default_factory=list[list[float]])
    worked: list[float] = field(default_factory=list[float])

    async def press(self, count: int) -> float:
        """Press the next so many, everybody their own one after another; seconds in all."""
        cards = self.cards[self.pressed : self.pressed + count]
        self.pressed += count
        started, worked = time.perf_counter(), self.bot.processor_seconds()
        async with self.bot.awake(), asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(self._in_turn([card for card in cards if card.person == person]))
                for person in self.bot.side.people
            ]
        self.worked.append((self.bot.processor_seconds() - worked) / count)
        self.rounds.append([wait for task in tasks for wait in task.result()])
        return time.perf_counter() - started

    async def _in_turn(self, cards: Sequence[Card]) -> list[float]:
        waits: list[float] = []
        for card in cards:
            started = time.perf_counter()
            answer = await self.bot.side.driver.press(
                card.person, card.person.id, card.message_id, data=card.payload, timeout=ANSWER_SECONDS
            )
            waits.append(time.perf_counter() - started)
            if not answer.text.startswith("Approved"):
                raise AssertionError(f"pressed Approve, told {answer.text!r}")
        return waits


async def measure(folder: Path, effort: Effort, kind: DatabaseKind) -> list[Line]:
    """Three lines: the middle press, the slowest of a hundred, and what a press has the bot work."""
    presses = effort.of(400, 80)
    total = WARM + effort.rounds * presses
    async with (
        _presser(folder / "ours", kind, OURS, total) as ours,
        _presser(folder / "bare", kind, BARE, total) as bare,
    ):
        await alternate(effort.rounds, partial(ours.press, presses), partial(bare.press, presses))
        counted = (
            await ours.bot.side.store.count("task"),
            await bare.bot.side.store.count("decision"),
        )
    if counted != (total, total):
        raise AssertionError(f"pressed {total}, decided {counted}")
    # The first of each was to get warm.
    pairs = list(zip(ours.rounds, bare.rounds, strict=True))[1:]
    worked = [
        Round(mine * 1000, theirs * 1000)
        for mine, theirs in list(zip(ours.worked, bare.worked, strict=True))[1:]
    ]
    return [
        _line("press, p50", pairs, median, total),
        _line("press, p99", pairs, p99, total),
        Line(
            "press, processor time",
            worked,
            "ms",
            None,
            "the bot's own process, without the database's",
            total,
        ),
    ]


def _line(
    path: str,
    pairs: Sequence[tuple[Sequence[float], Sequence[float]]],
    figure: Callable[[Sequence[float]], float],
    total: int,
) -> Line:
    rounds = [Round(figure(ours) * 1000, figure(bare) * 1000) for ours, bare in pairs]
    against = f"aiogram, one committed row and an answer; {len(pairs[0][0])} presses a round, 8 at once"
    return Line(path, rounds, "ms", Aim(most=3.0), against, total)


@asynccontextmanager
async def _presser(
    folder: Path, kind: DatabaseKind, program: Sequence[str], total: int
) -> AsyncGenerator[Presser]:
    """A warm bot with so many cards dealt to its people."""
    async with side(folder, kind) as made:
        cards = await dealt(made, total)
        async with made.listening(program) as bot:
            presser = Presser(bot, cards)
            await presser.press(WARM)
            yield presser


async def dealt(made: Side, total: int) -> list[Card]:
    """Pending proposals, a card each, as delivery would have left them."""
    cards: list[Card] = []
    async with storing(made) as transactions:
        for number in range(1, total + 1):
            person = made.people[number % len(made.people)]
            proposal = a_proposal(number, content=a_task_draft(title=f"Mend the login, case {number}"))
            spot = _spot(number, proposal, person)
            payload = payload_of(Press(Verb.APPROVE, spot.id, proposal.press_version))
            message_id = await _sent(made, person, proposal.name, payload)
            async with transactions() as tx:
                await tx.proposals.add(proposal)
                await tx.spots.add(spot.shown_as(MessageId(message_id), spot.wanted, "as dealt"))
            cards.append(Card(person, message_id, payload))
    return cards


def _spot(number: int, proposal: Proposal, person: Person) -> Spot:
    return Spot(
        id=UUID(int=10**6 + number),
        view=ProposalCard(proposal.id),
        chat_id=ChatId(person.id),
        created_at=SystemClock().now(),
        about=frozenset({proposal.id}),
        reader_id=PersonId(person.id),
    )


async def _sent(made: Side, person: Person, text: str, payload: str) -> int:
    keyboard = {"inline_keyboard": [[{"text": "Approve", "callback_data": payload}]]}
    sent = await made.call("sendMessage", chat_id=person.id, text=text, reply_markup=keyboard)
    return sent["message_id"]
