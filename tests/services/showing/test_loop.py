"""The loop: nobody is held up, nothing is cut off, a database that is away is outlived."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace

import pytest

from bot.world import LocalWakeups
from core.domain.ids import ChatId
from core.domain.showing.spot import Delivery, Place
from core.errors import StorageFailed
from core.ports.unit_of_work import UnitOfWork
from core.ports.world import Lane
from core.services.showing import delivery
from tests.services.showing.conftest import HELP, Screen


async def running(screen: Screen, until: Callable[[], bool]) -> None:
    """Let the loop run on real wake-ups until something is so, then stop it."""
    awake = replace(screen.delivery, wakeups=LocalWakeups())
    async with asyncio.TaskGroup() as group:
        loop = group.create_task(awake.run())
        async with asyncio.timeout(5):
            while not until():  # noqa: ASYNC110 # what is waited for sets no event
                await asyncio.sleep(0.01)
        loop.cancel()


async def test_a_slow_chat_holds_up_no_other_in_the_loop(screen: Screen) -> None:
    slow = asyncio.Event()
    screen.messenger.during = slow.wait
    await screen.show(HELP)
    for number in range(1, 6):
        await screen.show(HELP, Place(ChatId(-number)))

    def others_are_served() -> bool:
        if screen.messenger.calls == 5:
            slow.set()
        return screen.messenger.calls == 6

    await running(screen, others_are_served)


async def test_the_loop_ends_what_is_on_the_wire_before_it_stops(screen: Screen) -> None:
    async def slow() -> None:
        under_way.set()
        await asyncio.sleep(0.2)

    under_way = asyncio.Event()
    screen.messenger.during = slow
    spot = await screen.show(HELP)
    await running(screen, under_way.is_set)
    assert (await screen.spot(spot)).delivery is Delivery.SHOWN
    assert screen.messenger.calls == 1


async def test_the_loop_outlives_a_database_that_is_away(
    screen: Screen, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "AFTER_FAILURE_SECONDS", 0.01)
    spot = await screen.show(HELP)
    real, failures = screen.house.transactions, [StorageFailed("busy") for _ in range(3)]

    class Away:
        """The real transactions, once the failures are used up."""

        reading, glancing = real.reading, real.glancing
        after_commit = real.after_commit

        def __call__(self) -> AbstractAsyncContextManager[UnitOfWork]:
            if failures:
                raise failures.pop()
            return real()

    away = replace(screen, delivery=replace(screen.delivery, transactions=Away()))
    await running(away, lambda: screen.messenger.calls == 1)
    assert (await screen.spot(spot)).delivery is Delivery.SHOWN
    assert "busy" in caplog.text


async def test_what_is_decided_at_once_is_looked_for_once(screen: Screen) -> None:
    real, wakeups = screen.house.transactions, LocalWakeups()
    clock, looks = asyncio.get_running_loop(), list[float]()

    class Counted:
        """The real transactions; with nothing due, a look is a glance at that and one at when."""

        reading, after_commit = real.reading, real.after_commit

        def glancing(self) -> AbstractAsyncContextManager[UnitOfWork]:
            looks.append(clock.time())
            return real.glancing()

        def __call__(self) -> AbstractAsyncContextManager[UnitOfWork]:
            raise AssertionError("took the lock with nothing due")

    eager = replace(screen.delivery, transactions=Counted(), wakeups=wakeups)
    async with asyncio.TaskGroup() as group, asyncio.timeout(10):
        loop = group.create_task(eager.run())
        while len(looks) < 2 * 5:
            wakeups.wake(Lane.SPOTS)
            await asyncio.sleep(0)
        loop.cancel()
    # Half, for the machine may rest between two lines of the loop.
    assert looks[-1] - looks[0] >= 4 * delivery.ROUND_SECONDS / 2
