"""The clock is off, Telegram is away for an hour, ten thousand updates wait."""

import asyncio
import logging
import resource
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from bot.sandbox.driver import Saying, ShownMessage
from tests.journeys.conftest import BUG, a_task, captured, joined, talk
from tests.journeys.lives import Home, homed
from tests.journeys.seats import Team
from tests.journeys.staging import Journey

OLD_PRESS = "query is too old"
DECIDED = "We decided to ship the map of Lyon on Wednesday, in version 2.4"
WAITING = 10_000
AWAY = "💤 I was away for a day."
MOST_MORE_BYTES = 200 * 1024 * 1024
"""Measured 60 MB more at the peak for ten thousand updates; the rest is room for other machines."""
AT_A_TIME = 500
COUNT = "SELECT count(*), count(DISTINCT message_id) FROM message WHERE text LIKE '%, number %'"
TEXTS = "SELECT text FROM message WHERE text LIKE '%, number %' ORDER BY message_id"


async def test_behind_telegram_messages_of_the_future_are_kept_and_read_and_decisions_hold(
    stage: Journey, team: Team
) -> None:
    await stage.driver.set_clock(advance=600.0)
    await team.seats["olya"].say(DECIDED)
    card = await captured(team, "/bug coupons are counted twice at the checkout")
    assert await team.direct.press(card, "Approve") == "Approved → T-1"
    settled = await team.direct.see(card, "approved by ann")
    assert await team.direct.press(settled, "Undo") == "Taken back"
    await stage.driver.wait_until(lambda: stage.rows("SELECT 1 FROM message WHERE text LIKE 'We decided%'"))
    # The machine's time is set right: what seemed to be said later is read as anything else.
    await stage.move(minutes=11)
    await stage.driver.set_clock(offset=0.0)
    await team.direct.say("/extract")
    await team.direct.read("Ship the map of Lyon")


async def test_a_clock_set_back_tells_no_digest_twice_and_its_half_minute_jobs_go_on(
    stage: Journey, team: Team
) -> None:
    await a_task(team)
    later = await captured(team, "/idea a map of Ghent")
    await stage.move(hours=23)
    await team.direct.read("📬 Mobile · Tue 10 Nov")
    await stage.settle(1.5)
    await stage.move(hours=-2)
    snooze = "SELECT next_at FROM schedule WHERE job = 'snooze'"
    [(before,)] = stage.rows(snooze)
    await stage.app.use_cases.schedules.ensure_all()
    [(after,)] = stage.rows(snooze)
    assert after < before
    later = await team.direct.tap(later, "Later", "In 1 hour")
    await team.direct.press(later, "In 1 hour")
    await stage.move(minutes=62)
    await team.direct.see(later, "Approve")
    await stage.move(minutes=90)
    await stage.settle(1.5)
    digests = [one for one in await stage.posts(team.direct.chat) if one.text.startswith("📬")]
    assert len(digests) == 1


@asynccontextmanager
async def telegram_away(stage: Journey) -> AsyncGenerator[None]:
    """Whatever the bot asks is answered by a gateway that reaches nobody."""
    for method in (None, "getUpdates"):
        await stage.driver.fault(502, method=method, times=1_000_000, description="<html>502</html>")
    try:
        yield
    finally:
        await stage.driver.clear_faults()


