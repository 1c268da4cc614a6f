"""Slices: every chat is exactly one speaker's, shares are alike, and a change moves only what it must."""

import pytest

from core.domain.duty import SLICES, slice_of, slices_of
from core.domain.ids import ChatId

HOLDERS = tuple(f"machine/{number}/life/0" for number in range(4))


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_each_slice_is_exactly_ones(count: int) -> None:
    holders = HOLDERS[:count]
    held = [one for holder in holders for one in slices_of(holder, holders)]
    assert sorted(held) == list(range(SLICES))


@pytest.mark.parametrize("count", [2, 3, 4])
def test_shares_are_alike(count: int) -> None:
    shares = [len(slices_of(holder, HOLDERS[:count])) for holder in HOLDERS[:count]]
    assert min(shares) >= SLICES / count / 2


def test_who_goes_leaves_the_others_what_they_had() -> None:
    for holder in HOLDERS[:3]:
        assert slices_of(holder, HOLDERS) <= slices_of(holder, HOLDERS[:3])


@pytest.mark.parametrize("chat_id", [5, -5, -1001234567890, 2**52])
def test_every_chat_falls_into_a_slice(chat_id: int) -> None:
    assert 0 <= slice_of(ChatId(chat_id)) < SLICES
