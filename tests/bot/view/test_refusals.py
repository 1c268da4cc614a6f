import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import timedelta
from itertools import chain
from typing import Any
from uuid import UUID

import pytest

from bot.view.texts import refusal_key
from core.domain.proposal import ProposalStatus
from core.domain.run import RunStatus
from core.domain.task import TaskStatus
from core.errors import AlreadySettled, NotFound, NotReviewer, Refusal, WorldFailed, WrongStep
from core.ports.chat import TOAST_LIMIT
from tests.bot.view.samples import NOW, TEXTS
from tests.bot.view.test_texts import MESSAGES


def _kinds(root: type[Any]) -> Iterator[type[Any]]:
    for kind in root.__subclasses__():
        if kind.__module__ == "core.errors":
            yield kind
            yield from _kinds(kind)


KINDS = [Refusal, WorldFailed, *_kinds(Refusal), *_kinds(WorldFailed)]
SAMPLES: dict[str, object] = {
    "str": "T-17",
    "int": 3,
    "float": 9.98,
    "float | None": None,
    "datetime.datetime": NOW,
    "uuid.UUID": UUID(int=1),
    "uuid.UUID | str": UUID(int=1),
    "tuple[str, ...]": ("@pm", "T-4"),
}


def sample(kind: type[Any]) -> Any:
    if not is_dataclass(kind):
        return kind()
    names = {field.name: field.type for field in fields(kind)}
    types = {
        name: one.__qualname__ if one in (str, int, float) else str(one) for name, one in names.items()
    }
    return kind(
        **{name: SAMPLES[one.removeprefix("<class '").removesuffix("'>")] for name, one in types.items()}
    )


@pytest.mark.parametrize("kind", KINDS[2:], ids=lambda kind: kind.__name__)
def test_every_refusal_has_its_line(kind: type[Any]) -> None:
    assert refusal_key(kind) in MESSAGES
    told = TEXTS.refusal(sample(kind), "en", "Europe/Berlin")
    assert 10 < len(told) <= TOAST_LIMIT
    assert "UUID" not in told


@pytest.mark.parametrize("name", ["", str(UUID(int=5)), "-1001234567890"])
def test_no_person_is_told_an_id(name: str) -> None:
    told = TEXTS.refusal(NotFound("task", name), "en", "UTC")
    assert told == "That is not there any more. /pending shows what waits, /tasks what is open."


def test_a_time_zone_nobody_knows_is_refused_with_an_example() -> None:
    assert "Europe/Berlin" in TEXTS.refusal(NotFound("time zone", "Kiev time"), "en", "UTC")


@pytest.mark.parametrize("status", list(ProposalStatus)[1:])
def test_the_loser_of_a_race_is_told_who_and_when(status: ProposalStatus) -> None:
    told = TEXTS.refusal(
        AlreadySettled("P-118", status, "@ann", NOW - timedelta(minutes=4)), "en", "Europe/Berlin"
    )
    assert "13:58" in told
    assert status is ProposalStatus.EXPIRED or "@ann" in told


def test_an_older_decision_is_told_with_its_day() -> None:
    error = AlreadySettled("P-118", "approved", "@ann", NOW - timedelta(days=1))
    told = TEXTS.refusal(error, "en", "Europe/Berlin", NOW)
    assert told == "Already approved by @ann at Mon 10 Nov 14:02"


def test_a_member_is_told_whom_to_ask() -> None:
    told = TEXTS.refusal(NotReviewer(("@pm",)), "en", "UTC")
    assert told == "Only reviewers decide here. Ask @pm or /reviewers."
    assert "/reviewers" in TEXTS.refusal(NotReviewer(), "en", "UTC")


@pytest.mark.parametrize("status", sorted({*chain(RunStatus, TaskStatus, ProposalStatus)}))
def test_a_wrong_step_is_refused_with_what_to_do_instead(status: str) -> None:
    told = TEXTS.refusal(WrongStep("run", "R-24", status, "start"), "en", "UTC")
    assert "R-24" in told
    assert re.search(r"/[a-z]+", told)
