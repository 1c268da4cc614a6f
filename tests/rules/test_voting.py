"""A proposal others voted for and somebody says again is settled."""

import pytest

from core.domain.conversation import Conversation
from core.rules.talk import Talk, talk_of
from core.rules.voting import is_carried
from tests.rules.chat import Line, said

PROPOSAL = "Terms may be redefined but never partly reconfigured"


def talk(*lines: Line) -> Talk:
    return talk_of(Conversation(tuple(said(*lines))))


def carried(*lines: Line) -> list[bool]:
    whole = talk(*lines)
    return [is_carried(whole, turn) for turn in whole.turns]


@pytest.mark.parametrize("votes", [("+1", "+1"), ("agreed", "+1 with pleasure"), ("да", "согласен")])
def test_what_is_proposed_voted_for_and_said_again_is_carried(votes: tuple[str, str]) -> None:
    first, second = votes
    found = carried(
        Line("Olya", PROPOSAL), Line("Max", first), Line("Tom", second), Line("Lena", f"{PROPOSAL}.")
    )
    assert found == [False, False, False, True]


@pytest.mark.parametrize(
    "between",
    [
        [Line("Max", "+1")],
        [Line("Max", "+1"), Line("Max", "+1")],
        [Line("Max", "+1"), Line("Olya", "+1")],
        [Line("Max", "no idea"), Line("Tom", "ok but I would rather not do this before the next release")],
        [Line("Max", "+10 % load today"), Line("Tom", "+1")],
    ],
)
def test_too_few_votes_carry_nothing(between: list[Line]) -> None:
    assert not any(carried(Line("Olya", PROPOSAL), *between, Line("Lena", PROPOSAL)))


def test_a_short_remark_said_again_is_no_decision() -> None:
    assert not any(
        carried(
            Line("Olya", "good point"), Line("Max", "+1"), Line("Tom", "+1"), Line("Lena", "good point")
        )
    )
