"""The words of a text by which it is compared: one stem for the forms of one word, in three languages."""

import pytest

from core.rules.terms import terms_of


@pytest.mark.parametrize(
    "forms",
    [
        "login logins",
        "crashes crashed crashing",
        "сервер сервера серверов серверы",
        "помилка помилки помилок помилці",
        "сервіс сервісу сервіси сервісів",
        "сповіщення сповіщень сповіщенням",
        "авторизація авторизації авторизацією",
        "оновити оновив оновлять оновили",
        "працює працюють працювало",
        "звіт звіту звіти звітів",
    ],
)
def test_the_forms_of_one_word_have_one_stem(forms: str) -> None:
    stems = set(terms_of(f"{forms} їжак")) - set(terms_of("їжак"))
    assert len(stems) <= 1


def test_a_ukrainian_word_without_a_letter_of_its_own_is_known_by_its_neighbours() -> None:
    assert terms_of("помилок на сервері") == terms_of("помилка сервері")


@pytest.mark.parametrize(("one", "other"), [("реліз", "рельєф"), ("кнопка", "книжка"), ("звіт", "завіт")])
def test_other_words_keep_other_stems(one: str, other: str) -> None:
    assert set(terms_of(one)).isdisjoint(terms_of(other))
