"""A week of a real team: how little the bot says in its group."""

from pathlib import Path

import pytest

from core.domain.person import ReviewPlace
from tests.bench.week import TALKS, lived

MOST_PER_HUNDRED = 2.0
"""The bot's messages for 100 of the team's, in the group."""


@pytest.mark.skipif(not TALKS[0].exists(), reason="the shared exports are not on this machine")
@pytest.mark.parametrize(
    "place", [pytest.param(ReviewPlace.DIRECT, marks=pytest.mark.long), ReviewPlace.HERE]
)
async def test_in_its_busiest_week_a_group_hears_two_of_the_bots_messages_for_a_hundred_of_its_own(
    place: ReviewPlace, tmp_path: Path
) -> None:
    heard = await lived(TALKS[0], place, tmp_path)
    assert heard.said > 500
    assert heard.in_group >= 5, "nothing was told"
    assert heard.per_hundred <= MOST_PER_HUNDRED
