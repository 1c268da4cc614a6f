"""Seven processes on PostgreSQL and NATS, killed again and again: nothing is lost, nothing done twice."""

import asyncio
import random
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.main import open_app
from bot.sandbox.driver import Driver
from bot.sandbox.server import serve
from storage.migrations import upgrade
from tests.nats import served_nats
from tests.postgres import own_postgres
from tests.processes import Installation, Processes
from tests.soak.machines.counts import count, ensure_last_versions, until_idle
from tests.soak.machines.deaths import CREW, Deaths
from tests.soak.machines.teams import Teams, furnished
from tests.soak.told import Record, tell

SEED = 4
THINKS_SECONDS = 0.4
"""Long enough that many a worker dies over a batch."""
ROUNDS, REPORTS = 5, 2
"""Of talk and of bugs, for each kill."""
GIVE_UP_SECONDS = 1500.0
_FAILURE = re.compile(
    r"Traceback|\[(?:error|critical) *\] (?!another program uses)|^(?:ERROR|CRITICAL):", re.MULTILINE
)
"""Who stands by hears once the other's seat has run out; the other, back again, may poll once more."""


@dataclass(frozen=True)
class Site:
    """The teams, the processes that serve them, and who kills those."""

    teams: Teams
    processes: Processes
    deaths: Deaths


@asynccontextmanager
async def built(folder: Path, kills: int) -> AsyncGenerator[Site]:
    """Everything at work at the beginning; all processes gone in the end."""
    with own_postgres() as (server, process), served_nats(folder) as nats:
        url = server.bare()
        await upgrade(url)
        async with serve() as address, Driver(address.url) as driver:
            installation = Installation(
                address.url, address.token, folder, nats.url, THINKS_SECONDS, database=url, attempts=50
            )
            processes = Processes(installation)
            deaths = Deaths(processes, nats, process, kills, random.Random(SEED))  # noqa: S311 # repeatable
            try:
                async with open_app(replace(installation, queue="memory://").config) as app:
                    teams = await furnished(driver, app, SEED)
                    for name, duties in CREW.items():
                        await processes.start(name, *duties)
                    yield Site(teams, processes, deaths)
            finally:
                processes.end()


async def test_killed_processes_lose_nothing_and_do_nothing_twice(
    kills: int, tmp_path: Path, record_property: Record
) -> None:
    async with asyncio.timeout(GIVE_UP_SECONDS), built(tmp_path, kills) as site:
        async with site.teams.living(kills * ROUNDS, kills * REPORTS):
            await site.deaths.run()
        await until_idle(site.teams)
        for team in site.teams.all:
            await site.teams.read_once(team)
        await until_idle(site.teams)
        site.processes.end()
        counted = await count(site.teams, site.deaths.killed["mouth"])
        repainted = await ensure_last_versions(site.teams, site.processes.installation)
        log = site.processes.installation.log.read_text("utf-8")
    failure = _FAILURE.search(log)
    assert failure is None, log[max(0, failure.start() - 500) : failure.end() + 3000]
    killed = ", ".join(f"{part} {count}" for part, count in site.deaths.killed.items())
    tell(
        record_property,
        f"machines: {kills} kills ({killed}), NATS and PostgreSQL restarted: {counted.messages} messages "
        f"kept once, {counted.batches} batches committed once ({counted.notes} notes), "
        f"{counted.tasks} tasks of {len(site.teams.told.reports)} reports; "
        f"{counted.cards} cards stand once, {repainted} looked through and up to date, "
        f"{counted.copies} copies of sends cut off",
    )
