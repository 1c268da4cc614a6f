"""A press: somebody approves a proposal; it is decided, committed, answered."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from uuid import UUID

from bot.sandbox.driver import Person
from bot.view.payload import Press, Verb, payload_of
from bot.world import SystemClock, SystemIds
from core.domain.ids import ChatId, MessageId, PersonId
from core.domain.spot import ProposalCard, Spot
from tests.bench.measure import Aim, Effort, Line, Round, p99
from tests.bench.sides import BARE, OURS, Side, side, storing
from tests.builders import a_proposal, a_task_draft

WARM = 80
AIM = Aim(most=3.0)


@dataclass(frozen=True)
class Card:
    """A card in somebody's direct chat, with its Approve."""

    person: Person
    message_id: int
    payload: str


async def measure(folder: Path, effort: Effort) -> list[Line]:
    """Two lines: the middle press and the slowest of a hundred."""
    presses = effort.of(2000, 80)
    async with AsyncExitStack() as stack:
        ours = await stack.enter_async_context(side(folder / "ours"))
        bare = await stack.enter_async_context(side(folder / "bare"))
        total = WARM + effort.rounds * presses
        cards = [await _dealt(ours, total), await _dealt(bare, total)]
        await stack.enter_async_context(ours.listening(OURS))
        await stack.enter_async_context(bare.listening(BARE))
        await _pressed(ours, cards[0][:WARM])
        await _pressed(bare, cards[1][:WARM])
        rounds = await _rounds((ours, bare), [dealt[WARM:] for dealt in cards], presses)
    counted = (ours.count("task"), bare.count("decision"))
    if counted != (total, total):
        raise AssertionError(f"pressed {total}, decided {counted}")
    return [_line("press, p50", rounds[0], presses, total), _line("press, p99", rounds[1], presses, total)]
