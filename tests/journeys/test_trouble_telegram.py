"""Telegram is there but not well: too many requests, answers that get lost, calls that hang."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Sequence
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.sandbox.driver import Call, ShownMessage
from tests.journeys.conftest import BUG, a_task, captured, joined
from tests.journeys.seats import Team
from tests.journeys.staging import Journey, staged

RETRY_AFTER = 2
STORM_SECONDS = 5.0
TOO_MANY = "Too Many Requests"
DROPPED = "connection dropped"
OLD_PRESS = "query is too old"
HANG_SECONDS = 30.0
"""Twice as long as the bot waits for an answer."""
SOON_SECONDS = 8.0
"""Whoever is not concerned is answered long before a hanging call is given up."""
KEPT = "SELECT count(*) FROM message"


@pytest.fixture
async def paced(tmp_path: Path) -> AsyncGenerator[Journey]:
    """A bot that keeps its pace, at a Telegram with limits."""
    async with staged(tmp_path, is_paced=True) as journey:
        yield journey


async def test_in_a_storm_of_429_each_chat_rests_as_long_as_told_and_all_is_said_once_afterwards(
    paced: Journey,
) -> None:
    paced.refused += [TOO_MANY, OLD_PRESS]
    team = await joined(paced)
    card = await captured(team)
    await paced.driver.fault(429, times=1_000_000, retry_after=RETRY_AFTER)
    approve = card.find_button("Approve")
    assert approve is not None
    await paced.driver.press_raw(team.ann.person, team.direct.chat, card.id, approve.data or "")
    asked = await team.seats["olya"].say("/tasks")
    await team.seats["maxw"].say("/idea a map of Ghent")
    await asyncio.sleep(STORM_SECONDS)
    await paced.driver.clear_faults()
    await team.direct.see(card, "approved by")
    await team.seats["olya"].read("T-1", after=asked)
    await team.direct.read("a map of Ghent")
    await paced.settle(1.0)
    ensure_rested(await paced.driver.calls())
    assert len([1 for one in await paced.posts(team.group.id) if one.reply_to == asked]) == 1
    ghent = [1 for one in await paced.posts(team.direct.chat) if "a map of Ghent" in one.text]
    assert (len(ghent), paced.rows("SELECT count(*) FROM task")) == (1, [(1,)])


def ensure_rested(calls: Sequence[Call]) -> None:
    """After a 429 nothing was sent or edited in that chat before its time."""
    by_chat: defaultdict[int, list[Call]] = defaultdict(list)
    for one in calls:
        if one.method in {"sendMessage", "editMessageText"}:
            by_chat[int(one.params["chat_id"])].append(one)
    refused = 0
    for some in by_chat.values():
        for one, following in pairwise(some):
            if one.status == 429:
                refused += 1
                assert following.at - one.at >= timedelta(seconds=RETRY_AFTER), (one, following)
    assert refused, "there was no storm"


async def test_of_an_answer_lost_after_the_send_the_second_copy_decides_and_the_first_points_at_it(
    stage: Journey, team: Team
) -> None:
    stage.refused.append(DROPPED)
    await stage.driver.fault("drop_after", method="sendMessage", chat=team.direct.chat)
    await team.seats["olya"].say(f"/bug {BUG}")

    async def both() -> list[ShownMessage]:
        found = [one for one in await stage.posts(team.direct.chat) if BUG in one.text]
        return found if len(found) == 2 else []

    first, second = await stage.driver.wait_until(both, timeout=40)
    await stage.settle()
    assert (await team.direct.press(first, "Approve")).startswith("This message is too old")
    await team.direct.see(first, "See below")
    assert await team.direct.press(second, "Approve") == "Approved → T-1"
    await team.direct.see(second, "approved by ann")
    assert stage.rows("SELECT count(*) FROM task") == [(1,)]


async def test_a_call_that_hangs_holds_up_nobody_else_and_is_made_good(stage: Journey, team: Team) -> None:
    await a_task(team)
    await stage.driver.fault("hang", method="sendMessage", chat=team.direct.chat, seconds=HANG_SECONDS)
    await team.seats["olya"].say(f"/bug {BUG} again")
    await stage.driver.wait_until(lambda: stage.rows("SELECT 1 FROM proposal WHERE number = 2"), timeout=20)
    async with asyncio.timeout(SOON_SECONDS):
        await team.seats["maxw"].ask("/tasks", "T-1")
    await team.direct.read("again")
    await stage.settle()
    assert len([1 for one in await stage.posts(team.direct.chat) if f"{BUG} again" in one.text]) == 1


@pytest.mark.parametrize("kind", ["502", "drop", "drop_after", "429"])
async def test_polls_that_fail_lose_no_update_and_repeat_none(
    stage: Journey, team: Team, kind: str
) -> None:
    stage.refused += ["Bad Gateway", DROPPED, TOO_MANY]
    await stage.driver.fault(kind, method="getUpdates", times=2)
    said = [f"{BUG}, number {number}" for number in range(20)]
    for text in said:
        await team.seats["olya"].say(text)
    await stage.driver.wait_until(lambda: stage.rows(KEPT) == [(len(said),)], timeout=30)
    assert await stage.driver.faults_waiting() == 0
    assert stage.rows("SELECT text FROM message ORDER BY message_id") == [(text,) for text in said]
