"""Work on "it" is told by what it is where a team goes through its issues, and not told elsewhere."""

from collections.abc import Sequence

import pytest

from core.domain.knowledge import AtomType
from core.rules.atoms import Atoms
from core.rules.noise import RuleNoise
from core.settings import AnalysisSettings
from tests.rules.chat import PROJECT, Line, one, reading, said

ISSUE = "https://git.example.org/shop/kiosk/issues/41"
PULL = "next is https://git.example.org/shop/kiosk/pull/57"


def titles(atoms: Atoms, lines: Sequence[Line]) -> list[str]:
    found = atoms.extract(reading(said(*lines))).atoms
    return [one.content.title for one in found if one.content.type is AtomType.REQUIREMENT]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (
            [Line("Olya", PULL), Line("Max", "I'll review it this week")],
            "Review pull request #57 this week",
        ),
        ([Line("Olya", f"what about {ISSUE}?"), Line("Max", "I will investigate this")], "Investigate #41"),
        ([Line("Olya", "#41 is open"), Line("Max", "I'll review it this week")], "Review #41 this week"),
        (
            [Line("Olya", "#41 is about the printer"), Line("Lena", "ok"), Line("Max", "I can fix it")],
            "Fix #41",
        ),
    ],
)
def test_it_is_the_issue_named_last(atoms: Atoms, lines: Sequence[Line], title: str) -> None:
    assert titles(atoms, lines) == [title]


def test_the_message_that_names_the_issue_is_shown_as_a_source(atoms: Atoms) -> None:
    talk = said(Line("Olya", PULL), Line("Max", "I'll review it this week"))
    (finding,) = atoms.extract(reading(talk)).atoms
    assert [quote.key for quote in finding.quotes] == [message.key for message in talk]


@pytest.mark.parametrize(
    "lines",
    [
        [Line("Olya", "the printer drawer"), Line("Max", "I'll review it this week")],
        [Line("Olya", "#41 and #42 are open"), Line("Max", "I'll review it this week")],
        [Line("Olya", "#41 is about the printer"), Line("Max", "I'll merge it now")],
        [Line("Olya", PULL), Line("Max", "I'll merge it"), Line("Max", "done")],
    ],
)
def test_it_without_one_issue_or_done_at_once_is_no_note(atoms: Atoms, lines: Sequence[Line]) -> None:
    assert titles(atoms, lines) == []


def test_the_prefilter_keeps_a_bare_link_to_an_issue() -> None:
    signals = RuleNoise().signal([one(ISSUE), one("https://example.org/cat.gif")], PROJECT)
    assert [signal >= AnalysisSettings().noise_below for signal in signals] == [True, False]