async def test_after_an_hour_without_telegram_all_takes_effect_and_each_card_is_said_once_as_it_is_now(
    stage: Journey, team: Team
) -> None:
    stage.refused += [OLD_PRESS, "Bad Gateway"]
    card = await captured(team)
    await talk(team)
    said = [one.id for one in await stage.posts(team.direct.chat)]
    in_group = len(await stage.posts(team.group.id))
    async with telegram_away(stage):
        # What the long poll still held comes in; everything else meets the gateway.
        approve = card.find_button("Approve")
        assert approve is not None
        await team.seats["olya"].say("/idea a map of Ghent")
        await stage.driver.press_raw(team.ann.person, team.direct.chat, card.id, approve.data or "")
        await team.direct.say("/extract")
        await asyncio.sleep(1.0)
        await stage.move(hours=1)
        await asyncio.sleep(1.0)
    await stage.move(minutes=5)
    await team.direct.see(card, "approved by")
    await team.direct.read("a map of Ghent", after=max(said))
    await team.direct.read("find tasks", after=max(said))
    await stage.settle(1.0)
    new = [one for one in await stage.posts(team.direct.chat) if one.id not in said]
    # The idea, what /extract was answered by, as it ended, and the notes.
    assert len(new) == 3, [one.text[:150] for one in new]
    assert len(await stage.posts(team.group.id)) == in_group
    assert stage.rows("SELECT count(*) FROM task") == [(1,)]


@dataclass(frozen=True)
class Waited:
    """Seconds from the start of the bot until a press and a command were answered and all was kept."""

    press: float
    command: float
    everything: float


@pytest.fixture
async def home(tmp_path: Path) -> AsyncGenerator[Home]:
    """A Telegram, and a folder for the bot."""
    async with homed(tmp_path) as made:
        yield made


async def crowd(team: Team) -> None:
    """Ten thousand things are said in the group while nobody listens."""
    speakers = [seat.person for seat in team.seats.values()]
    sayings = [
        Saying(speakers[n % len(speakers)], team.group, f"{BUG}, number {n}") for n in range(WAITING)
    ]
    for start in range(0, WAITING, AT_A_TIME):
        await team.ann.stage.driver.say_many(sayings[start : start + AT_A_TIME])


async def asked_behind_them(team: Team, card: ShownMessage) -> str:
    """Ann taps and asks, still while nobody listens; return the id of her press."""
    approve = card.find_button("Approve")
    assert approve is not None
    await team.direct.say("/tasks")
    driver = team.ann.stage.driver
    return await driver.press_raw(team.ann.person, team.direct.chat, card.id, approve.data or "")


async def waited_from(begun: datetime, stage: Journey, team: Team, press: str) -> Waited:
    """What Ann waited, by Telegram's own clock."""
    assert await team.direct.answered(press) == "Approved → T-1"
    await team.direct.read("tasks")
    await stage.driver.wait_until(lambda: stage.rows(COUNT) == [(WAITING, WAITING)], timeout=60)
    everything = (stage.clock.now() - begun).total_seconds()
    [answer] = [
        one
        for one in await stage.driver.calls("answerCallbackQuery")
        if one.params["callback_query_id"] == press
    ]
    said = [one for one in await stage.driver.calls("sendMessage") if AWAY not in one.params["text"]]
    sent = min(one.at for one in said if one.at > begun)
    return Waited((answer.at - begun).total_seconds(), (sent - begun).total_seconds(), everything)


async def times_away_was_said(stage: Journey, team: Team) -> int:
    """In the reviewer's direct chat."""
    await stage.settle(1.5)
    return sum(AWAY in one.text for one in await stage.posts(team.direct.chat))


async def test_ten_thousand_updates_are_kept_once_and_in_order_and_who_asked_behind_them_is_answered(
    home: Home,
) -> None:
    async with home.life() as first:
        team = await joined(first)
        card = await captured(team)
        await first.settle()
    home.clock.move(hours=25)
    await crowd(team)
    press = await asked_behind_them(team, card)
    before, begun = peak_bytes(), home.clock.now()
    async with home.life() as second:
        waited = await waited_from(begun, second, team, press)
        assert await times_away_was_said(second, team) == 1
        texts = [text for (text,) in second.rows(TEXTS)]
    more = peak_bytes() - before
    async with home.life() as third:
        assert await times_away_was_said(third, team) == 1
    logging.getLogger(__name__).info(
        "%d updates: %s, %.0f MB more at the peak", WAITING, waited, more / 2**20
    )
    assert texts == [f"{BUG}, number {n}" for n in range(WAITING)]
    assert more < MOST_MORE_BYTES


def peak_bytes() -> int:
    """The most memory this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
