"""A run: batches over workers, with a model that takes its time."""

import asyncio
import math
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from bot.main import App, World, demo_config, open_app
from bot.running import running
from bot.sandbox.driver import Person
from core.domain.conversation import Conversation, Extraction, Reading, Study, Suggestions, Usage
from core.domain.ids import ChatId, MessageId, MessageKey, PersonId
from core.domain.message import Author, Message
from core.domain.person import Binding, Chat, ChatKind, ChatState, Project, Role
from core.domain.run import BatchStatus, Stage
from core.domain.spot import Place
from core.settings import AnalysisSettings, Settings
from tests.bench.measure import Aim, Effort, Line, Round
from tests.bench.sides import LOOK_SECONDS, side
from tests.builders import an_actor
from tests.house import each_message_a_note

WORKERS = 4
WARM = Project(UUID(int=71), "Warm", has_named_reviewers=True)
"""Whose run comes first, so that nothing has to be loaded in the measured one."""
MEASURED = Project(UUID(int=72), "Measured", has_named_reviewers=True)
GROUP_AT = -1_001_000_000_000
GIVE_UP_SECONDS = 120.0
_UNDER_WAY = "SELECT count(*) FROM run WHERE status IN ('pending', 'running')"


@dataclass(frozen=True)
class Thinking:
    """An analyst that thinks for a while, then finds a note a message."""

    seconds: float
    name: str = "thinking"
    model: str = "thinking-1"

    @property
    def sends_text_away(self) -> bool:
        return False

    @property
    def is_free(self) -> bool:
        return True

    @property
    def reads_earlier_talk(self) -> bool:
        return False

    @property
    def seconds_per_batch(self) -> float:
        return self.seconds

    def price(self, conversations: Sequence[Conversation]) -> Usage:
        return Usage()

    async def extract(self, reading: Reading) -> Extraction:
        await asyncio.sleep(self.seconds)
        return each_message_a_note(reading)

    async def propose(self, study: Study) -> Suggestions:
        return Suggestions()


async def measure(folder: Path, effort: Effort) -> list[Line]:
    """One line: the whole run, from the tap on Start to `completed`, beside the model's own time."""
    batches, seconds = effort.of(12, 8), 0.25 if effort.is_quick else 1.0
    least = math.ceil(batches / WORKERS) * seconds
    rounds: list[Round] = []
    for number in range(effort.rounds):
        took = await _ran(folder / str(number), batches, seconds)
        rounds.append(Round(took * 1000, least * 1000))
    against = (
        f"ceil({batches} / {WORKERS}) x {seconds:g} s of a model; {batches} batches over {WORKERS} workers"
    )
    return [Line("a run", rounds, "ms", Aim(most=1.05), against, batches)]


async def _ran(folder: Path, batches: int, seconds: float) -> float:
    settings = Settings(analysis=AnalysisSettings(concurrency=WORKERS))
    async with side(folder) as made:
        plain = demo_config(made.address.url, made.address.token, folder)
        config = replace(plain, settings=settings)
        async with open_app(config, World(analyst=Thinking(seconds))) as app, running(app):
            await made.driver.wait_polling()
            await made.driver.wait_quiet()
            person = made.people[0]
            await _furnish(app, WARM, person, range(batches, batches + WORKERS))
            await _completed(app, made.file, WARM, person, WORKERS)
            await _furnish(app, MEASURED, person, range(batches))
            return await _completed(app, made.file, MEASURED, person, batches)


async def _furnish(app: App, project: Project, person: Person, groups: range) -> None:
    """As many groups as batches, with one conversation each: no rule can put them together."""
    before = app.services.clock.now() - timedelta(hours=2)
    async with app.transactions() as tx:
        await tx.projects.add(project)
        await tx.people.set_role(project.id, PersonId(person.id), Role.REVIEWER)
        for number in groups:
            chat_id = ChatId(GROUP_AT - number)
            await tx.chats.put(
                Chat(
                    chat_id,
                    ChatKind.SUPERGROUP,
                    f"Team {number}",
                    state=ChatState.READING,
                    is_imported=True,
                )
            )
            await tx.chats.bind(Binding(chat_id, project.id))
            key, author = MessageKey(chat_id, MessageId(1)), Author("Olya", PersonId(7))
            text = f"the login button does nothing on phone {number} since this morning"
            await tx.messages.add_many([Message(key, author, text, before)])


async def _completed(app: App, file: Path, project: Project, person: Person, batches: int) -> float:
    actor = an_actor(person.id, f"@{person.username}")
    place = Place(ChatId(person.id), reader_id=PersonId(person.id))
    async with app.transactions() as tx:
        await tx.people.set_role(project.id, actor.person_id, Role.OWNER)
    started = time.perf_counter()
    await app.use_cases.runs.offer(project.id, Stage.KNOWLEDGE, None, actor, place)
    await _finished(file)
    seconds = time.perf_counter() - started
    async with app.transactions.reading() as tx:
        run = await tx.runs.find_last(project.id, Stage.KNOWLEDGE)
        done = [] if run is None else [one for one in await tx.runs.list_batches(run.id) if one.messages]
    if len(done) != batches or any(one.status is not BatchStatus.DONE for one in done):
        raise AssertionError(f"{len(done)} of {batches} batches done")
    return seconds


async def _finished(file: Path) -> None:
    """Until no run is under way; looked at from beside, as our own way to a run costs ours its time."""
    async with asyncio.timeout(GIVE_UP_SECONDS):
        with closing(sqlite3.connect(file)) as database:
            while database.execute(_UNDER_WAY).fetchone()[0]:  # noqa: ASYNC110 # who writes tells nobody
                await asyncio.sleep(LOOK_SECONDS * 5)
