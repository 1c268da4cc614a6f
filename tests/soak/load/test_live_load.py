"""A hundred groups talk at once: all is kept once, memory stays flat, a press is answered meanwhile."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import pytest

from bot.sandbox.driver import Driver
from tests.bench.measure import fresh, p99
from tests.bench.sides import BARE, OURS
from tests.bench.stores import DatabaseKind, stored
from tests.soak.load.program import Program, program
from tests.soak.load.town import PEOPLE, Card, Town, town
from tests.soak.told import Record, tell
from tests.soak.waiting import until

AHEAD = 400
"""So many messages are said before the first of them is kept: the bot never waits for talk."""
LOOK_SECONDS = 0.02
PRESS_SECONDS = 0.1
"""From an answer to the next press; so many presses that they end before the talk does."""
MESSAGES_A_PRESS = 500
ANSWER_SECONDS = 60.0
GIVE_UP_SECONDS = 600.0
WARM_SHARE = 0.2
"""Memory at this share of all messages is compared with memory at the end."""
SETTLED = 100_000
"""With fewer, connections and caches are still being filled at a fifth, and what grows says nothing."""
MOST_MEMORY = 1.1
"""What a bot may hold in the end, of what it held then."""
LEAST_SPEED = 1.0
"""Of the bare handler's: as wished of every path, docs/performance.md."""
PAGE_CACHE_MB = {DatabaseKind.SQLITE: 64, DatabaseKind.POSTGRES: 0}
"""SQLite keeps as much of the file at most (`storage.engine`), and the file grows; nothing else does: with
4 MB instead, 343 MB after a fifth of 100,000 messages were 346 MB in the end.
"""
DUE = "SELECT count(*) FROM spot WHERE delivery != 'dropped' AND (wanted > painted OR message_id IS NULL)"
UNTAKEN = "SELECT count(*) FROM incoming WHERE status != 'done'"
UNEMBEDDED = "SELECT count(*) FROM item_text WHERE embedded_by IS NULL"
MESSAGES = "SELECT count(*) FROM message"


@dataclass
class Load:
    """What came of it: messages a second, memory in MB early and late, seconds each press took."""

    seconds: float = 0.0
    early_mb: int = 0
    late_mb: int = 0
    presses: list[float] = field(default_factory=list[float])


@pytest.mark.parametrize("kind", list(DatabaseKind))
async def test_what_a_hundred_groups_say_at_once_is_kept_once_and_presses_are_answered_meanwhile(
    kind: DatabaseKind, messages: int, tmp_path: Path, record_property: Record
) -> None:
    async with stored(kind, tmp_path) as store, town(store.url) as there:
        first, *cards = await there.deal(max(PEOPLE, messages // MESSAGES_A_PRESS))
        async with program(tmp_path, there.address, there.driver, store.url) as bot:
            await there.driver.limits(on=True)
            await warmed(there, first)
            load = await loaded(there, bot, messages, cards)
            await until_quiet(there)
            bot.ensure_nothing_failed()
        await check_kept(there)
        await check_decided(there, [first, *cards])
    waits = f"p50 {median(load.presses) * 1000:.0f} ms, p99 {p99(load.presses) * 1000:.0f} ms"
    tell(
        record_property,
        f"live load, {kind}: {messages} messages of {len(there.groups)} groups kept once, "
        f"{messages / load.seconds:.0f} a second; memory {load.early_mb} MB after a fifth, "
        f"{load.late_mb} MB in the end; {len(cards)} presses decided once, {waits}",
    )
    if messages >= SETTLED:
        assert load.late_mb <= load.early_mb * MOST_MEMORY + PAGE_CACHE_MB[kind]


@pytest.mark.long
@pytest.mark.parametrize("kind", list(DatabaseKind))
async def test_as_much_is_kept_a_second_as_by_a_bare_handler_with_one_insert_a_message(
    kind: DatabaseKind, messages: int, tmp_path: Path, record_property: Record
) -> None:
    """Each alone, with the same hundred groups talking."""
    speeds: list[float] = []
    for command in (OURS, BARE):
        folder = fresh(tmp_path / command[1])
        async with stored(kind, folder) as store, town(store.url) as there:
            async with program(folder, there.address, there.driver, store.url, command):
                await talked(there, messages // 100)
                begun = time.perf_counter()
                await talked(there, messages // 10)
                speeds.append(messages // 10 / (time.perf_counter() - begun))
            assert await store.count("message") == len(there.said)
    ours, bare = speeds
    tell(
        record_property,
        f"live load, {kind}: {ours:.0f} messages a second, bare aiogram {bare:.0f}, {ours / bare:.2f} x",
    )
    assert ours / bare >= LEAST_SPEED


async def talked(there: Town, messages: int) -> None:
    """Everybody talks until so much more is said and kept."""
    wanted = len(there.said) + messages
    async with asyncio.timeout(GIVE_UP_SECONDS):
        while len(there.said) < wanted:
            await there.talk()
            await kept(there, len(there.said) - AHEAD)
        await kept(there, wanted)


async def warmed(there: Town, card: Card) -> None:
    """Somebody has decided and everybody has talked, so that nothing has to be loaded any more.

    The task's vector is waited for: it brings all words' vectors into memory.
    """

    async def is_embedded() -> bool:
        return not await there.number(UNEMBEDDED)

    await pressed(there.driver, [card])
    await there.talk()
    await until_quiet(there)
    async with asyncio.timeout(GIVE_UP_SECONDS):
        await until(is_embedded)


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
