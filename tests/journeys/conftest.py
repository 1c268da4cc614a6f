"""Fixtures: a stage, and a team whose group is read already."""

import logging
from collections.abc import AsyncGenerator, Generator, Sequence
from pathlib import Path

import pytest

from bot.demo.cast import Line, sample_script
from bot.sandbox.driver import Person, Saying, ShownMessage
from tests.journeys.seats import Seat, Team
from tests.journeys.staging import TUESDAY, Journey, staged
from tests.postgres import postgres_database

BUG = "the map is blank in Lyon"
PEOPLE = sample_script(TUESDAY).people
"""Everybody of the sample chat by user name, `ann` the owner first."""


@pytest.fixture
def stage_url(request: pytest.FixtureRequest) -> Generator[str | None]:
    """None for a fresh SQLite file; `BOTH` has a journey go on PostgreSQL too."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield None
        return
    with postgres_database() as fresh:
        yield fresh


@pytest.fixture
async def stage(
    tmp_path: Path, stage_url: str | None, caplog: pytest.LogCaptureFixture
) -> AsyncGenerator[Journey]:
    """The bot and a Telegram without anybody in it; nothing may be logged as an error."""
    async with staged(tmp_path, url=stage_url) as journey:
        yield journey
    assert [one for one in caplog.records if one.levelno >= logging.ERROR] == []


@pytest.fixture
async def team(stage: Journey) -> Team:
    """Ann owns the bot and has tapped it through joining the supergroup “Mobile”, whose time is UTC."""
    return await joined(stage)


async def joined(stage: Journey) -> Team:
    """The same on any stage."""
    people = {handle: await stage.driver.person(name, handle) for handle, name in PEOPLE.items()}
    group = await stage.driver.group("Mobile", list(people.values()), "supergroup")
    seats = {handle: Seat(stage, one, group.id) for handle, one in people.items()}
    direct = await owned(stage, people["ann"])
    await stage.driver.add_bot(group, by=people["ann"], payload="new")
    await seats["ann"].open_chat("In direct chat", "I am reading for Mobile.")
    return Team(group, seats["ann"], direct, seats)


async def owned(stage: Journey, ann: Person) -> Seat:
    """Ann's direct chat, in which she became the bot's owner."""
    direct = Seat(stage, ann, await stage.driver.private(ann))
    await stage.driver.open_link(ann, await stage.app.owner_link() or "")
    await direct.read("This bot is yours now.")
    return direct


async def talk(team: Team, lines: Sequence[Line] | None = None) -> None:
    """The sample chat is said, or some lines of it: two days, as if the last word had just been said."""
    stage, ids = team.ann.stage, dict[int, int]()
    for line in lines or sample_script(stage.clock.now()).lines:
        reply_to = ids.get(line.reply_to or 0)
        speaker = team.seats[line.speaker].person
        saying = Saying(speaker, team.group, line.text, reply_to=reply_to, at=line.at)
        [ids[line.id]] = await stage.driver.say_many([saying])
    await stage.settle()


async def captured(team: Team, text: str = f"/bug {BUG}", *, reply_to: int | None = None) -> ShownMessage:
    """The card of what Olya hands in."""
    before = (await team.direct.stage.driver.messages(team.direct.chat))[-1].id
    await team.seats["olya"].say(text, reply_to=reply_to)
    return await team.direct.read("by hand", after=before)


async def a_task(team: Team) -> None:
    """T-1, approved from Olya's report."""
    card = await captured(team)
    assert await team.direct.press(card, "Approve") == "Approved → T-1"
