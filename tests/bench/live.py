"""Live messages: said in a group, heard over HTTP long polling, kept in a commit."""

import asyncio
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from bot.sandbox.driver import Saying
from tests.bench.measure import Aim, Effort, Line, Round, alternate, p99
from tests.bench.sides import BARE, OURS, Bot, Side, side
from tests.bench.stores import DatabaseKind

WARM = 100
"""Messages before the first round."""
PACE_SECONDS = 0.01
"""One message each: an extremely busy chat, of which both sides can keep up."""
WORDS = (
    "the login button does nothing on my phone since this morning",
    "I will look at it after the standup, is there a log?",
    "we said the release goes out on Thursday, so it has to be mended before",
    "same here on the tablet, Android is fine though",
)


async def measure(folder: Path, effort: Effort, kind: DatabaseKind) -> list[Line]:
    """Two lines: a backlog worked off, and how long one message takes."""
    said, paced = effort.of(2000, 200), effort.of(200, 50)
    async with side(folder / "ours", kind) as first, side(folder / "bare", kind) as second:
        async with first.listening(OURS) as ours, second.listening(BARE) as bare:
            for bot in (ours, bare):
                await burst(bot, WARM)
            bursts = await alternate(effort.rounds, partial(burst, ours, said), partial(burst, bare, said))
            latencies = await alternate(
                effort.rounds, partial(_paced, ours, paced), partial(_paced, bare, paced)
            )
        counted = await _ensure_whole([first, second], WARM + effort.rounds * (said + paced))
    return [_backlog(bursts, said, counted), _latency(latencies, paced, counted)]


def _backlog(rounds: Sequence[Round], burst: int, counted: int) -> Line:
    each = [Round(one.ours / burst * 1000, one.baseline / burst * 1000) for one in rounds]
    against = f"aiogram, one committed INSERT a message; {burst} queued updates a round"
    return Line("live messages, each", each, "ms", Aim(least=1.0), against, counted)


def _latency(rounds: Sequence[Round], paced: int, counted: int) -> Line:
    each = [Round(one.ours * 1000, one.baseline * 1000) for one in rounds]
    against = f"the same handler; {paced} messages a round, one every {PACE_SECONDS * 1000:g} ms"
    return Line("live message, said to stored, p99", each, "ms", None, against, counted)


async def burst(bot: Bot, count: int) -> float:
    """Seconds from when so many updates are queued until all are committed.

    All are said in one request, so the bot's waiting poll is answered when the last has been said.
    """
    one = bot.side
    before = await one.store.count("message")
    async with bot.awake():
        await one.driver.say_many(_sayings(one, count))
        started = time.perf_counter()
        await one.watch(before + count)
        return time.perf_counter() - started


async def _paced(bot: Bot, count: int) -> float:
    """Seconds from saying to being stored that 99 of 100 messages take at most."""
    one = bot.side
    before = await one.store.count("message")
    sayings, at = _sayings(one, count), list[float]()
    async with bot.awake(), asyncio.TaskGroup() as group:
        watching = group.create_task(one.watch(before + count))
        for saying in sayings:
            at.append(time.perf_counter())
            await one.driver.say(saying.person, saying.chat, saying.text)
            await asyncio.sleep(PACE_SECONDS)
    seen = watching.result()[before:]
    return p99([stored - said for said, stored in zip(at, seen, strict=True)])


def _sayings(one: Side, count: int) -> list[Saying]:
    people = one.people
    return [
        Saying(people[number % len(people)], one.group, f"{WORDS[number % len(WORDS)]} ({number})")
        for number in range(count)
    ]


async def _ensure_whole(sides: Sequence[Side], said: int) -> int:
    """Raise AssertionError unless both kept every message once."""
    kept = [await one.store.count("message") for one in sides]
    if kept != [said] * len(kept):
        raise AssertionError(f"said {said}, kept {kept}")
    return said
