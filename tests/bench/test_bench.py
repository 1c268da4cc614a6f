"""Each bench runs with hardly anything to do, and the table says how it compares; no time is judged."""

from pathlib import Path

import pytest

from tests.bench.__main__ import BENCHES, ON_SQLITE_ONLY
from tests.bench.measure import Aim, Effort, Line, Round
from tests.bench.stores import DatabaseKind
from tests.bench.table import table_of

HARDLY_ANYTHING = Effort(is_quick=True, share=0.1)
IN_OTHERS = {"start"}
"""What it is made of runs in the others too; each start of the program costs seconds."""
SHORT = [name for name in BENCHES if name not in IN_OTHERS]
LONG = [pytest.param(name, marks=pytest.mark.long) for name in IN_OTHERS]
ON_POSTGRES = ("press", "nearest")
"""Of which the others there are made too."""
SHORT_ON_POSTGRES = [
    pytest.param(name, marks=() if name in ON_POSTGRES else pytest.mark.long)
    for name in sorted(BENCHES.keys() - ON_SQLITE_ONLY)
]


@pytest.mark.parametrize("name", [*SHORT, *LONG])
async def test_each_path_runs_and_has_its_line(name: str, tmp_path: Path) -> None:
    await _runs_and_has_its_lines(name, tmp_path, DatabaseKind.SQLITE)


@pytest.mark.parametrize("name", SHORT_ON_POSTGRES)
async def test_each_path_runs_on_postgres_too(name: str, tmp_path: Path) -> None:
    await _runs_and_has_its_lines(name, tmp_path, DatabaseKind.POSTGRES)


async def _runs_and_has_its_lines(name: str, folder: Path, kind: DatabaseKind) -> None:
    lines = await BENCHES[name](folder, HARDLY_ANYTHING, kind)
    shown = table_of(lines)
    for line in lines:
        assert line.counted > 0
        assert line.path in shown
        assert f"{line.ratio:.2f} x" in shown


@pytest.mark.parametrize(
    ("ours", "aim", "ratio", "verdict"),
    [
        (30.0, Aim(most=3.0), "3.00 x", "met"),
        (31.0, Aim(most=3.0), "3.10 x", "MISSED"),
        (5.0, Aim(least=2.0), "2.00 x", "met"),
        (10.0, Aim(least=2.0), "1.00 x", "MISSED"),
    ],
)
def test_the_table_says_whether_an_aim_is_met(ours: float, aim: Aim, ratio: str, verdict: str) -> None:
    line = Line("a path", [Round(ours, 10.0)], "ms", aim, "nothing", 1)
    row = next(row for row in table_of([line]).splitlines() if row.startswith("a path"))
    assert ratio in row
    assert row.endswith(verdict)


def test_the_ratio_is_the_middle_of_the_rounds() -> None:
    rounds = [Round(20.0, 10.0), Round(90.0, 10.0), Round(10.0, 10.0)]
    line = Line("a path", rounds, "ms", Aim(most=3.0), "nothing", 1)
    assert line.ratio == 2.0
    assert line.spread == (1.0, 9.0)
