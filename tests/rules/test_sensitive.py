"""What is withheld, and what only looks like it."""

import pytest

from core.rules.sensitive import is_sensitive


@pytest.mark.parametrize(
    "text",
    [
        "his salary is too low",
        "Tom got fired yesterday",
        "I'm sick, staying home",
        "the job interview is at 5",
        "she is lazy",
        "зарплату подняли",
        "Олег на больничном",
        "его уволили",
        "зарплатню підняли, але зарплата мала",
        "він захворів",
        "співбесіда о п'ятій",
        "password: hunter42",
        "the admin password for staging is qwe123!",
        "AKIAIOSFODNN7EXAMPLE",
        "use 123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1",
        "card 4111 1111 1111 1111",
    ],
)
def test_pay_health_hiring_dismissal_judgement_and_credentials_are_withheld(text: str) -> None:
    assert is_sensitive(text)


@pytest.mark.parametrize(
    "text",
    [
        "the password field does not accept spaces",
        "release candidate 2 is out",
        "the click event is fired twice",
        "there is a merge conflict in main",
        "the health check fails on staging",
        "order 4111 1111 1111 1112 was lost",
        "сервер упал после деплоя",
        "логін не працює",
    ],
)
def test_work_that_shares_a_word_with_it_is_not(text: str) -> None:
    assert not is_sensitive(text)
