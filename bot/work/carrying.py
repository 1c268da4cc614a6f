"""`Carrier`: wake-ups and batch ids go through one NATS server to the processes of one bot.

Everything carried may be lost or come twice: who gets a batch's id claims its row, and rows nobody was told
of are found by those who look now and then. So nothing here is tried twice or kept.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js.api import ConsumerConfig, RetentionPolicy, StreamConfig
from taskiq import AsyncTaskiqDecoratedTask, TaskiqError
from taskiq.receiver import Receiver
from taskiq_nats import PullBasedJetStreamBroker

from bot.world import LocalWakeups, seat_name
from core.errors import Bug
from core.ports.world import Lane

AGAIN_SECONDS = 2.0
"""After a server that answered but could not be used."""
PULL_SECONDS = 5.0
"""Without a limit, a pull from before a restart of the server would be waited for in vain for ever."""
KEPT_SECONDS = 24 * 3600.0
"""An id that nobody took for so long tells nothing that looking does not."""
MOST_WAITING = 10_000
"""Wake-ups that wait for the server; more are let go."""
_AWAY = (NatsError, TaskiqError, OSError, TimeoutError)

_log = structlog.get_logger(__name__)

Take = Callable[[UUID], Awaitable[object]]


@dataclass(frozen=True)
class Workplace:
    """Who takes batches in this process: `take` is given an id, at most `at_once` beside each other.

    Once `leaving` is set no more are taken; those under way have `finish_seconds`, then they are cancelled.
    """

    take: Take
    at_once: int
    finish_seconds: float


class Carrier(LocalWakeups):
    """Wake-ups that reach the other processes too, as long as `run` runs and the server is there.

    Args:
        url: `nats://…` or `tls://…`, with a password if it needs one.
        bot_id: Whose processes; other bots may use the same server.
    """

    def __init__(self, url: str, bot_id: int) -> None:
        super().__init__()
        self._url = url
        self._name = f"triagram-{bot_id}"
        self._origin = seat_name()
        self._outbox: asyncio.Queue[tuple[Lane, Sequence[UUID]]] = asyncio.Queue(MOST_WAITING)
        self._under_way: set[asyncio.Task[object]] = set()
        self._is_told_away = False
        # They tell of every message and every retry.
        for name in ("taskiq", "taskiq_nats", "nats"):
            logging.getLogger(name).setLevel(logging.CRITICAL)

    def wake(self, lane: Lane, ids: Sequence[UUID] = ()) -> None:
        """Wake this process at once and the others soon; with ids, whoever is free gets one each."""
        self.again(lane)
        if not self._outbox.full():
            self._outbox.put_nowait((lane, ids))

    async def run(self, leaving: asyncio.Event, workplace: Workplace | None = None) -> None:
        """Carry until `leaving` is set and what was taken is done; the server may come and go."""
        async with asyncio.TaskGroup() as group:
            carrying = group.create_task(self._carry_on(leaving, workplace))
            await leaving.wait()
            if workplace is not None:
                await self._finish(workplace.finish_seconds)
            # What is closed on purpose is not away.
            self._is_told_away = True
            carrying.cancel()

    async def _carry_on(self, leaving: asyncio.Event, workplace: Workplace | None) -> None:
        while True:
            broker = self._broker()
            try:
                await self._carry(broker, leaving, workplace)
            except* _AWAY as group:
                _log.warning("the queue is opened anew", error=repr(group.exceptions[0]))
            finally:
                await broker.shutdown()
            await asyncio.sleep(AGAIN_SECONDS)

    async def _carry(
        self, broker: PullBasedJetStreamBroker, leaving: asyncio.Event, workplace: Workplace | None
    ) -> None:
        """Until cancelled, or the server cannot be used; one that is away is waited for, however long."""

        async def batch(batch_id: str) -> None:
            if workplace is not None and not leaving.is_set():
                await self._take(workplace.take, UUID(batch_id))

        task = broker.register_task(batch, task_name="batch")
        await broker.startup()
        await broker.client.subscribe(f"{self._name}.wake.*", cb=self._woken)  # pyright: ignore[reportUnknownMemberType] -- nats-py leaves a future's type open
        await self._back()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._send(broker, task))
            if workplace is not None:
                receiver = Receiver(broker, max_async_tasks=workplace.at_once, run_startup=False)
                group.create_task(receiver.listen(leaving))

    async def _take(self, take: Take, batch_id: UUID) -> None:
        """Take it, in a task of TaskIQ's that only we can end."""
        present = asyncio.current_task()
        if present is None:
            raise Bug("a batch came outside of a task")
        self._under_way.add(present)
        try:
            await take(batch_id)
        finally:
            self._under_way.discard(present)

    async def _finish(self, seconds: float) -> None:
        if not self._under_way:
            return
        _, late = await asyncio.wait(self._under_way, timeout=seconds)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)

    async def _send(
        self, broker: PullBasedJetStreamBroker, task: AsyncTaskiqDecoratedTask[[str], Any]
    ) -> None:
        while True:
            lane, ids = await self._outbox.get()
            try:
                for one in ids:
                    await task.kiq(str(one))
                await broker.client.publish(f"{self._name}.wake.{lane}", self._origin.encode())
            except _AWAY as away:
                _log.warning(
                    "a wake-up is lost, others find it when they look", lane=lane, error=repr(away)
                )

    async def _woken(self, message: Msg) -> None:
        lane = message.subject.rpartition(".")[2]
        if message.data.decode() != self._origin and lane in set(Lane):
            self.again(Lane(lane))

    async def _left(self, error: Exception | None = None) -> None:
        if not self._is_told_away:
            self._is_told_away = True
            _log.warning(
                "the queue's server is away; work goes on by looking every few seconds", error=repr(error)
            )

    async def _back(self) -> None:
        self._is_told_away = False
        _log.info("the queue is open")

    def _broker(self) -> PullBasedJetStreamBroker:
        """A connection not opened yet."""
        return PullBasedJetStreamBroker(
            self._url,
            subject=f"{self._name}.batches",
            stream_name=self._name,
            durable="workers",
            stream_config=StreamConfig(retention=RetentionPolicy.WORK_QUEUE, max_age=KEPT_SECONDS),
            consumer_config=ConsumerConfig(durable_name="workers"),
            pull_consume_timeout=PULL_SECONDS,
            error_cb=self._left,
            disconnected_cb=self._left,
            reconnected_cb=self._back,
            max_reconnect_attempts=-1,
            reconnect_time_wait=1,
        )


async def _unheard(_error: Exception) -> None:
    """What `ask` raises says it already."""


async def ask(url: str, seconds: float) -> str:
    """What is wrong with the server at this address, "" when it answers and keeps messages (JetStream)."""
    client = Client()
    try:
        async with asyncio.timeout(seconds):
            await client.connect(url, allow_reconnect=False, error_cb=_unheard)
            await client.jetstream().account_info()  # pyright: ignore[reportUnknownMemberType] -- its options have no types
    except _AWAY as away:
        return f"{type(away).__name__}: {away}".strip(": ")
    finally:
        await client.close()
    return ""
