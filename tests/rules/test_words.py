"""The word lists are whole and their patterns match what they are for."""

import pytest

from core.rules.cues import Cue, phrases_of, says, straight, subjects

IN_THREE_LANGUAGES = [cue for cue in Cue if cue is not Cue.BOT_LOG]


@pytest.mark.parametrize("cue", list(Cue))
def test_every_cue_has_english_words(cue: Cue) -> None:
    assert phrases_of(cue).latin.pattern.count("|") >= 1


@pytest.mark.parametrize("cue", IN_THREE_LANGUAGES)
def test_every_cue_about_people_has_russian_and_ukrainian_words(cue: Cue) -> None:
    assert any("а" <= char <= "я" for char in phrases_of(cue).cyrillic.pattern)


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        (Cue.PROBLEM, "the app doesn’t start"),
        (Cue.PROBLEM, "у меня не работает вход"),
        (Cue.PROBLEM, "додаток не запускається"),
        (Cue.DECISION, "we decided to drop Android 8"),
        (Cue.DECISION, "договорились выпускать в четверг"),
        (Cue.DECISION, "вирішили перенести реліз"),
        (Cue.WANTED, "Customers keep asking for an export"),
        (Cue.WANTED, "клиенты просят экспорт"),
        (Cue.WANTED, "користувачі просять темну тему"),
        (Cue.COMMITS, "I'll take it"),
        (Cue.COMMITS, "беру на себя"),
        (Cue.COMMITS, "візьму завтра"),
    ],
)
def test_a_cue_is_found_in_each_language(cue: Cue, text: str) -> None:
    assert says(cue, straight(text))


@pytest.mark.parametrize(
    ("cue", "text"),
    [
        (Cue.PROBLEM, "terrorist movies are fun"),
        (Cue.REQUEST, "can you explain what it does"),
        (Cue.COMMITS, "I see I can also add peers"),
        (Cue.DECISION, "a decisive moment"),
    ],
)
def test_a_cue_is_not_found_inside_other_words_or_in_talk(cue: Cue, text: str) -> None:
    assert not says(cue, straight(text))


def test_subjects_are_named_in_the_projects_language() -> None:
    login = next(subject for subject in subjects() if subject.key == "login")
    assert [login.name_in(language) for language in ("en", "ru", "uk", "de")] == [
        "Login",
        "Вход",
        "Вхід",
        "Login",
    ]
