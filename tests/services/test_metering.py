"""What work counts: each thing once it is over."""

from dataclasses import replace

from core.domain.conversation import Extraction, Reading, Usage
from core.domain.run import RunStatus, Stage
from core.errors import AnalystFailed
from core.ports.meter import Part
from tests.house import House, each_message_a_note


def priced(reading: Reading) -> Extraction:
    """Notes that cost something."""
    return replace(each_message_a_note(reading), usage=Usage(100, 20, 0.5))


async def test_a_batch_is_counted_with_its_usage_and_a_run_once_at_its_end(house: House) -> None:
    house.analyst.extracts = priced
    await house.say(*(f"the login is dead, {number}" for number in range(6)))
    await house.run(Stage.KNOWLEDGE)
    one = ("read", Stage.KNOWLEDGE, Usage(100, 20, 0.5))
    ended = ("ended", RunStatus.COMPLETED)
    assert [house.meter.counts.count(what) for what in (one, ended)] == [2, 1]
    assert len(house.meter.counts) == 3


async def test_a_failing_analyst_is_counted_at_each_attempt_and_the_run_as_failed(house: House) -> None:
    house.analyst.failures = [AnalystFailed("timeout"), AnalystFailed("timeout")]
    await house.say("login is dead")
    await house.run(Stage.KNOWLEDGE)
    failed = ("failed", Part.WORKING, AnalystFailed)
    assert house.meter.counts == [failed, failed, ("ended", RunStatus.FAILED)]
