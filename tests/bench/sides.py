"""The two sides of a bench over HTTP: a bot in a process of its own, and the Telegram it talks to."""

import asyncio
import os
import signal
import sys
import time
from asyncio.subprocess import STDOUT, Process
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from bot.sandbox.driver import Chat, Driver, Person
from bot.sandbox.server import Address, serve
from bot.world import SystemClock
from core.domain import person as domain
from core.domain.ids import ChatId, PersonId
from storage.engine import open_engine
from storage.unit_of_work import SqlTransactions
from tests.bench.measure import fresh
from tests.bench.stores import DatabaseKind, Store, processor_seconds, stored
from tests.builders import PROJECT, a_project

ROOT = Path(__file__).parents[2]
OURS = ("-m", "bot", "run")
"""The program, as a person starts it."""
BARE = ("-m", "tests.bench.bare")
PEOPLE = 8
START_SECONDS = 300.0
STOP_SECONDS = 10.0
LOOK_SECONDS = 0.002
"""How often the database is looked at: on both sides alike, and how exact every latency is."""
GIVE_UP_SECONDS = 300.0


class Slow(AssertionError):
    """A bot did not do in time what it is measured at; the message has the end of its log."""


@dataclass
class Side:
    """One bot's world: its Telegram, people with a direct chat each and a group, its database."""

    folder: Path
    store: Store
    driver: Driver
    address: Address
    people: Sequence[Person]
    group: Chat
    session: aiohttp.ClientSession

    def transactions(self) -> SqlTransactions:
        """Our way into the database, to be disposed of by `storing`."""
        return SqlTransactions(open_engine(self.store.url), SystemClock())

    async def call(self, method: str, **fields: object) -> Any:
        """Call the Bot API in the bot's name; returns the result."""
        url = f"{self.address.url}/bot{self.address.token}/{method}"
        async with self.session.post(url, json=fields) as response:
            answer: dict[str, Any] = await response.json()
        if not answer["ok"]:
            raise RuntimeError(f"{method}: {answer}")
        return answer["result"]

    async def watch(self, rows: int) -> list[float]:
        """When each message became visible, by its place in the table, until there are so many."""
        seen: list[float] = []
        give_up = time.perf_counter() + GIVE_UP_SECONDS
        async with self.store.looking() as ask:
            while len(seen) < rows:
                last = await ask("SELECT coalesce(max(seq), 0) FROM message")
                now = time.perf_counter()
                seen += [now] * (last - len(seen))
                if now > give_up:
                    raise Slow(f"{len(seen)} of {rows} messages\n{self.log()}")
                await asyncio.sleep(LOOK_SECONDS)
        return seen

    def log(self) -> str:
        """The end of what the bot had to say."""
        file = self.folder / "bot.log"
        return file.read_text("utf-8")[-2000:] if file.exists() else ""

    @asynccontextmanager
    async def process(self, program: Sequence[str]) -> AsyncGenerator[Process]:
        """The bot while the block runs; it polls some seconds later."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TRIAGRAM__")}
        given = {
            "PYTHONPATH": str(ROOT),
            "TRIAGRAM__TELEGRAM__TOKEN": self.address.token,
            "TRIAGRAM__TELEGRAM__API_BASE": self.address.url,
            "TRIAGRAM__DATABASE__URL": self.store.url,
        }
        with (self.folder / "bot.log").open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable, *program, cwd=self.folder, env=kept | given, stdout=log, stderr=STDOUT
            )
            try:
                yield process
            finally:
                await _stopped(process)

    @asynccontextmanager
    async def listening(self, program: Sequence[str]) -> AsyncGenerator["Bot"]:
        """The bot while the block runs: it has started, said all it had to say, and is asleep."""
        started = time.perf_counter()
        async with self.process(program) as process:
            await self._wait_polling(process)
            bot = Bot(self, process, time.perf_counter() - started)
            await self.driver.wait_quiet(seconds=0.5, timeout=START_SECONDS)
            bot.sleep()
            try:
                yield bot
            finally:
                bot.wake()

    async def _wait_polling(self, process: Process) -> None:
        async with asyncio.TaskGroup() as group:
            polling = group.create_task(self.driver.wait_polling(timeout=START_SECONDS))
            dead = group.create_task(process.wait())
            await asyncio.wait({polling, dead}, return_when=asyncio.FIRST_COMPLETED)
            if not polling.done():
                raise Slow(f"the bot ended with {dead.result()}\n{self.log()}")
            dead.cancel()


@dataclass(frozen=True)
class Bot:
    """A bot that only runs in its own rounds: what it still has to do may not disturb the other's.

    `start_seconds` went by from its first line until it asked for updates.
    """

    side: Side
    process: Process
    start_seconds: float

    def processor_seconds(self) -> float:
        """What it has worked so far."""
        return processor_seconds(self.process.pid)

    @asynccontextmanager
    async def awake(self) -> AsyncGenerator[None]:
        """The bot runs while the block does."""
        self.wake()
        try:
            yield
        finally:
            self.sleep()

    def wake(self) -> None:
        """Let it run."""
        self._signal(signal.SIGCONT)

    def sleep(self) -> None:
        """Stop it where it is."""
        self._signal(signal.SIGSTOP)

    def _signal(self, which: signal.Signals) -> None:
        if self.process.returncode is None:
            self.process.send_signal(which)


@asynccontextmanager
async def side(folder: Path, kind: DatabaseKind) -> AsyncGenerator[Side]:
    """A world in which everybody knows each other and no update waits."""
    fresh(folder)
    async with (
        stored(kind, folder) as store,
        serve(has_limits=False) as address,
        Driver(address.url) as driver,
        aiohttp.ClientSession() as session,
    ):
        people = [await driver.person(f"Person {number}", f"person{number}") for number in range(PEOPLE)]
        group = await driver.group("Mobile", people, "supergroup")
        made = Side(folder, store, driver, address, people, group, session)
        await driver.add_bot(group)
        for person in people:
            await driver.private(person, start=True)
        await made.call("deleteWebhook", drop_pending_updates=True)
        await _furnish(made)
        yield made


@asynccontextmanager
async def storing(made: Side) -> AsyncGenerator[SqlTransactions]:
    """Transactions on a side's database."""
    transactions = made.transactions()
    try:
        yield transactions
    finally:
        await transactions.database.dispose()


async def _furnish(made: Side) -> None:
    """A project that reads the group, with everybody a reviewer."""
    group = ChatId(made.group.id)
    async with storing(made) as transactions, transactions() as tx:
        await tx.projects.add(a_project(has_named_reviewers=True))
        await tx.chats.put(
            domain.Chat(
                group, domain.ChatKind.SUPERGROUP, "Mobile", state=domain.ChatState.READING,
                bot_is_administrator=True,
            )
        )  # fmt: skip
        await tx.chats.bind(domain.Binding(group, PROJECT))
        for one in made.people:
            person = domain.Person(PersonId(one.id), one.name, one.username, has_direct_chat=True)
            await tx.people.put(person)
            await tx.people.set_role(PROJECT, person.id, domain.Role.REVIEWER)


async def _stopped(process: Process) -> None:
    """End it as an operator would; it has a while to finish."""
    if process.returncode is not None:
        return
    process.terminate()
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
