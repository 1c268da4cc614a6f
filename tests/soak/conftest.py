"""Plays of one story with a bot that dies; a tenth of them unless `--full` is given."""

import asyncio
from pathlib import Path

import pytest

from tests.soak.playing import Played, played
from tests.soak.stage import Deaths
from tests.soak.told import lines_of

PARTS = 40
"""Plays over which the moments of the story are spread: each dies at every fortieth."""
PLAYS_AT_RANDOM = 6
MESSAGES = 100_000
"""Said live on each database; a tenth of them in `make check`."""
PROCESS_KILLS = 20
"""Over several processes; without `--full` one of each part."""
KILLS, UNMET = "soak kills", "soak moments unmet"
"""What a play reports: its deaths, and the armed moments that did not come about."""
DEATHS_AT_RANDOM = 5
"""A play; six plays make the thirty of `make soak`, and three deaths are its tenth."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test a play."""
    is_full = bool(metafunc.config.getoption("--full"))
    if "part" in metafunc.fixturenames:
        metafunc.parametrize("part", range(0, PARTS, 1 if is_full else 10))
    if "messages" in metafunc.fixturenames:
        metafunc.parametrize("messages", [MESSAGES if is_full else MESSAGES // 10])
    if "workers" in metafunc.fixturenames:
        runs = [(one, 40, 1.0) for one in (1, 2, 4)] if is_full else [(2, 4, 0.5)]
        metafunc.parametrize(("workers", "batches", "seconds"), runs)
    if "kills" in metafunc.fixturenames:
        metafunc.parametrize("kills", [PROCESS_KILLS if is_full else 3])
    if "seed" in metafunc.fixturenames:
        plays = range(PLAYS_AT_RANDOM if is_full else 1)
        metafunc.parametrize(
            ("seed", "count"), [(seed, DEATHS_AT_RANDOM if is_full else 3) for seed in plays]
        )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was counted; how much was killed, and what of the plan was not."""
    reports: list[pytest.TestReport] = terminalreporter.stats.get("passed", [])
    for report in [*reports, *terminalreporter.stats.get("failed", [])]:
        for line in lines_of(report):
            terminalreporter.write_line(f"soak: {line}")
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
