"""Sentences are exact pieces of their message; titles are what a person would write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.sentences import clean, sentences_of
from core.rules.titles import TITLE_MAX, titles_of


@given(st.text(alphabet=st.sampled_from("ab. !?\n`>:)(\u2026Яя\U0001f600"), max_size=80))
def test_a_sentence_stands_in_its_text_where_it_says(text: str) -> None:
    for sentence in sentences_of(text):
        assert text[sentence.start : sentence.start + len(sentence.text)] == sentence.text
        assert sentence.text.strip() == sentence.text != ""


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Ship 2.4 on Thursday. Tell Tom!", 2),
        ("see e.g. the wiki page", 1),
        ("first line\nsecond line", 2),
        ("look:\n```\nraise Error. Now.\n```\nit fails", 2),
        ("> quoted words\nmy answer", 1),
    ],
)
def test_text_is_split_where_people_stop(text: str, count: int) -> None:
    assert len(sentences_of(text)) == count


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("hi all, login is dead on my iPhone again...", "Login is dead on my iPhone again"),
        ("@max btw the export button is missing 😡", "The export button is missing"),
        ("Olya, can you update the store texts please?", "Update the store texts?"),
        ("OK, decided: we ship 2.4 on Wednesday", "Ship 2.4 on Wednesday"),
        ("привет, коллеги, не работает вход по паролю", "Не работает вход по паролю"),
        ("iOS login fails after the update", "iOS login fails after the update"),
        ("does anyone else see the app crash on tablets?", "App crash on tablets?"),
    ],
)
def test_a_title_is_the_matter_without_greeting_address_and_filler(text: str, title: str) -> None:
    assert titles_of(text, names=frozenset({"olya"}))[:1] == [title]


@pytest.mark.parametrize(
    "text",
    [
        "it crashes all the time",
        "I get the following error",
        "yes",
        "this is broken",
        "error occurred",
        "[ 2686.086740] print_req_error: I/O error, dev sda",
        "try this",
        "https://example.com/a/b",
    ],
)
def test_what_does_not_stand_by_itself_gives_no_title(text: str) -> None:
    assert titles_of(text) == []


PIECES = ("login", "fails", "when the server", "and,", "but", "- because", "(of)", "it", "iOS")


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_titles_are_short_and_end_cleanly(words: list[str]) -> None:
    for title in titles_of(" ".join(words), by_clause=True):
        assert len(title) <= TITLE_MAX
        assert title[-1] not in " .,;:-("


def test_cleaning_twice_changes_nothing_more() -> None:
    once = clean("Hey guys, so **the build** is red :( https://ci.example.com/1")
    assert once == clean(once) == "the build is red"
