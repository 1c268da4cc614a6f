"""A title is what a person would write: whole, about something it names, and nobody's aside."""

import pytest

from core.rules.titles import titles_of


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "No answer from the printer shop after the second mail",
            "No answer from the printer shop after the second mail",
        ),
        ("All our trains to Lviv show a wrong price", "All our trains to Lviv show a wrong price"),
        ("Separate one, so we need to review the seat map", "Review the seat map"),
        ("I think we decided we translate the menu ourselves", "We translate the menu ourselves"),
        ("the map service hangs on start, any ideas what I could do?", "The map service hangs on start"),
        ("I cant open the invoice from Blue Bank", "Can't open the invoice from Blue Bank"),
        (
            "The seat map (the one Lena drew) is broken on every second tablet that crews have aboard",
            "The seat map is broken on every second tablet that crews have aboard",
        ),
        ("Карта мест не открывается на планшете, он новый", "Карта мест не открывается на планшете"),
        ("Разобрались: выяснилось, что скидка считалась дважды", "Скидка считалась дважды"),
        ("Виявилося, що знижка рахувалася двічі", "Знижка рахувалася двічі"),
    ],
)
def test_a_title_keeps_what_turns_the_sense_and_leaves_second_thoughts(text: str, title: str) -> None:
    assert title in titles_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "Do we want to try it in the shop?",
        "Should we wait for Lena to review this?",
        "Sorry for the delay, my train is slow",
        "The only things the release has are:",
        "I keep getting permission denied",
        "Mar 02 10:15:20 kiosk systemd[1]: Failed to start the printer",
        "В нем не работают скидки и промокоды",
        "Падает тот, которому надо попасть на кассу",
        "Увеличил таймаут и количество потоков на кассе",
        "У ньому не працюють знижки та промокоди",
    ],
)
def test_what_points_elsewhere_apologises_or_was_printed_by_a_machine_is_no_title(text: str) -> None:
    assert titles_of(text) == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "я завтра доделаю экспорт билетов и выложу на стейдж",
            "Доделать экспорт билетов и выложить на стейдж",
        ),
        ("поправь, пожалуйста, вёрстку корзины", "Поправить вёрстку корзины"),
        ("Надо не забыть продлить сертификат, он истекает 15.11", "Продлить сертификат"),
        ("я завтра дороблю експорт квитків", "Доробити експорт квитків"),
        ("Олено, зможеш до завтра оновити меню?", "Оновити меню?"),
    ],
)
def test_work_is_titled_by_its_infinitive(text: str, title: str) -> None:
    assert titles_of(text, is_work=True)[0] == title
