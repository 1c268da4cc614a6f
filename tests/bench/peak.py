"""Imports an export in a process of its own and prints how many messages it stored and its peak memory."""

import asyncio
import resource
import sys
from pathlib import Path

import typer

from tests.bench.importing import imported

if __name__ == "__main__":
    _, new = asyncio.run(imported(Path(sys.argv[1]), Path(sys.argv[2])))
    # Kibibytes on Linux, https://man7.org/linux/man-pages/man2/getrusage.2.html.
    typer.echo(f"{new} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}")
