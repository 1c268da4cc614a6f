"""Joins the parts of one sandbox and keeps its pending presses, files and log of calls."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.delivery.changes import Changes
from bot.sandbox.delivery.updates import UpdateQueue
from bot.sandbox.delivery.webhook import Webhook
from bot.sandbox.rules.faults import Faults
from bot.sandbox.rules.limits import FloodLimits
from bot.sandbox.shape import Json
from bot.sandbox.world.model import Person
from bot.sandbox.world.store import BotProfile, World

CALLS_KEPT = 50_000


@dataclass(slots=True)
class CallRecord:
    """One call of the Bot API, as it came and as it ended.

    `status` is the HTTP status sent, or 0 when the connection was closed without an answer.
    """

    id: int
    method: str
    params: Json
    at: float
    status: int = -1
    error: str | None = None
    result: object = None
    seconds: float = 0.0


@dataclass(slots=True)
class Press:
    """A press of a button that waits for `answerCallbackQuery`."""

    id: str
    person: int
    chat: int
    message: int
    at: float
    answer: asyncio.Future[Json]


@dataclass(slots=True, frozen=True)
class StoredFile:
    """A file somebody sent."""

    id: str
    name: str
    mime: str
    data: bytes
    path: str


@dataclass(slots=True)
class Sandbox:
    """Everything one running sandbox holds."""

    world: World
    queue: UpdateQueue
    webhook: Webhook
    limits: FloodLimits
    faults: Faults = field(default_factory=Faults)
    changes: Changes = field(default_factory=Changes)
    calls: deque[CallRecord] = field(default_factory=lambda: deque[CallRecord](maxlen=CALLS_KEPT))
    presses: dict[str, Press] = field(default_factory=dict[str, Press])
    files: dict[str, StoredFile] = field(default_factory=dict[str, StoredFile])
    last_call_id: int = 0
    last_press_id: int = 4_000_000_000
    calls_open: int = 0

    def store_file(self, name: str, mime: str, data: bytes) -> StoredFile:
        """Keeps a file and returns it with its id and download path."""
        number = len(self.files)
        kind = "photos" if mime.startswith("image/") else "documents"
        stored = StoredFile(f"BQACAgSandbox{number:06d}", name, mime, data, f"{kind}/{number}_{name}")
        self.files[stored.id] = stored
        return stored


def new_sandbox(
    *,
    token: str,
    username: str,
    name: str,
    has_limits: bool,
    clock: Callable[[], float] = time.time,
) -> Sandbox:
    """Returns an empty sandbox with one bot.

    Args:
        token: `<bot id>:<anything>`; the id is taken from it, as in Telegram.
        username: The bot's, without @.
        name: The bot's first name.
        has_limits: Whether the flood limits hold.
        clock: Returns Unix seconds.
    """
    bot = Person(int(token.partition(":")[0]), name, username=username, is_bot=True)
    world = World(BotProfile(token, bot), clock)
    queue = UpdateQueue(world.now)
    return Sandbox(world, queue, Webhook(queue, world.now), FloodLimits(is_on=has_limits))
