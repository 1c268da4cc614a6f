"""`python -m tests.bench [--quick] [--database …] [NAME …]`: every path beside its baseline, in a table."""

import argparse
import asyncio
import os
import platform
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog
import typer

from tests.bench import importing, live, nearest, press, starting, working
from tests.bench.growth import SIZES, Grown, grown, growth_table
from tests.bench.measure import Effort, Line
from tests.bench.stores import DatabaseKind
from tests.bench.table import table_of

Bench = Callable[[Path, Effort, DatabaseKind], Awaitable[list[Line]]]

BENCHES: Mapping[str, Bench] = {
    "live": live.measure,
    "import": importing.measure,
    "press": press.measure,
    "nearest": nearest.measure,
    "start": starting.measure,
    "run": working.measure,
}


ON_SQLITE_ONLY = frozenset({"start"})
"""Nearly all of a start is the program's own, whatever keeps its rows."""


async def measured(names: Sequence[str], kinds: Sequence[DatabaseKind], effort: Effort) -> list[Line]:
    """The lines of these benches, one after another, each in a folder that goes with it."""
    lines: list[Line] = []
    for name in names:
        for kind in kinds:
            if kind is DatabaseKind.SQLITE or name not in ON_SQLITE_ONLY:
                typer.echo(f"{name}, {kind} …", err=True)
                with TemporaryDirectory(prefix=f"triagram-bench-{name}-") as folder:
                    found = await BENCHES[name](Path(folder), effort, kind)
                lines += [replace(line, path=f"{kind}: {line.path}") for line in found]
    return lines


async def grown_on(kinds: Sequence[DatabaseKind], effort: Effort) -> list[Grown]:
    """Each database at each size."""
    rows: list[Grown] = []
    for kind in kinds:
        for messages in SIZES:
            size = effort.of(messages, messages // 100)
            typer.echo(f"growth, {kind}, {size:,} messages …", err=True)
            with TemporaryDirectory(prefix="triagram-growth-") as folder:
                rows.append(await grown(Path(folder) / "side", kind, size, effort))
            # A million take their time; what is known by then is worth having.
            typer.echo(growth_table(rows[-1:]), err=True)
    return rows


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHES)}; all without")
    parser.add_argument("--quick", action="store_true", help="little of each: a smoke test")
    parser.add_argument("--growth", action="store_true", help="how cost grows with what is there; no names")
    parser.add_argument("--database", choices=list(DatabaseKind), help="one of them; both without")
    given = parser.parse_args(arguments)
    if unknown := set(given.names) - set(BENCHES):
        parser.error(f"no such bench: {', '.join(sorted(unknown))}")
    structlog.configure(logger_factory=structlog.WriteLoggerFactory(file=sys.stderr))
    kinds = [DatabaseKind(given.database)] if given.database else list(DatabaseKind)
    before, effort = os.getloadavg()[0], Effort(is_quick=given.quick)
    if given.growth:
        table = growth_table(asyncio.run(grown_on(kinds, effort)))
    else:
        table = table_of(asyncio.run(measured(given.names or list(BENCHES), kinds, effort)))
    typer.echo(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
    typer.echo(f"load {before:.1f} before, {os.getloadavg()[0]:.1f} after\n")
    typer.echo(table)


if __name__ == "__main__":
    main(sys.argv[1:])
