"""Pacing: a message a second a chat, 20 a minute a group, 30 a second in all."""

from collections import Counter

import pytest

from bot.sandbox.rules.limits import FloodLimits
from bot.speak.pacing import MOST_CHATS_KEPT, Pacing
from core.domain.ids import ChatId
from tests.bot.speak.conftest import HandClock

ANN = ChatId(7)
GROUP = ChatId(-100123)


def _send(pacing: Pacing, chat_id: ChatId) -> None:
    with pacing.turn(chat_id):
        pass


def test_the_first_message_goes_at_once(pacing: Pacing) -> None:
    assert pacing.wait_seconds(ANN) == 0


@pytest.mark.parametrize("chat", [ANN, GROUP])
def test_after_a_burst_of_three_a_chat_takes_one_a_second(
    pacing: Pacing, clock: HandClock, chat: ChatId
) -> None:
    for _ in range(3):
        assert pacing.wait_seconds(chat) == 0
        _send(pacing, chat)
    assert pacing.wait_seconds(chat) == pytest.approx(1.0)
    clock.now += 0.75
    assert pacing.wait_seconds(chat) == pytest.approx(0.25)
    clock.now += 0.25
    assert pacing.wait_seconds(chat) == 0
    _send(pacing, chat)
    assert pacing.wait_seconds(chat) == pytest.approx(1.0)


def test_one_chat_does_not_hold_up_another(pacing: Pacing) -> None:
    _send(pacing, ANN)
    assert pacing.wait_seconds(GROUP) == 0


def test_a_group_takes_twenty_in_any_sixty_seconds(pacing: Pacing, clock: HandClock) -> None:
    for _ in range(20):
        assert pacing.wait_seconds(GROUP) == 0
        _send(pacing, GROUP)
        clock.now += 2
    assert pacing.wait_seconds(GROUP) == pytest.approx(20.0)
    clock.now += 20
    assert pacing.wait_seconds(GROUP) == 0
    _send(pacing, GROUP)
    clock.now += 1
    assert pacing.wait_seconds(GROUP) == pytest.approx(1.0)


def test_a_direct_chat_has_no_minute_limit(pacing: Pacing, clock: HandClock) -> None:
    for _ in range(40):
        assert pacing.wait_seconds(ANN) == 0
        _send(pacing, ANN)
        clock.now += 1


def test_thirty_a_second_in_all(pacing: Pacing, clock: HandClock) -> None:
    for person in range(1, 31):
        assert pacing.wait_seconds(ChatId(person)) == 0
        _send(pacing, ChatId(person))
    assert pacing.wait_seconds(ChatId(31)) == pytest.approx(1.0)
    clock.now += 1
    assert pacing.wait_seconds(ChatId(31)) == 0


def test_a_call_counts_from_its_answer(pacing: Pacing, clock: HandClock) -> None:
    for _ in range(2):
        _send(pacing, ANN)
    with pacing.turn(ANN):
        clock.now += 5
    assert pacing.wait_seconds(ANN) == 0
    for _ in range(2):
        _send(pacing, ANN)
    assert pacing.wait_seconds(ANN) == pytest.approx(1.0)


def test_a_call_under_way_holds_its_chat_however_long(pacing: Pacing, clock: HandClock) -> None:
    with pacing.turn(ANN):
        clock.now += 500
        assert 0 < pacing.wait_seconds(ANN) < 1
        assert pacing.wait_seconds(GROUP) == 0


def test_a_call_that_raises_is_counted_too(pacing: Pacing) -> None:
    for _ in range(2):
        _send(pacing, ANN)
    with pytest.raises(OSError, match="gone"), pacing.turn(ANN):
        raise OSError("gone")
    assert pacing.wait_seconds(ANN) == pytest.approx(1.0)


def test_a_429_lets_its_chat_rest_and_no_other(pacing: Pacing, clock: HandClock) -> None:
    pacing.rest(GROUP, 33)
    assert pacing.wait_seconds(GROUP) == 33
    assert pacing.wait_seconds(ANN) == 0
    clock.now += 33
    assert pacing.wait_seconds(GROUP) == 0


def test_a_shorter_rest_does_not_cut_a_longer_one(pacing: Pacing) -> None:
    pacing.rest(GROUP, 30)
    pacing.rest(GROUP, 3)
    assert pacing.wait_seconds(GROUP) == 30


def test_idle_chats_are_forgotten_but_resting_ones_are_not(pacing: Pacing, clock: HandClock) -> None:
    for person in range(1, MOST_CHATS_KEPT + 1):
        _send(pacing, ChatId(person))
        clock.now += 1
    pacing.rest(GROUP, 500)
    clock.now += 100
    assert pacing.chats_kept == MOST_CHATS_KEPT + 1
    _send(pacing, ANN)
    assert pacing.wait_seconds(GROUP) == pytest.approx(400)
    assert pacing.chats_kept == 2


def test_who_obeys_the_pace_meets_no_limit_of_telegram(pacing: Pacing, clock: HandClock) -> None:
    limits, sent = FloodLimits(), Counter[ChatId]()
    chats = [GROUP, ANN, *(ChatId(number) for number in range(100, 140))]
    for _ in range(3000):
        ready = [chat for chat in chats if pacing.wait_seconds(chat) == 0]
        for chat in ready[:1]:
            assert limits.seconds_to_wait(chat, is_group=chat < 0, now=clock.now) == 0
            _send(pacing, chat)
            sent[chat] += 1
        clock.now += 0.04
    assert sent[GROUP] == 40
    assert sent[ANN] > 60


@pytest.mark.parametrize(("speakers", "most"), [(1, 30), (2, 15), (4, 7), (99, 1)])
def test_speakers_divide_the_thirty_a_second(pacing: Pacing, speakers: int, most: int) -> None:
    pacing.divide(speakers)
    for number in range(most):
        assert pacing.wait_seconds(ChatId(number)) == 0
        _send(pacing, ChatId(number))
    assert pacing.wait_seconds(ChatId(most)) > 0
