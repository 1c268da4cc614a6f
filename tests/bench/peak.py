"""Imports an export in a process of its own; prints how many messages, seconds, peak memory."""

import asyncio
import resource
import sys
from pathlib import Path

import typer

from tests.bench.importing import imported

if __name__ == "__main__":
    export, address, folder = sys.argv[1:]
    seconds, new = asyncio.run(imported(Path(export), address, Path(folder)))
    # Kibibytes on Linux, https://man7.org/linux/man-pages/man2/getrusage.2.html.
    typer.echo(f"{new} {seconds} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}")
