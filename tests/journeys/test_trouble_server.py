"""PostgreSQL is away: for a moment in the ordinary tests, for half a minute in `make soak`."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.config import Config
from storage.migrations import upgrade
from tests.journeys.conftest import BUG, captured, joined
from tests.journeys.seats import Team
from tests.journeys.staging import Journey, called, staged
from tests.postgres import own_postgres

BUSY = "My database does not answer just now."
OLD_PRESS = "query is too old"
"""A press is answered "later", and what it comes to is said once more in vain: the card shows it."""
AWAY = [3.0, pytest.param(30.0, marks=pytest.mark.long)]
BACK_SECONDS = 90.0
SAID = "the coupons are counted twice"


@dataclass(frozen=True)
class Served:
    """A stage whose database's server can be stopped."""

    stage: Journey
    process: Any

    @asynccontextmanager
    async def away(self, seconds: float) -> AsyncGenerator[None]:
        """The server is down while the block runs, and for so long in all."""
        await asyncio.to_thread(self.process.stop)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(asyncio.sleep(seconds))
                yield
        finally:
            await asyncio.to_thread(self.process.start)


def polled(config: Config) -> Config:
    """The bot asks for its updates, as it does anyway."""
    return config


@asynccontextmanager
async def served(folder: Path, *, is_called: bool = False) -> AsyncGenerator[Served]:
    """A bot on a server of its own, which polls, or is called by webhook."""
    with own_postgres() as (server, process):
        url = server.bare()
        await upgrade(url)
        by = called if is_called else polled
        async with staged(folder, url=url, server=server, by=by) as stage:
            yield Served(stage, process)


async def press_and_say(team: Team, card_id: int, data: str) -> str:
    """Ann presses, Olya reports and says something; return the id of the press."""
    driver = team.ann.stage.driver
    press = await driver.press_raw(team.ann.person, team.direct.chat, card_id, data)
    await team.seats["olya"].say("/bug the search finds nothing")
    await team.seats["maxw"].say(SAID)
    return press


@pytest.mark.parametrize("is_called", [False, True])
@pytest.mark.parametrize("seconds", AWAY)
async def test_while_the_server_is_away_a_press_is_answered_later_and_all_is_done_once_it_is_back(
    tmp_path: Path, seconds: float, *, is_called: bool
) -> None:
    async with served(tmp_path, is_called=is_called) as at:
        stage = at.stage
        stage.refused.append(OLD_PRESS)
        team = await joined(stage)
        card = await captured(team)
        approve = card.find_button("Approve")
        assert approve is not None
        async with at.away(seconds):
            press = await press_and_say(team, card.id, approve.data or "")
            assert (await team.direct.answered(press)).startswith(BUSY)
        async with asyncio.timeout(BACK_SECONDS):
            await team.direct.see(card, "approved by ann")
            await team.direct.read("the search finds nothing", after=card.id)
        await stage.settle()
        assert stage.rows("SELECT count(*) FROM task") == [(1,)]
        assert stage.rows(f"SELECT count(*) FROM message WHERE text = '{SAID}'") == [(1,)]  # noqa: S608 - ours
        in_group = [one.text for one in await stage.posts(team.group.id)]
        assert [text for text in in_group if text.startswith(BUSY)] == []
        bugs = [one for one in await stage.posts(team.direct.chat) if "finds nothing" in one.text]
        assert len(bugs) == 1
        assert BUG in (await stage.driver.message(team.direct.chat, card.id)).text
