"""Many at once: eight people press one card, eight ask for a run, a group talks faster than the bot may."""

import asyncio
import re
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from bot.config import demo_config
from bot.demo.cast import sample_script
from bot.demo.transcript import Transcript
from bot.main import World, open_app
from bot.running import running
from bot.sandbox.driver import Call, Driver, Saying, ShownMessage
from bot.sandbox.server import serve
from bot.speak.pacing import GROUP_MOST
from tests.journeys.conftest import PEOPLE, owned, talk
from tests.journeys.seats import Seat, Team
from tests.journeys.staging import TUESDAY, Journey, MovedClock

T = TypeVar("T")
NAMES = {**PEOPLE, "kofi": "Kofi Mensah"}
"""The sample chat's seven and one more."""
OPEN_RUN = re.compile(r"R-1 is still (open|at work)|R-1 is no longer in the way")
LATE = re.compile(r"Already approved by @\w+ at \d\d:\d\d")
PER_MINUTE = 200
ASKED = ("/status", "/tasks", "/pending", "/topics", "/runs", "/help", "/project", "/reviewers")
"""Said one after another while everybody talks."""
ANSWER_SECONDS = 90.0
NEAR = GROUP_MOST - 5
"""On a slow machine edits join, and a few less are sent."""
"""A group may be told twenty things a minute: what is asked may wait that long."""


async def a_crew(stage: Journey) -> Team:
    """Eight people, all reviewers, all in direct talk with the bot, who decide in their group."""
    driver = stage.driver
    people = {handle: await driver.person(name, handle) for handle, name in NAMES.items()}
    ann = people["ann"]
    group = await driver.group("Mobile", list(people.values()), "supergroup")
    for person in people.values():
        if person != ann:
            await driver.promote(group, person, by=ann, rights=["can_manage_chat"])
    stage.rooms.add(group.id)
    direct = await owned(stage, ann)
    await driver.add_bot(group, by=ann, payload="new")
    seats = {handle: Seat(stage, one, group.id) for handle, one in people.items()}
    await seats["ann"].open_chat("Here", "I am reading for Mobile.")
    return Team(group, seats["ann"], direct, seats)


async def in_direct(team: Team) -> list[Seat]:
    """Everybody's direct chat with the bot, started."""
    driver = team.ann.stage.driver
    chats = [await driver.private(seat.person, start=True) for seat in team.seats.values()]
    await team.ann.stage.settle()
    return [seat.at(chat) for seat, chat in zip(team.seats.values(), chats, strict=True)]


async def all_at_once(acts: Sequence[Callable[[], Awaitable[T]]]) -> list[T]:
    """Everybody acts before anybody has an answer."""

    async def act(one: Callable[[], Awaitable[T]]) -> T:
        return await one()

    async with asyncio.TaskGroup() as group:
        doing = [group.create_task(act(one)) for one in acts]
    return [one.result() for one in doing]


def pressing(seat: Seat, card: ShownMessage, button: str) -> Callable[[], Awaitable[str]]:
    """Somebody about to press."""
    return lambda: seat.press(card, button)


def asking(seat: Seat, command: str) -> Callable[[], Awaitable[ShownMessage]]:
    """Somebody about to ask."""
    return lambda: seat.ask(command)


def ensure_one_approved(team: Team, toasts: Sequence[str]) -> None:
    """One outcome, and seven who were told whose it is and since when."""
    assert sorted(bool(LATE.fullmatch(toast)) for toast in toasts) == [False] + [True] * 7, toasts
    [won] = [toast for toast in toasts if not LATE.fullmatch(toast)]
    assert won == "Approved → T-1"
    assert team.ann.stage.rows("SELECT count(*) FROM task") == [(1,)]
    settled = "SELECT count(*) FROM change WHERE what = 'approved' AND item_kind = 'proposal'"
    assert team.ann.stage.rows(settled) == [(1,)]


async def test_eight_press_one_card_at_once_and_one_of_them_decides(stage: Journey) -> None:
    team = await a_crew(stage)
    await team.seats["olya"].say("/bug the map is blank in Lyon")
    card = await team.ann.read("Approve")
    toasts = await all_at_once([pressing(seat, card, "Approve") for seat in team.seats.values()])
    ensure_one_approved(team, toasts)
    settled = await team.ann.see(card, "approved by")
    [name] = {found[1] for toast in toasts if (found := re.search(r"by @(\w+)", toast))}
    assert name in settled.text


async def test_eight_press_a_card_of_their_own_about_one_task_at_once(stage: Journey) -> None:
    """In eight chats, which are heard beside each other."""
    team = await a_crew(stage)
    await team.seats["olya"].say("/bug the map is blank in Lyon")
    await team.ann.read("Approve")
    seats = await in_direct(team)
    cards = await all_at_once([asking(seat, "/review") for seat in seats])
    toasts = await all_at_once(
        [pressing(seat, card, "Approve") for seat, card in zip(seats, cards, strict=True)]
    )
    ensure_one_approved(team, toasts)


