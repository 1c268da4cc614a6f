"""`python -m tests.bench [--quick] [NAME …]`: every path beside its baseline, as one table."""

import argparse
import asyncio
import os
import platform
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog
import typer

from tests.bench import importing, live, nearest, press, starting, working
from tests.bench.measure import Effort, Line
from tests.bench.table import table_of

Bench = Callable[[Path, Effort], Awaitable[list[Line]]]

BENCHES: Mapping[str, Bench] = {
    "live": live.measure,
    "import": importing.measure,
    "press": press.measure,
    "nearest": nearest.measure,
    "start": starting.measure,
    "run": working.measure,
}


async def measured(names: Sequence[str], effort: Effort) -> list[Line]:
    """The lines of these benches, one after another, each in a folder that goes with it."""
    lines: list[Line] = []
    for name in names:
        typer.echo(f"{name} …", err=True)
        with TemporaryDirectory(prefix=f"triagram-bench-{name}-") as folder:
            lines += await BENCHES[name](Path(folder), effort)
    return lines


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(BENCHES)}; all without")
    parser.add_argument("--quick", action="store_true", help="little of each: a smoke test")
    given = parser.parse_args(arguments)
    if unknown := set(given.names) - set(BENCHES):
        parser.error(f"no such bench: {', '.join(sorted(unknown))}")
    structlog.configure(logger_factory=structlog.WriteLoggerFactory(file=sys.stderr))
    lines = asyncio.run(measured(given.names or list(BENCHES), Effort(is_quick=given.quick)))
    typer.echo(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}\n")
    typer.echo(table_of(lines))


if __name__ == "__main__":
    main(sys.argv[1:])
