"""One play from the first word to what is stored in the end."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.soak.moments import Moment
from tests.soak.rows import natural_rows
from tests.soak.scenario import play
from tests.soak.stage import Deaths, Stage, alive, staged
from tests.soak.standing import check_standing

_FAILURE = re.compile(r"Traceback|\[(?:error|critical)\b|^(?:ERROR|CRITICAL):", re.MULTILINE)


@dataclass(frozen=True)
class Played:
    """What came of a play: rows by table, what the bot did, where it killed itself, how often it died."""

    rows: Mapping[str, Sequence[str]]
    moments: Sequence[Moment]
    died_at: frozenset[Moment]
    deaths: int


async def played(folder: Path, deaths: Deaths) -> Played:
    """Play the whole story; what must hold in any play is checked here."""
    async with staged(folder) as stage:
        link = await stage.owner_link()
        async with alive(stage, deaths) as keeper:
            await play(stage, link)
            await keeper.spent()
            await stage.settled()
        async with alive(stage, Deaths()):
            await check_standing(stage)
        _check_log(stage)
        journal = stage.bot.home.journal
        return Played(
            await natural_rows(stage), journal.moments(), frozenset(journal.died_at()), stage.bot.deaths
        )


def _check_log(stage: Stage) -> None:
    """A death is no excuse for a bug: nothing failed in any life."""
    log = stage.bot.home.log.read_text("utf-8")
    failure = _FAILURE.search(log)
    assert failure is None, log[max(0, failure.start() - 500) : failure.end() + 3000]
