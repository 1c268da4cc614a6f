"""Plays of one story with a bot that dies; a tenth of them unless `--full` is given."""

import asyncio
from pathlib import Path

import pytest

from tests.soak.playing import Played, played
from tests.soak.stage import Deaths

PARTS = 40
"""Plays over which the moments of the story are spread: each dies at every fortieth."""
PLAYS_AT_RANDOM = 6
KILLS, UNMET = "soak kills", "soak moments unmet"
"""What a play reports: its deaths, and the armed moments that did not come about."""
DEATHS_AT_RANDOM = 5
"""A play; six plays make the thirty of `make soak`, and three deaths are its tenth."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test a play."""
    is_full = bool(metafunc.config.getoption("--full"))
    if "part" in metafunc.fixturenames:
        metafunc.parametrize("part", range(0, PARTS, 1 if is_full else 10))
    if "seed" in metafunc.fixturenames:
        plays = range(PLAYS_AT_RANDOM if is_full else 1)
        metafunc.parametrize(
            ("seed", "count"), [(seed, DEATHS_AT_RANDOM if is_full else 3) for seed in plays]
        )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How much was killed, and what of the plan was not."""
    reports: list[pytest.TestReport] = terminalreporter.stats.get("passed", [])
    told = [dict(one.user_properties) for one in reports if one.when == "call"]
    plays = [one for one in told if KILLS in one]
    if plays:
        kills, unmet = (sum(int(str(one.get(name, 0))) for one in plays) for name in (KILLS, UNMET))
        terminalreporter.write_line(
            f"soak: {kills} kills in {len(plays)} plays; {unmet} planned ones not met: leases, pictures "
            "and talk come together differently each time"
        )


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """The story without a death."""
    return asyncio.run(played(tmp_path_factory.mktemp("reference"), Deaths()))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of one play; pytest keeps the last three runs', with their journals and logs."""
    return tmp_path