async def test_eight_extracts_and_eight_runs_at_once_are_one_run_each(stage: Journey) -> None:
    team = await a_crew(stage)
    await talk(team)
    seats = await in_direct(team)
    answers = await all_at_once([asking(seat, "/extract") for seat in seats])
    assert sum(bool(OPEN_RUN.search(one.text)) for one in answers) == 7, [one.text for one in answers]
    notes = await team.ann.read("notes worth keeping")
    assert stage.rows("SELECT stage, count(*) FROM run GROUP BY stage") == [("knowledge", 1)]

    keep = next(label for label in notes.labels if re.fullmatch(r"Keep \d+", label))
    await team.ann.press(notes, keep)
    await stage.settle()
    found = await all_at_once([asking(seat, "/run") for seat in seats])
    blocked = [one for one in found if "R-2 is still" in one.text or "R-2 is no longer" in one.text]
    assert len(blocked) == 7, [one.text for one in found]
    stages = stage.rows("SELECT stage, count(*) FROM run GROUP BY stage ORDER BY stage")
    assert stages == [("knowledge", 1), ("tasks", 1)]


@pytest.fixture
async def paced(tmp_path: Path) -> AsyncGenerator[Journey]:
    """A stage on which Telegram's limits hold, with a bot that keeps them."""
    async with paced_stage(tmp_path) as journey:
        yield journey


@asynccontextmanager
async def paced_stage(folder: Path) -> AsyncGenerator[Journey]:
    clock = MovedClock()
    served = serve(has_limits=True, clock=lambda: clock.now().timestamp())
    async with served as address, Driver(address.url) as driver:
        config = demo_config(address.url, address.token, folder)
        async with open_app(config, World(clock)) as app, running(app):
            await driver.wait_polling()
            yield Journey(driver, app, address.url, Transcript(), clock, config.database.url)


@pytest.mark.parametrize("messages", [50, pytest.param(200, marks=pytest.mark.long)])
async def test_a_group_at_two_hundred_messages_a_minute_is_heard_whole_and_told_within_the_limits(
    paced: Journey, messages: int
) -> None:
    team = await a_crew(paced)
    seconds = messages * 60 / PER_MINUTE
    talking = asyncio.gather(chatter(team, messages), questions(team, seconds), run_and_keep(team, seconds))
    said, asked, _ = await talking

    async def heard() -> bool:
        return not (await paced.driver.bot())["pending_updates"]

    async def answered() -> bool:
        posts = await paced.posts(team.group.id)
        return set(asked) <= {post.reply_to for post in posts}

    await paced.driver.wait_until(lambda: _true(heard()), timeout=ANSWER_SECONDS)
    await paced.driver.wait_until(lambda: _true(answered()), timeout=ANSWER_SECONDS)
    await paced.driver.wait_until(lambda: not paced.rows(DUE), timeout=ANSWER_SECONDS)
    untaken = "SELECT 1 FROM incoming WHERE status != 'done'"
    await paced.driver.wait_until(lambda: not paced.rows(untaken), timeout=ANSWER_SECONDS)
    calls = await paced.driver.calls()
    assert [one for one in calls if one.status == 429] == []
    stored = {text for (text,) in paced.rows("SELECT text FROM message")}
    assert set(said) <= stored
    told = [one for one in calls if is_told(one, team.group.id)]
    assert len(told) >= NEAR, "the limit was never near"


def is_told(call: Call, chat: int) -> bool:
    """A send or an edit in that chat, which is what Telegram counts."""
    return call.method in {"sendMessage", "editMessageText"} and int(call.params["chat_id"]) == chat


DUE = "SELECT 1 FROM spot WHERE wanted > painted AND delivery != 'dropped'"


async def _true(look: Awaitable[bool]) -> bool | None:
    return await look or None


async def chatter(team: Team, messages: int) -> list[str]:
    """Everybody talks at that rate; return what was said."""
    driver, seats = team.ann.stage.driver, list(team.seats.values())
    lines = sample_script(TUESDAY).lines
    texts = [f"{lines[number % len(lines)].text} ({number})" for number in range(messages)]
    begun = time.monotonic()
    for number, text in enumerate(texts):
        await asyncio.sleep(max(0.0, begun + number * 60 / PER_MINUTE - time.monotonic()))
        await driver.say_many([Saying(seats[number % len(seats)].person, team.group, text)])
    return texts


async def questions(team: Team, seconds: float) -> list[int]:
    """Members ask in between, spread over so long; return the ids of what they asked."""
    asked: list[int] = []
    for command, seat in zip(ASKED, team.seats.values(), strict=True):
        await asyncio.sleep(seconds / (len(ASKED) + 1))
        asked.append(await seat.say(command))
    return asked


async def run_and_keep(team: Team, seconds: float) -> None:
    """Read in the middle of it, keep what was found, and have tasks looked for."""
    await asyncio.sleep(seconds / 4)
    await team.ann.say("/extract")
    notes = await team.ann.read("and find tasks")
    await team.ann.press(notes, "and find tasks")
