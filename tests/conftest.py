"""What every test may use."""

import pytest

from tests.fakes import FakeClock, SequentialIds


@pytest.fixture
def clock() -> FakeClock:
    """A clock that stands still until it is moved."""
    return FakeClock()


@pytest.fixture
def ids() -> SequentialIds:
    """Ids in order."""
    return SequentialIds()
