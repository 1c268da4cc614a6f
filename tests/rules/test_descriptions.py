"""A description says what happens, then what should, then the rest; nothing is said that nobody said."""

import pytest

from core.domain.knowledge import AtomType
from core.rules.descriptions import arranged, expected_of
from core.rules.reports import Piece, by_cues, pieces_of
from core.rules.tasks import Tasks
from tests.rules.chat import Line, said
from tests.rules.test_tasks import propose

TITLE = "Login button does nothing on iOS 17"


def test_a_description_tells_what_happens_then_what_should_then_the_rest() -> None:
    text = "For example on an iPhone 14. I expected a spinner. Tap on Login shows no error at all."
    assert arranged(TITLE, text).splitlines() == [
        "Tap on Login shows no error at all.",
        "I expected a spinner.",
        "For example on an iPhone 14.",
    ]


def test_what_leans_on_a_sentence_stays_behind_it() -> None:
    first, *rest = arranged(
        TITLE, "Tap on Login shows no error. It should show a spinner. Users expected a spinner there."
    ).splitlines()
    assert first == "Tap on Login shows no error. It should show a spinner."
    assert rest == ["Users expected a spinner there."]


def test_greetings_and_thanks_are_left_out() -> None:
    assert arranged(TITLE, "Hello! Tap on Login shows no error. Thanks!") == "Tap on Login shows no error."


@pytest.mark.parametrize(
    "text",
    [
        "Should be two steps:\n- tap\n- wait",
        "See below. ```\nfailed = 1\n``` It fails.",
        "Tap on Login shows no error",
        "",
    ],
)
def test_what_has_lines_or_code_of_its_own_stays_as_it_is(text: str) -> None:
    assert arranged(TITLE, text) == text


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("Клиенты просят экспорт", Piece.EXPECTED),
        ("Експорт не працює", Piece.CURRENT),
        ("Всем привет!", Piece.USELESS),
        ("Сделано в марте", Piece.EXPLANATION),
    ],
)
def test_russian_and_ukrainian_go_by_the_word_lists(text: str, piece: Piece) -> None:
    assert by_cues(text) is piece
    assert pieces_of([TITLE, text])[1].piece is piece


def test_the_first_sentence_is_the_title() -> None:
    assert [one.piece for one in pieces_of([TITLE])] == [Piece.TITLE]
    assert pieces_of([]) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Login is dead. The button should show a spinner.", "The button should show a spinner"),
        ("Вход не работает. Кнопка должна показывать ошибку.", "Кнопка должна показывать ошибку"),
        ("Вхід не працює. Кнопка має показувати помилку.", "Кнопка має показувати помилку"),
        ("Login is dead. You should try the web version.", ""),
        ("Login is dead. I should use the web version.", ""),
        ("Login is dead. Maybe it should show an error.", ""),
        ("Login is dead. Should it show an error?", ""),
        ("Login is dead on my iPhone again.", ""),
    ],
)
def test_what_is_expected_is_only_what_was_said_to_be(text: str, expected: str) -> None:
    assert expected_of(TITLE, said(Line("Olya", text))) == expected


def test_only_who_tells_of_the_trouble_says_what_is_expected() -> None:
    lines = said(Line("Olya", "Login is dead"), Line("Tom", "The button should show a spinner."))
    assert expected_of(TITLE, lines) == ""


def test_a_bug_is_done_when_what_its_reporter_expects_is_so(tasks: Tasks) -> None:
    line = Line("Olya", "Login is dead on iPhone. The button should show a spinner.")
    (finding,) = propose(tasks, AtomType.PROBLEM, "Login is dead on iPhone", line)
    assert finding.content.done_criterion == "The button should show a spinner"
