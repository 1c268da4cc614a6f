"""What must be there once everything is done: counted from the rows and from what stands in the chats."""

import asyncio
from collections import Counter
from dataclasses import dataclass, replace

from bot.main import World, open_app
from bot.running import running
from bot.world import SystemClock
from core.domain.duty import Duty
from tests.journeys.staging import Unpaced
from tests.processes import Installation
from tests.soak.machines.teams import Teams
from tests.soak.waiting import until

IDLE_SECONDS = 240.0
"""Only how late a failure is noticed; a lease a death left behind lasts 30 s."""
_WAITING = """
SELECT (SELECT count(*) FROM incoming WHERE status = 'waiting')
     + (SELECT count(*) FROM spot WHERE delivery != 'dropped' AND (wanted > painted OR message_id IS NULL))
     + (SELECT count(*) FROM run WHERE status IN ('pending', 'running'))
"""
_NOTES = """
SELECT count(DISTINCT proposal.id), count(DISTINCT (evidence.chat_id, evidence.message_id))
FROM evidence JOIN proposal ON proposal.id = owner_id WHERE proposal.kind = 'atom'
"""
BUSY = "My database does not answer just now."
"""Said past the database, to whoever asked while it was away; it has no spot."""
NOT_MODIFIED = "message is not modified"


@dataclass(frozen=True)
class Counted:
    """What was counted, for whoever reads it."""

    messages: int
    batches: int
    notes: int
    tasks: int
    cards: int
    copies: int


async def until_idle(teams: Teams) -> None:
    """Until no update waits, no run is under way and no card is due."""

    async def is_idle() -> bool:
        told = (await teams.driver.bot())["pending_updates"]
        return not told and not (await teams.rows(_WAITING))[0][0]

    async with asyncio.timeout(IDLE_SECONDS):
        await until(is_idle)


async def count(teams: Teams, killed_speakers: int) -> Counted:
    """Every count; raises AssertionError where one differs."""
    messages = await _messages(teams)
    batches, notes = await _batches(teams, messages)
    tasks = await _decisions(teams)
    cards, copies = await _cards(teams)
    # One chat is spoken to by one speaker, a card at a time: a death, or the database's, cuts off one send.
    assert not copies or max(copies.values()) <= killed_speakers + 1
    return Counted(messages, batches, notes, tasks, cards, copies.total())


async def _messages(teams: Teams) -> int:
    """Each of them once, as it was said; no update was set aside."""
    found = await teams.rows("SELECT chat_id, message_id, text FROM message WHERE text LIKE 'The %'")
    assert sorted(found) == sorted(teams.told.said)
    assert await teams.rows("SELECT update_id, error FROM incoming WHERE status != 'done'") == []
    return len(found)


async def _batches(teams: Teams, messages: int) -> tuple[int, int]:
    """Each read once: every message has its batch, each batch its notes, each note one message."""
    states = dict(await teams.rows("SELECT status, count(*) FROM batch GROUP BY status"))
    assert set(states) == {"done"}
    assert await teams.rows("SELECT text FROM message WHERE text LIKE 'The %' AND batch_id IS NULL") == []
    [(notes, read)] = await teams.rows(_NOTES)
    dropped = sum(sum(one.values()) for (one,) in await teams.rows("SELECT dropped FROM batch"))
    assert notes == read
    assert notes + dropped == messages
    return states["done"], notes


async def _decisions(teams: Teams) -> int:
    """Each report one proposal, each decided as it was pressed, each approved one a task of its number."""
    told = teams.told
    found = await teams.rows("SELECT content, status FROM proposal WHERE source = 'bug'")
    by_status: dict[str, list[str]] = {}
    for content, status in found:
        by_status.setdefault(status, []).append(content["title"])
    assert sorted(title for titles in by_status.values() for title in titles) == sorted(told.reports)
    assert set(by_status) == {"approved", "rejected"}
    assert sorted(by_status["approved"]) == sorted(told.approved)
    assert sorted(by_status["rejected"]) == sorted(told.rejected)
    [(tasks, numbers)] = await teams.rows("SELECT count(*), count(DISTINCT (project_id, number)) FROM task")
    assert tasks == numbers == len(told.approved)
    return tasks


async def _cards(teams: Teams) -> tuple[int, Counter[int]]:
    """Each spot one message that is there; by chat, messages of ours that are no spot's.

    Those are sends that were cut off before they could be written down, of a card that was sent again.
    """
    spots = await teams.rows("SELECT chat_id, message_id FROM spot WHERE delivery != 'dropped'")
    assert len(spots) == len(set(spots))
    shown = {
        (chat, one.id): one
        for chat in {chat for chat, _ in spots}
        for one in await teams.driver.messages(chat, from_bot=True)
    }
    assert set(spots) - set(shown) == set()
    others = [one for place, one in shown.items() if place not in set(spots)]
    return len(spots), Counter(one.chat for one in others if not one.text.startswith(BUSY))


async def ensure_last_versions(teams: Teams, installation: Installation) -> int:
    """Have every card painted anew: Telegram must know each of them as it is. Returns how many."""
    async with teams.app.engine.writing() as connection:
        await connection.exec_driver_sql(
            "UPDATE spot SET wanted = wanted + 1, painted_hash = '' WHERE delivery != 'dropped'"
        )
    await teams.driver.limits(on=False)
    await teams.driver.clear_calls()
    alone = replace(installation, queue="memory://").config
    async with (
        open_app(alone, World(SystemClock(), Unpaced())) as app,
        running(app, frozenset({Duty.SPEAK})),
    ):
        await until_idle(teams)
    edits = await teams.driver.calls("editMessageText")
    outdated = [one.params["text"] for one in edits if NOT_MODIFIED not in str(one.error)]
    assert outdated == []
    assert await teams.driver.calls("sendMessage") == []
    return len(edits)
