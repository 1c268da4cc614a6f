"""Seats: the longest sitting is first, who goes silent is gone, who is alone speaks everywhere."""

import pytest

from core.domain.duty import EVERY_DUTY, SLICES, Duty
from core.services.sharing.seats import SEAT, Seats
from tests.house import House

HEAR = frozenset({Duty.HEAR})
SPEAK = frozenset({Duty.SPEAK})


@pytest.fixture
def seats(house: House) -> tuple[Seats, Seats]:
    return Seats(house.transactions, house.clock, "a"), Seats(house.transactions, house.clock, "b")


async def sit(house: House, *seats: Seats, duties: frozenset[Duty] = EVERY_DUTY) -> None:
    """Each beats, a second after the one before; then each has seen all."""
    for _ in range(2):
        for one in seats:
            await one.beat(duties)
            house.clock.move(seconds=1)


async def test_who_came_first_stays_first(house: House, seats: tuple[Seats, Seats]) -> None:
    first, second = reversed(seats)
    await sit(house, first, second)
    assert (first.is_first(Duty.HEAR), second.is_first(Duty.HEAR)) == (True, False)


async def test_who_goes_silent_loses_the_turn_and_comes_back_last(
    house: House, seats: tuple[Seats, Seats]
) -> None:
    first, second = seats
    await sit(house, first, second)
    house.clock.move(seconds=SEAT.total_seconds() - 1)
    await second.beat(EVERY_DUTY)
    house.clock.move(seconds=2)
    await second.beat(EVERY_DUTY)
    assert second.is_first(Duty.HEAR)
    await sit(house, first, second)
    assert (first.is_first(Duty.HEAR), second.is_first(Duty.HEAR)) == (False, True)


async def test_who_leaves_is_not_waited_for(house: House, seats: tuple[Seats, Seats]) -> None:
    first, second = seats
    await sit(house, first, second)
    await first.leave()
    await second.beat(EVERY_DUTY)
    assert second.is_first(Duty.HEAR)
    assert second.slices() is None


async def test_those_known_to_be_gone_are_not_waited_for(house: House, seats: tuple[Seats, Seats]) -> None:
    first, second = seats
    await sit(house, first)
    await second.clear(lambda holder: holder == "a")
    await second.beat(EVERY_DUTY)
    assert second.is_first(Duty.HEAR)


async def test_others_are_those_seen_at_the_last_beat(house: House, seats: tuple[Seats, Seats]) -> None:
    first, second = seats
    await sit(house, first)
    assert first.others() == frozenset()
    await sit(house, second, first)
    assert (first.others(), second.others()) == ({second.holder}, {first.holder})


async def test_speakers_divide_all_chats(house: House, seats: tuple[Seats, Seats]) -> None:
    await sit(house, *seats)
    shares = [one.slices() for one in seats]
    assert None not in shares
    assert sorted(one for share in shares for one in share or ()) == list(range(SLICES))
    assert [one.count(Duty.SPEAK) for one in seats] == [2, 2]


async def test_who_does_not_speak_has_no_part_in_it(house: House, seats: tuple[Seats, Seats]) -> None:
    hearing, speaking = seats
    await sit(house, hearing, duties=HEAR)
    await sit(house, speaking, duties=SPEAK)
    assert speaking.slices() is None
    assert hearing.is_first(Duty.HEAR)
