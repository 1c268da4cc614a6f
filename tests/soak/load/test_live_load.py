"""A hundred groups talk at once: all is kept once, memory stays flat, a press is answered meanwhile."""

import asyncio
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import pytest

from bot.sandbox.driver import Driver
from tests.bench.measure import p99
from tests.databases import BOTH, fresh_database, migrated_database
from tests.postgres import postgres_database
from tests.soak.load.program import Program, program
from tests.soak.load.town import PEOPLE, Card, Town, town
from tests.soak.told import Record, tell
from tests.soak.waiting import until

AHEAD = 400
"""So many messages are said before the first of them is kept: the bot never waits for talk."""
LOOK_SECONDS = 0.02
PRESS_SECONDS = 0.25
"""Somebody decides four times a second, whatever is said meanwhile."""
ANSWER_SECONDS = 60.0
GIVE_UP_SECONDS = 600.0
WARM_SHARE = 0.2
"""Memory at this share of all messages is compared with memory at the end."""
MOST_MEMORY = 1.1
"""What a bot may hold in the end, of what it held then."""
PAGE_CACHE_MB = {"sqlite": 64, "postgresql": 0}
"""SQLite keeps as much of the file at most (`storage.engine`), and the file grows; nothing else does: with
4 MB instead, 343 MB after a fifth of 100,000 messages were 346 MB in the end.
"""
DUE = "SELECT count(*) FROM spot WHERE delivery != 'dropped' AND (wanted > painted OR message_id IS NULL)"
UNTAKEN = "SELECT count(*) FROM incoming WHERE status != 'done'"
MESSAGES = "SELECT count(*) FROM message"


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[str]:
    """A migrated database."""
    if request.param == "sqlite":
        yield fresh_database(migrated_database(), tmp_path)
        return
    with postgres_database() as fresh:
        yield fresh


@dataclass
class Load:
    """What came of it: messages a second, memory in MB early and late, seconds each press took."""

    seconds: float = 0.0
    early_mb: int = 0
    late_mb: int = 0
    presses: list[float] = field(default_factory=list[float])


async def test_what_a_hundred_groups_say_at_once_is_kept_once_and_presses_are_answered_meanwhile(
    url: str, messages: int, tmp_path: Path, record_property: Record
) -> None:
    async with town(url) as there:
        first, *cards = await there.deal(max(PEOPLE, messages // 250))
        async with program(tmp_path, there.address, there.driver, url) as bot:
            await there.driver.limits(on=True)
            await warmed(there, first)
            load = await loaded(there, bot, messages, cards)
            await until_quiet(there)
            bot.ensure_nothing_failed()
        await check_kept(there)
        await check_decided(there, [*cards, first])
    waits = f"p50 {median(load.presses) * 1000:.0f} ms, p99 {p99(load.presses) * 1000:.0f} ms"
    flavour = url.partition("+")[0]
    tell(
        record_property,
        f"live load, {flavour}: {messages} messages of {len(there.groups)} groups kept once, "
        f"{messages / load.seconds:.0f} a second; memory {load.early_mb} MB after a fifth, "
        f"{load.late_mb} MB in the end; {len(cards)} presses decided once, {waits}",
    )
    assert load.late_mb <= load.early_mb * MOST_MEMORY + PAGE_CACHE_MB[flavour]


async def warmed(there: Town, card: Card) -> None:
    """Somebody has decided and everybody has talked, so that nothing has to be loaded any more."""
    await pressed(there.driver, [card])
    await there.talk()
    await until_quiet(there)


async def loaded(there: Town, bot: Program, messages: int, cards: Sequence[Card]) -> Load:
    """Everybody talks until so much is said and kept; reviewers press meanwhile."""
    load, begun = Load(), time.perf_counter()
    async with asyncio.timeout(GIVE_UP_SECONDS), asyncio.TaskGroup() as group:
        pressing = group.create_task(pressed(there.driver, cards))
        while len(there.said) < messages:
            await there.talk()
            await kept(there, len(there.said) - AHEAD)
            if not load.early_mb and len(there.said) >= messages * WARM_SHARE:
                load.early_mb = bot.memory_mb()
        await kept(there, messages)
        load.seconds = time.perf_counter() - begun
    load.presses = pressing.result()
    load.late_mb = bot.memory_mb()
    return load


async def kept(there: Town, count: int) -> None:
    """Wait until so many are kept."""

    async def are_kept() -> bool:
        return count <= 0 or await there.number(MESSAGES) >= count

    await until(are_kept, LOOK_SECONDS)


async def pressed(driver: Driver, cards: Sequence[Card]) -> list[float]:
    """Press each card; the seconds until the answer."""
    waits: list[float] = []
    for card in cards:
        begun = time.perf_counter()
        answer = await driver.press(
            card.person, card.person.id, card.message_id, data=card.payload, timeout=ANSWER_SECONDS
        )
        waits.append(time.perf_counter() - begun)
        assert answer.text.startswith("Approved"), answer
        await asyncio.sleep(PRESS_SECONDS)
    return waits


async def until_quiet(there: Town) -> None:
    """Until every update had its effect and every card is as it is to be."""

    async def is_quiet() -> bool:
        return not await there.number(UNTAKEN) and not await there.number(DUE)

    async with asyncio.timeout(GIVE_UP_SECONDS):
        await until(is_quiet)


async def check_kept(there: Town) -> None:
    """Each message once, as it was said; each update done, and nothing of it left."""
    found = await there.asked("SELECT chat_id, message_id, text FROM message")
    assert sorted(found) == sorted(there.said)
    assert await there.number("SELECT count(*) FROM incoming WHERE payload != ''") == 0


async def check_decided(there: Town, cards: Sequence[Card]) -> None:
    """Each card one task, and one line in the chat that says so; Telegram never had to refuse."""
    assert await there.number("SELECT count(*) FROM proposal WHERE status = 'approved'") == len(cards)
    [numbers] = await there.asked("SELECT count(*), count(DISTINCT number) FROM task")
    assert numbers == (len(cards), len(cards))
    for person in there.people:
        shown = {one.id: one.text for one in await there.driver.messages(person.id, from_bot=True)}
        own = [shown[card.message_id] for card in cards if card.person == person]
        assert [text for text in own if "approved by" not in text] == []
    refused = [one for one in await there.driver.calls() if one.status not in {200, -1}]
    assert refused == []
