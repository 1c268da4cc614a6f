"""How cost grows: an installation filled with more and more messages, and what each path then takes."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.importing import imported_apart
from tests.bench.live import WORDS, burst
from tests.bench.measure import Effort, p99
from tests.bench.press import Presser, dealt
from tests.bench.sides import OURS, Side, side, storing
from tests.bench.stores import DatabaseKind, memory_megabytes
from tests.bench.table import columns_of
from tests.builders import PROJECT

HEADINGS = (
    "database", "messages", "import, each", "its memory", "disk", "start", "live, each", "press p50",
    "p99", "its processor", "words", "bot's memory",
)  # fmt: skip
SIZES = (10_000, 100_000, 1_000_000)
FOUND = 20
"""Messages a search by words gives."""


@dataclass(frozen=True)
class Grown:
    """What it costs with so many messages there: milliseconds each, megabytes."""

    kind: DatabaseKind
    messages: int
    import_us: float
    import_megabytes: float
    disk_megabytes: float
    start_seconds: float
    live_ms: float
    presses: Sequence[float]
    press_worked_ms: float
    words_ms: float
    bot_megabytes: float

    @property
    def cells(self) -> tuple[str, ...]:
        """A row of the table."""
        return (
            str(self.kind),
            f"{self.messages:,}",
            f"{self.import_us:.0f} µs",
            f"{self.import_megabytes:.0f} MB",
            f"{self.disk_megabytes:.0f} MB",
            f"{self.start_seconds:.1f} s",
            f"{self.live_ms:.2f} ms",
            f"{median(self.presses) * 1000:.1f} ms",
            f"{p99(self.presses) * 1000:.1f} ms",
            f"{self.press_worked_ms:.1f} ms",
            f"{self.words_ms:.1f} ms",
            f"{self.bot_megabytes:.0f} MB",
        )


async def grown(folder: Path, kind: DatabaseKind, messages: int, effort: Effort) -> Grown:
    """Fill one installation, then talk, press and search in it."""
    said, pressed, warm = effort.of(1000, 100), effort.of(200, 40), effort.of(40, 8)
    async with side(folder, kind) as made:
        took = await imported_apart(folder, made.store.url, messages)
        await made.store.settle()
        disk = await made.store.megabytes()
        words = await _by_words(made)
        cards = await dealt(made, warm + pressed)
        async with made.listening(OURS) as bot:
            presser = Presser(bot, cards)
            await presser.press(warm)
            await presser.press(pressed)
            await burst(bot, warm)
            live = await burst(bot, said) / said * 1000
            memory = memory_megabytes(bot.process.pid)
    return Grown(
        kind,
        messages,
        took.seconds / messages * 1e6,
        took.peak_megabytes,
        disk,
        bot.start_seconds,
        live,
        presser.rounds[-1],
        presser.worked[-1] * 1000,
        words,
        memory,
    )


def growth_table(rows: Sequence[Grown]) -> str:
    """The rows in columns."""
    return "\n".join(columns_of([HEADINGS, *(row.cells for row in rows)]))


async def _by_words(made: Side) -> float:
    """Milliseconds of a search among all that was said: for a number few have, and for words most have."""
    async with storing(made) as transactions:
        took: list[float] = []
        for question in (*(f"phone {number}" for number in range(100, 110)), *WORDS):
            started = time.perf_counter()
            async with transactions.reading() as tx:
                if not await tx.search.messages_by_words(PROJECT, question, FOUND):
                    raise AssertionError(f"nobody is found to have said {question!r}")
            took.append(time.perf_counter() - started)
    return median(took) * 1000
