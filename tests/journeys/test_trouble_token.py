"""The token is revoked, or another bot's; the bot is put out of its group."""

import asyncio
import os
import sys
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli import BAD_INPUT
from bot.running import run
from bot.sandbox.driver import Driver
from bot.sandbox.server import serve
from core.errors import BadConfig
from core.rules.embedding import WordVectors
from core.rules.matching import RuleMatcher
from tests.journeys.conftest import BUG, captured, joined, talk
from tests.journeys.lives import Held, Home, homed
from tests.journeys.seats import Team
from tests.journeys.staging import Journey, staged

ROOT = Path(__file__).parents[2]
NEW_TOKEN = "1000:anew"  # noqa: S105 - nothing is behind it
OTHER_TOKEN = "2000:other"  # noqa: S105 - nothing is behind it
LEFT = "I was removed from “Mobile”"


@pytest.fixture
async def home(tmp_path: Path) -> AsyncGenerator[Home]:
    """A Telegram, and a folder for the bot."""
    async with homed(tmp_path) as made:
        yield made


async def test_a_token_revoked_at_work_ends_the_program_with_a_sentence_and_no_restart(
    tmp_path: Path,
) -> None:
    async with serve() as address, Driver(address.url) as driver:
        environ = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "TRIAGRAM__TELEGRAM__TOKEN": address.token,
            "TRIAGRAM__TELEGRAM__API_BASE": address.url,
        }
        await driver.set_clock(offset=-600.0)
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=tmp_path, env=environ,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        await driver.wait_polling(60)
        await driver.revoke_token(NEW_TOKEN)
        printed, _ = await asyncio.wait_for(bot.communicate(), 60)
    told = printed.decode()
    assert bot.returncode == BAD_INPUT, told
    assert "telegram.token: Telegram knows no bot with this token\n  → copy it whole from @BotF" in told
    assert "Traceback" not in told
    assert "10 min fast against Telegram's" in told


async def revoked_while_something_is_due(home: Home) -> Team:
    """A bug is handed in and cannot be shown; an idea is written after the token was revoked."""
    async with home.life() as first:
        team = await joined(first)
    with pytest.raises(BaseExceptionGroup) as ended:
        async with home.life() as second:
            await home.driver.fault(502, method="sendMessage", times=1000)
            await team.seats["olya"].say(f"/bug {BUG}")
            await home.driver.wait_until(lambda: second.rows("SELECT 1 FROM proposal"), timeout=20)
            await home.driver.revoke_token(NEW_TOKEN)
            await home.driver.clear_faults()
            await team.seats["maxw"].say("/idea a map of Ghent")
            await asyncio.wait_for(asyncio.Event().wait(), 60)
    assert ended.group_contains(BadConfig)
    return team


async def test_with_a_new_token_of_the_same_bot_what_was_due_is_said_and_what_was_written_is_heard(
    home: Home,
) -> None:
    team = await revoked_while_something_is_due(home)
    home.clock.move(minutes=5)
    async with home.life(NEW_TOKEN) as third:
        await team.direct.read(BUG)
        await team.direct.read("a map of Ghent")
        await third.settle()
        cards = [one for one in await third.posts(team.direct.chat) if BUG in one.text]
    assert len(cards) == 1


async def test_a_token_of_another_bot_is_refused_naming_both(home: Home) -> None:
    async with home.life() as journey:
        await journey.app.owner_link()
        config = journey.app.config
    await home.driver.revoke_token(OTHER_TOKEN)
    with pytest.raises(BadConfig) as refused:
        other = replace(config, telegram=replace(config.telegram, token=OTHER_TOKEN))
        await asyncio.wait_for(run(other), 30)
    assert refused.value.where == "telegram.token"
    assert "it is @triagram_bot (2000)'s" in refused.value.problem
    assert "belongs to bot 1000" in refused.value.problem


async def test_put_out_in_the_middle_of_a_run_and_of_a_review_reviewers_are_told_once_and_go_on(
    tmp_path: Path,
) -> None:
    words = WordVectors()
    held = Held(words, RuleMatcher())
    async with staged(tmp_path, analyst=held) as stage:
        team = await joined(stage)
        card = await captured(team)
        await talk(team)
        await team.direct.say("/extract")
        await asyncio.wait_for(held.has_begun.wait(), 30)
        in_group = len(await stage.posts(team.group.id))
        await stage.driver.remove_bot(team.group, by=team.seats["maxw"].person)
        await team.direct.read(LEFT)
        held.may_end.set()
        notes = await team.direct.read("find tasks")
        assert await team.direct.press(card, "Approve") == "Approved → T-1"
        await team.direct.press(notes, "and find tasks")
        await stage.settle()
        assert len(await stage.posts(team.group.id)) == in_group
        await _back(stage, team)
        assert BUG in (await team.ann.ask("/tasks")).text
        told = [one for one in await stage.posts(team.direct.chat) if LEFT in one.text]
        assert len(told) == 1
        assert stage.rows("SELECT count(*) FROM batch WHERE status != 'done'") == [(0,)]


async def _back(stage: Journey, team: Team) -> None:
    await stage.driver.add_bot(team.group, by=team.ann.person)
    setup = await team.ann.read("I was here before.")
    await team.ann.tap(setup, "Continue", "I am reading for Mobile.")
