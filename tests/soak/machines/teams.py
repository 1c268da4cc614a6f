"""Teams that go on talking, reporting and deciding whatever becomes of the bot's processes."""

import asyncio
import random
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from bot.demo.stage import payload_for
from bot.main import App
from bot.sandbox.driver import Chat, Driver, Person, Saying, ShownMessage
from bot.view.payload import Verb
from core.domain import person as domain
from core.domain.ids import ChatId, PersonId
from core.errors import WorldFailed
from storage.tables import IncomingRow, MessageRow, ProposalRow, RunRow
from tests.soak.waiting import until

TALK, REPORT = "The", "My"
"""How what is said begins, and a bug."""
TEAMS = 3
GROUPS = 3
"""Of each team."""
TALK_SECONDS = 1.0
REPORT_SECONDS = 1.5
READ_SECONDS = 4.0
LOOK_SECONDS = 0.5
AGAIN_SECONDS = 20.0
"""Who presses and sees nothing come of it presses again."""
WORDS = (
    "anchor", "basket", "candle", "dragon", "engine", "forest", "guitar", "hammer", "island", "jacket",
    "kettle", "lantern", "magnet", "needle", "orange", "pencil", "quarry", "rocket", "saddle", "teapot",
    "umbrella", "violin", "walnut", "yogurt", "zipper", "balcony", "compass", "diesel",
)  # fmt: skip
OPEN = frozenset({"pending", "running", "completed", "reviewed"})
Rows = list[tuple[Any, ...]]
Life = Callable[[asyncio.Event], Awaitable[None]]
"""What somebody does until it is over."""


@dataclass(frozen=True)
class Team:
    """A project's reviewer and groups."""

    project_id: UUID
    reviewer: Person
    groups: Sequence[Chat]


@dataclass
class Told:
    """What people did: what was said by chat and message, the reports, who pressed which card how."""

    said: list[tuple[int, int, str]] = field(default_factory=list[tuple[int, int, str]])
    reports: list[str] = field(default_factory=list[str])
    approved: set[str] = field(default_factory=set[str])
    rejected: set[str] = field(default_factory=set[str])


