"""The program as a person starts it, in a process of its own, with a look at its memory and its log."""

import asyncio
import os
import re
import sys
from asyncio.subprocess import STDOUT, Process
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.sandbox.driver import Driver
from bot.sandbox.server import Address
from tests.bench.sides import OURS

ROOT = Path(__file__).parents[3]
START_SECONDS = 120.0
STOP_SECONDS = 40.0
"""Longer than the program takes for itself."""
_KIB = 1024
_MEMORY = re.compile(r"^VmRSS:\s+(\d+) kB$", re.MULTILINE)
_FAILURE = re.compile(r"Traceback|\"level\": ?\"(?:error|critical)\"|\[(?:error|critical)\b")


@dataclass(frozen=True)
class Program:
    """One that runs."""

    process: Process
    log: Path

    def memory_mb(self) -> int:
        """What it holds now, https://man7.org/linux/man-pages/man5/proc_pid_status.5.html; 0 elsewhere."""
        status = Path(f"/proc/{self.process.pid}/status")
        found = _MEMORY.search(status.read_text("utf-8")) if status.exists() else None
        return int(found[1]) // _KIB if found else 0

    def ensure_nothing_failed(self) -> None:
        """Raise AssertionError with what its log has of an error."""
        text = self.log.read_text("utf-8")
        failure = _FAILURE.search(text)
        assert failure is None, text[max(0, failure.start() - 500) : failure.end() + 3000]


@asynccontextmanager
async def program(
    folder: Path, address: Address, driver: Driver, database_url: str, command: Sequence[str] = OURS
) -> AsyncGenerator[Program]:
    """A bot while the block runs: it polls at the beginning, and has ended well in the end."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRIAGRAM__")}
    given = {
        "PYTHONPATH": str(ROOT),
        "TRIAGRAM__TELEGRAM__TOKEN": address.token,
        "TRIAGRAM__TELEGRAM__API_BASE": address.url,
        "TRIAGRAM__DATABASE__URL": database_url,
        "TRIAGRAM__WEB__LISTEN": "",
    }
    log = folder / "bot.log"
    with log.open("wb") as out:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *command, cwd=folder, env=kept | given, stdout=out, stderr=STDOUT
        )
    try:
        await driver.wait_polling(START_SECONDS)
        yield Program(process, log)
        process.terminate()
        async with asyncio.timeout(STOP_SECONDS):
            assert await process.wait() == 0, log.read_text("utf-8")[-2000:]
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
