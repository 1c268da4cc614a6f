"""`python -m tests.bench.footprint`: what a server needs: memory, start time, room on the disk."""

import asyncio
import os
import platform
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from bot.sandbox.driver import Saying
from tests.bench.importing import imported_apart
from tests.bench.live import WORDS
from tests.bench.measure import fresh
from tests.bench.sides import OURS, Side, side
from tests.bench.stores import DatabaseKind, memory_megabytes, processor_seconds, stored

SAID = 5000
"""Messages said at once to a bot that runs, then read into notes."""
IMPORTED = 100_000
IDLE_SECONDS = 10.0
READING_SECONDS = 600.0


async def main() -> None:
    """Measure and print the rows of README's table."""
    with TemporaryDirectory(prefix="triagram-footprint-") as folder:
        async with side(Path(folder) / "bot", DatabaseKind.SQLITE) as made:
            started, idle, peak, notes = await _running(made)
        disk = await _imported(Path(folder))
    typer.echo(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}\n")
    typer.echo(f"start until it listens        {started:.1f} s of one core")
    typer.echo(f"idle memory                   {idle} MB")
    typer.echo(f"peak memory                   {peak} MB, {SAID} messages at once read into {notes} notes")
    typer.echo(f"disk per 100,000 messages     {disk} MB")


async def _running(made: Side) -> tuple[float, int, int, int]:
    """Seconds of the processor until it listens, MB idle, MB at most, notes found."""
    async with made.process(OURS) as process:
        await made.driver.wait_polling(60)
        started = processor_seconds(process.pid)
        await asyncio.sleep(IDLE_SECONDS)
        idle = memory_megabytes(process.pid, "VmRSS")
        people = made.people
        await made.driver.say_many(
            [
                Saying(people[number % len(people)], made.group, f"{WORDS[number % len(WORDS)]} ({number})")
                for number in range(SAID)
            ]
        )
        await made.watch(SAID)
        await made.driver.say(people[0], made.group, "/extract")
        notes = await _read(made)
        return started, idle, memory_megabytes(process.pid), notes


async def _read(made: Side) -> int:
    """Wait until the run is over; returns how many notes it proposed."""
    give_up = time.perf_counter() + READING_SECONDS
    while time.perf_counter() < give_up:
        await asyncio.sleep(1)
        ended = await made.store.ask("SELECT count(*) FROM run WHERE status NOT IN ('pending', 'running')")
        if ended:
            return await made.store.count("proposal")
    raise AssertionError(f"not read after {READING_SECONDS:g} s\n{made.log()}")


async def _imported(folder: Path) -> int:
    """MB of the database of that many imported messages, search included."""
    async with stored(DatabaseKind.SQLITE, fresh(folder / "import")) as store:
        await imported_apart(folder, store.url, IMPORTED)
        return await store.megabytes()


if __name__ == "__main__":
    asyncio.run(main())