@dataclass
class Teams:
    """All of them, at one Telegram; `app` only looks."""

    driver: Driver
    app: App
    all: Sequence[Team]
    random: random.Random
    told: Told = field(default_factory=Told)

    async def rows(self, query: str | sa.Executable) -> Rows:
        """What the database holds, once it answers."""
        asked = sa.text(query) if isinstance(query, str) else query
        while True:
            try:
                async with self.app.engine.reading() as connection:
                    found = await connection.execute(asked)
                    return [tuple(row) for row in found.all()]
            except WorldFailed:
                await asyncio.sleep(LOOK_SECONDS)

    @asynccontextmanager
    async def living(self, rounds: int, reports: int) -> AsyncGenerator[None]:
        """They talk, report, read and decide while the block runs; then what is begun is ended.

        So many rounds of talk and so many reports at most, else a slow machine would have more to do.
        """
        over = asyncio.Event()
        lives = [self._talk(rounds), self._report(reports)]
        async with asyncio.TaskGroup() as group:
            for one in [
                *lives,
                *(of for team in self.all for of in (self._read(team), self._decide(team))),
            ]:
                group.create_task(_lived(one, over))
            try:
                yield
            finally:
                over.set()

    def _talk(self, rounds: int) -> Life:
        async def talk(over: asyncio.Event) -> None:
            """One thing in each group, again and again."""
            for _ in range(rounds):
                if not over.is_set():
                    await self._say_all()
                    await asyncio.sleep(TALK_SECONDS)

        return talk

    async def _say_all(self) -> None:
        sayings = [
            Saying(team.reviewer, group, self._sentence(TALK)) for team in self.all for group in team.groups
        ]
        ids = await self.driver.say_many(sayings)
        self.told.said += [(group_of(one), id_, one.text) for one, id_ in zip(sayings, ids, strict=True)]

    def _report(self, reports: int) -> Life:
        async def report(over: asyncio.Event) -> None:
            """A bug of any team, again and again."""
            for _ in range(reports):
                if not over.is_set():
                    title, team = self._sentence(REPORT), self.random.choice(self.all)
                    self.told.reports.append(title)
                    await self.driver.say(team.reviewer, self.random.choice(team.groups), f"/bug {title}")
                    await asyncio.sleep(REPORT_SECONDS)

        return report

    def _read(self, team: Team) -> Life:
        async def read(over: asyncio.Event) -> None:
            """Run after run; each is closed before the next, its notes left for later."""
            while not over.is_set():
                await self.read_once(team)
                await asyncio.sleep(READ_SECONDS)

        return read

    async def read_once(self, team: Team) -> None:
        """One run from /extract to /close; none where nothing is unread."""
        before, status = await self._last_run(team)
        while status in OPEN:  # begun late, by a command that was not waited for
            await self._close(team)
            before, status = await self._last_run(team)

        async def has_begun() -> bool:
            return (await self._last_run(team))[0] != before

        async def is_answered() -> bool:
            return not await self._unread(team) or await has_begun()

        await self._command(team, "/extract")
        await until(is_answered)
        if await has_begun():
            await self._close(team)

    async def _close(self, team: Team) -> None:
        """Its last run, once that has read; a run without notes closes by itself."""

        async def has_read() -> bool:
            return (await self._last_run(team))[1] not in {"pending", "running"}

        async def is_closed() -> bool:
            return (await self._last_run(team))[1] not in OPEN

        await until(has_read)
        if not await is_closed():
            await self._command(team, "/close carry")
        await until(is_closed)

    async def _unread(self, team: Team) -> Rows:
        chats = [group.id for group in team.groups]
        said = col(MessageRow.chat_id).in_(chats), col(MessageRow.text).startswith(f"{TALK} ")
        unread = sa.select(sa.literal(1)).where(*said, col(MessageRow.batch_id).is_(None))
        return await self.rows(unread.limit(1))

    async def _command(self, team: Team, command: str) -> None:
        await self.driver.say(team.reviewer, team.reviewer.id, command)

    async def _last_run(self, team: Team) -> tuple[int, str]:
        runs = sa.select(col(RunRow.number), col(RunRow.status)).where(
            col(RunRow.project_id) == team.project_id
        )
        found = await self.rows(runs.order_by(col(RunRow.number).desc()).limit(1))
        return (int(found[0][0]), str(found[0][1])) if found else (0, "")

    def _decide(self, team: Team) -> Life:
        async def decide(over: asyncio.Event) -> None:
            """Every third report is rejected; ends when no card is left to decide."""
            pressed: dict[int, float] = {}
            while not over.is_set() or await self._undecided(team):
                await self._press(team, pressed)
                await asyncio.sleep(LOOK_SECONDS)

        return decide

    async def _undecided(self, team: Team) -> Rows:
        """Its reports that are pending, and updates that may be some more."""
        of_team = col(ProposalRow.project_id) == team.project_id, col(ProposalRow.source) == "bug"
        pending = sa.select(sa.literal(1)).where(*of_team, col(ProposalRow.status) == "pending")
        waiting = sa.select(sa.literal(1)).where(col(IncomingRow.status) == "waiting")
        return await self.rows(pending.union(waiting))

    async def _press(self, team: Team, pressed: dict[int, float]) -> None:
        now = asyncio.get_running_loop().time()
        for card in await self.driver.messages(team.reviewer.id, from_bot=True):
            data = payload_for(card, Verb.APPROVE)
            if data is None or now - pressed.get(card.id, -AGAIN_SECONDS) < AGAIN_SECONDS:
                continue
            pressed[card.id] = now
            await self.driver.press_raw(team.reviewer, team.reviewer.id, card.id, self._choice(card, data))

    def _choice(self, card: ShownMessage, approve: str) -> str:
        title = card.text.splitlines()[1]
        if title in self.told.approved | self.told.rejected:
            is_rejected = title in self.told.rejected
        else:
            is_rejected = (len(self.told.approved) + len(self.told.rejected)) % 3 == 2
            (self.told.rejected if is_rejected else self.told.approved).add(title)
        return (payload_for(card, Verb.REJECT) or approve) if is_rejected else approve

    def _sentence(self, first: str) -> str:
        """Hardly like any other, and a whole one: nothing is left out as known or as noise."""
        one, two, three, four, five, six = self.random.sample(WORDS, 6)
        number = self.random.randrange(10**6)
        return f"{first} {one} of the {two} breaks the {three} when a {four} meets {five} {six} {number}"


def group_of(saying: Saying) -> int:
    """The id of the group it is said in."""
    return saying.chat if isinstance(saying.chat, int) else saying.chat.id


async def _lived(one: Life, over: asyncio.Event) -> None:
    await one(over)


async def furnished(driver: Driver, app: App, seed: int) -> Teams:
    """The teams, known to Telegram and to an empty database."""
    teams = [await _team(driver, app, number) for number in range(TEAMS)]
    return Teams(driver, app, teams, random.Random(seed))  # noqa: S311 # repeatable, not secret


async def _team(driver: Driver, app: App, number: int) -> Team:
    reviewer = await driver.person(f"Ann {number}", f"ann{number}")
    groups = [
        await driver.group(f"Team {number}.{place}", [reviewer], "supergroup") for place in range(GROUPS)
    ]
    for group in groups:
        await driver.add_bot(group)
    await driver.private(reviewer, start=False)
    team = Team(UUID(int=7000 + number), reviewer, groups)
    async with app.transactions() as tx:
        await tx.projects.add(domain.Project(team.project_id, f"P{number}", has_named_reviewers=True))
        known = domain.Person(PersonId(reviewer.id), reviewer.name, reviewer.username, has_direct_chat=True)
        await tx.people.put(known)
        await tx.people.set_role(team.project_id, known.id, domain.Role.OWNER)
        for group in groups:
            chat = domain.Chat(
                ChatId(group.id), domain.ChatKind.SUPERGROUP, group.title,
                state=domain.ChatState.READING, bot_is_administrator=True,
            )  # fmt: skip
            await tx.chats.put(chat)
            await tx.chats.bind(domain.Binding(chat.id, team.project_id))
            await tx.people.put_membership(chat.id, known.id, is_member=True, at=app.services.clock.now())
    return team
