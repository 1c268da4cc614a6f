"""Names of seats: no two alike, and a dead process is seen."""

import os
import socket
import subprocess
import sys

import pytest

from bot.world import is_gone, seat_name

HERE = socket.gethostname()


def test_each_name_is_another_and_its_process_lives() -> None:
    names = seat_name(), seat_name()
    assert names[0] != names[1]
    assert [is_gone(name) for name in names] == [False, False]


def test_a_process_that_ended_is_gone() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert is_gone(f"{HERE}/{ended.pid}/life/0")


@pytest.mark.parametrize(
    ("name", "is_so"),
    [
        (f"{HERE}/{os.getpid()}/another-life/0", True),
        (f"{HERE}/1/life/0", False),
        ("elsewhere/999999999/life/0", False),
        ("unreadable", False),
    ],
    ids=["an earlier life of this process id", "alive", "another machine", "unreadable"],
)
def test_only_who_is_known_to_have_ended_is_gone(name: str, *, is_so: bool) -> None:
    assert is_gone(name) is is_so
