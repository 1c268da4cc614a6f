"""A bot that is killed at any moment ends with the same rows as one that is not."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.soak.conftest import KILLS, PARTS, UNMET
from tests.soak.moments import BESIDES, MIGRATED, Moment, What
from tests.soak.playing import Played, played
from tests.soak.stage import Deaths

Rows = Mapping[str, Sequence[str]]
Record = Callable[[str, object], None]
OF_MODELS = frozenset({"agent", "assignment", "budget_notice", "charge", "credential", "measured"})
"""Tables only a team with a model fills: the story is read by the built-in analyst."""
OF_REPLIES = frozenset({"comment"})
"""A reply names a message: where a send was cut off, that may be the copy nobody knows."""


def test_the_story_goes_through_every_part_of_the_product(reference: Played) -> None:
    """Else a play that does nothing would be equal to another that does nothing."""
    empty = {table for table, rows in reference.rows.items() if not rows}
    assert empty <= {"deletion", "digest", "learned"} | OF_MODELS | OF_REPLIES
    assert {moment.what for moment in reference.moments} == set(What)
    assert len(reference.moments) > PARTS


def test_every_table_with_rows_is_written_at_a_moment_to_die_at(reference: Played) -> None:
    """Else some commits are not watched, and nobody is killed at them."""
    stored = {table for table, rows in reference.rows.items() if rows} - BESIDES - MIGRATED
    commits = [moment.key for moment in reference.moments if moment.what is What.COMMIT]
    assert {"incoming", *stored} - {one.split()[1] for key in commits for one in key.split(", ")} == set()


def test_a_kill_before_a_commit_or_after_a_send_changes_nothing(
    reference: Played, part: int, home: Path, record_property: Record
) -> None:
    armed = frozenset(reference.moments[part::PARTS])
    result = asyncio.run(played(home, Deaths(armed)))
    record_property(KILLS, result.deaths)
    record_property(UNMET, len(armed - result.died_at))
    assert _difference(reference.rows, result.rows) == {}
    unmet = armed - result.died_at
    assert not {moment for moment in unmet if not _may_coalesce(moment)}
    assert result.deaths == len(result.died_at) > len(unmet)


def test_kills_at_random_change_nothing(
    reference: Played, seed: int, count: int, home: Path, record_property: Record
) -> None:
    result = asyncio.run(played(home, Deaths(at_random=count, seed=seed)))
    record_property(KILLS, result.deaths)
    assert _difference(reference.rows, result.rows) == {}
    assert result.deaths == count


def _may_coalesce(moment: Moment) -> bool:
    """Leases, pictures and talk: how many there are depends on how fast things follow each other."""
    return moment.what is What.EDIT or moment.key == "update spot" or "insert " in moment.key[:15]


def _difference(expected: Rows, found: Rows) -> Mapping[str, tuple[Sequence[str], Sequence[str]]]:
    """By table: rows that are missing, rows that are too many."""
    differences = {
        table: (_without(rows, found[table]), _without(found[table], rows))
        for table, rows in expected.items()
    }
    return {table: both for table, both in differences.items() if any(both)}


def _without(some: Sequence[str], others: Sequence[str]) -> Sequence[str]:
    rest = list(others)
    return [one for one in some if one not in rest or rest.remove(one)]
