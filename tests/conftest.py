"""What every test may use."""

from collections.abc import Sequence

import pytest

from tests.fakes import FakeClock, SequentialIds


def pytest_addoption(parser: pytest.Parser) -> None:
    """`make soak` gives it."""
    parser.addoption("--full", action="store_true", help="long tests too, and every kill of the soak")


def pytest_collection_modifyitems(config: pytest.Config, items: Sequence[pytest.Item]) -> None:
    """A test marked `long` proves more of what a shorter one beside it proves."""
    if config.getoption("--full"):
        return
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.skip(reason="long: make soak runs it"))


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands still until it is moved."""
    return FakeClock()


@pytest.fixture
def ids() -> SequentialIds:
    """Ids in order."""
    return SequentialIds()
