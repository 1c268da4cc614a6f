"""Start: from the first line of the program to the first update served."""

import asyncio
import sys
import time
from functools import partial
from pathlib import Path

from tests.bench.measure import Aim, Effort, Line, Round, alternate
from tests.bench.sides import OURS, Side, side
from tests.bench.stores import DatabaseKind

IMPORTS = ("-c", "import aiogram, telegram, sqlmodel")


async def measure(folder: Path, effort: Effort, kind: DatabaseKind) -> list[Line]:
    """One line: the program beside three imports, each in a fresh process."""
    async with side(folder / "ours", kind) as ours:
        if not effort.is_quick:
            await _served(ours)
            await _imported()
        before = await ours.store.count("message")
        rounds = await alternate(effort.rounds, partial(_served, ours), _imported)
        counted = await ours.store.count("message") - before
    if counted != effort.rounds:
        raise AssertionError(f"started {effort.rounds} times, served {counted} updates")
    each = [Round(one.ours * 1000, one.baseline * 1000) for one in rounds]
    against = "importing aiogram, telegram and sqlmodel; a restart, one message waits and is stored"
    return [Line("start to first update served", each, "ms", Aim(most=1.3), against, counted)]


async def _served(ours: Side) -> float:
    before = await ours.store.count("message")
    await ours.driver.say(ours.people[0], ours.group, "the first thing the bot hears after its start")
    started = time.perf_counter()
    async with ours.process(OURS):
        await ours.watch(before + 1)
        return time.perf_counter() - started


async def _imported() -> float:
    started = time.perf_counter()
    process = await asyncio.create_subprocess_exec(sys.executable, *IMPORTS)
    if await process.wait() != 0:
        raise AssertionError("the imports failed")
    return time.perf_counter() - started
