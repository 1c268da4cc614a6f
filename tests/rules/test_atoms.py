"""Notes: what is said decides their type, and every quote stands in a message."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from core.domain.checking import check
from core.domain.conversation import Conversation, Extraction
from core.domain.knowledge import AtomType, LinkType
from core.rules.atoms import Atoms
from tests.rules.chat import Line, note, one, reading, said, topic


def found(atoms: Atoms, *lines: Line) -> list[tuple[AtomType, str]]:
    extraction = atoms.extract(reading(said(*lines)))
    return [(finding.content.type, finding.content.title) for finding in extraction.atoms]


@pytest.mark.parametrize(
    ("lines", "type_", "title"),
    [
        (
            [Line("Olya", "hi, login is dead on my iPhone again"), Line("Max", "same here", 1)],
            AtomType.PROBLEM,
            "Login is dead on my iPhone again",
        ),
        (
            [Line("Olya", "OK, decided: we ship 2.4 on Wednesday")],
            AtomType.DECISION,
            "Ship 2.4 on Wednesday",
        ),
        (
            [Line("Olya", "Who owns the push certificate?")],
            AtomType.QUESTION,
            "Who owns the push certificate?",
        ),
        (
            [Line("Olya", "Customers ask for an export to CSV")],
            AtomType.REQUIREMENT,
            "Customers ask for an export to CSV",
        ),
        (
            [
                Line("Olya", "the search on staging is very slow"),
                Line("Max", "fixed it by rebuilding the search index", 1),
            ],
            AtomType.SOLUTION,
            "Fixed it by rebuilding the search index",
        ),
        (
            [Line("Olya", "turns out the search index was missing after the migration of the database")],
            AtomType.INSIGHT,
            "The search index was missing after the migration of the database",
        ),
        (
            [Line("Olya", "Our nightly build keeps failing every night because the disk is full")],
            AtomType.PATTERN,
            "Our nightly build keeps failing every night because the disk is full",
        ),
        (
            [Line("Olya", "сломался вход по паролю на iPhone"), Line("Max", "у меня тоже", 1)],
            AtomType.PROBLEM,
            "Сломался вход по паролю на iPhone",
        ),
        (
            [Line("Olya", "вирішили: релізимо 2.4 у четвер")],
            AtomType.DECISION,
            "Релізимо 2.4 у четвер",
        ),
    ],
)
def test_how_it_is_said_makes_the_type(
    atoms: Atoms, lines: Sequence[Line], type_: AtomType, title: str
) -> None:
    assert (type_, title) in found(atoms, *lines)


@pytest.mark.parametrize(
    "text",
    [
        "no problem, works fine now",
        "maybe we ship on Thursday",
        "good morning, coffee anyone?",
        "if it fails we would restart the server",
        "can you explain how the login works?",
        "I don't see any errors in the log",
        "Tom is lazy and we decided to fire him",
        "the admin password is qwe123!, we decided to keep it",
    ],
)
def test_talk_supposition_calm_and_what_is_withheld_make_no_note(atoms: Atoms, text: str) -> None:
    assert found(atoms, Line("Olya", text)) == []


def test_an_answered_question_is_not_open(atoms: Atoms) -> None:
    answered = [
        Line("Olya", "Who owns the push certificate?"),
        Line("Max", "Ivan from the backend team", 1),
    ]
    assert found(atoms, *answered) == []


def test_a_report_deadline_and_taker_are_one_note_with_three_quotes(atoms: Atoms) -> None:
    talk = said(
        Line("Olya", "login is dead on my iPhone again"),
        Line("Lena", "must be fixed before Friday's demo", 1),
        Line("Max", "I'll take it", 2),
    )
    (finding,) = atoms.extract(reading(talk)).atoms
    assert [quote.text for quote in finding.quotes] == [message.text for message in talk]


def test_a_decision_taken_back_in_the_same_talk_is_not_noted(atoms: Atoms) -> None:
    talk = [
        Line("Olya", "decided: we ship 2.4 on Wednesday"),
        Line("Olya", "no wait, we ship 2.4 on Thursday instead of Wednesday", 1),
    ]
    assert found(atoms, *talk) == [(AtomType.DECISION, "Ship 2.4 on Thursday instead of Wednesday")]


def test_a_decision_that_changes_a_kept_one_is_linked_to_it(atoms: Atoms) -> None:
    old = note(7, AtomType.DECISION, "Ship 2.4 on Wednesday", [one("we ship 2.4 on Wednesday")])
    talk = said(Line("Olya", "So we ship 2.4 on Thursday instead of Wednesday"))
    (finding,) = atoms.extract(reading(talk, atoms=[old])).atoms
    assert finding.links == ((LinkType.CONTRADICTS, old.id),)


def test_a_solution_is_linked_to_the_kept_problem_it_solves(atoms: Atoms) -> None:
    old = note(7, AtomType.PROBLEM, "Staging search is slow", [one("staging search is slow")])
    talk = said(
        Line("Olya", "the staging search is very slow again"),
        Line("Max", "fixed the staging search by rebuilding its index", 1),
    )
    solution = next(
        finding
        for finding in atoms.extract(reading(talk, atoms=[old])).atoms
        if finding.content.type is AtomType.SOLUTION
    )
    assert solution.links == ((LinkType.SOLVES, old.id),)


def test_an_existing_subject_is_taken_before_a_new_one(atoms: Atoms) -> None:
    talk = said(Line("Olya", "the login is dead on my iPhone"), Line("Max", "same here", 1))
    fresh = atoms.extract(reading(talk))
    again = atoms.extract(reading(talk, topics=[topic(1, "Login and accounts"), topic(2, "Login")]))
    assert [one.content.name for one in fresh.topics] == [fresh.atoms[0].topic] == ["Login"]
    assert (again.topics, again.atoms[0].topic) == ((), "Login")


def test_context_is_read_but_claims_nothing(atoms: Atoms) -> None:
    talk = said(Line("Olya", "login is dead on my iPhone"), Line("Max", "same here on iOS 17", 1))
    only_context = replace(
        reading(talk), conversation=Conversation(messages=tuple(talk[1:]), context=tuple(talk[:1]))
    )
    assert all(
        any(quote.key == talk[1].key for quote in finding.quotes)
        for finding in atoms.extract(only_context).atoms
    )


def test_bots_and_left_out_messages_say_nothing(atoms: Atoms) -> None:
    bug = one("login is dead on my iPhone, our users complain")
    bot = replace(bug, author=replace(bug.author, is_bot=True))
    out = replace(bug, is_excluded=True)
    assert len(atoms.extract(reading([bug])).atoms) == 1
    assert [atoms.extract(reading([message])) for message in (bot, out)] == [Extraction(), Extraction()]


def test_nothing_said_finds_nothing(atoms: Atoms) -> None:
    assert atoms.extract(reading([])) == Extraction()


def test_the_evidence_check_has_nothing_to_take(atoms: Atoms) -> None:
    talk = said(
        Line(
            "Olya", "Hey!  login is   dead on my iPhone…\n\nmust be fixed by Friday :( see https://x.io/1"
        ),
        Line("Max", "same here\n> login is dead\n```\nfail\n```", 1),
        Line("Lena", "we’ve decided: we ship the hotfix on Thursday", 1),
    )
    extraction = atoms.extract(reading(talk))
    shown = {message.key: message for message in talk}
    assert len(extraction.atoms) >= 2
    assert all(not check(finding, shown, frozenset(shown)).dropped for finding in extraction.atoms)
    assert all(not check(finding, shown, frozenset(shown)).dropped for finding in extraction.topics)
    for finding in extraction.atoms:
        assert all(quote.text in shown[quote.key].text for quote in finding.quotes)
