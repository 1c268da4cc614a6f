"""What the built-in answerer cites, when it says nothing, and which day it is asked as of."""

from datetime import date
from uuid import UUID

import pytest

from core.domain.asking import Question
from core.domain.ids import Kind, Ref
from core.ports.analysis import Candidate, Near, Pool
from core.rules.answering import MOST_CITED, RuleAnswerer

TODAY = date(2026, 11, 10)
KEPT = (
    ("Drop SMS login, codes cost too much", "We spend 400 a month on text messages"),
    ("Ship 2.4 on Thursday", "The store review is done by then"),
    ("Push certificate expires in December", "Max renews it"),
    ("Search takes nine seconds on old phones", "An index on the title would help"),
    ("Отказываемся от карты Google", "Лицензия подорожала втрое, берём OpenStreetMap"),
    ("Релиз переносим на пятницу", "Ждём проверку магазина"),
    ("Резервні копії робимо щоночі", "Зберігаємо сім останніх"),
)
ANSWERER = RuleAnswerer()


def pool(*kept: tuple[str, str]) -> Pool:
    return Pool(
        tuple(
            Near(Ref(Kind.ATOM, UUID(int=number)), Candidate(title, text, frozenset()))
            for number, (title, text) in enumerate(kept)
        )
    )


async def cited(question: str) -> list[int]:
    found = await ANSWERER.answer(Candidate(question, "", frozenset()), pool(*KEPT))
    return [ref.id.int for ref in found]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("why did we drop SMS?", 0),
        ("Who renews the push certificate?", 2),
        ("when do we ship 2.4", 1),
        ("how slow is search on old phones?", 3),
        ("Почему отказались от карты Google?", 4),
        ("на когда перенесли релиз?", 5),
        ("як часто робимо резервні копії?", 6),
    ],
)
async def test_a_question_is_answered_by_what_has_its_words_in_any_form(question: str, first: int) -> None:
    assert (await cited(question))[:1] == [first]


@pytest.mark.parametrize(
    "question",
    [
        "which colour is the new logo?",
        "who pays the office rent?",
        "why Kubernetes?",
        "сколько стоит аренда офиса?",
        "хто веде бухгалтерію?",
        "?",
        "why?",
    ],
)
async def test_what_nobody_kept_is_not_known(question: str) -> None:
    assert await cited(question) == []


async def test_at_most_five_are_cited_each_once() -> None:
    found = await ANSWERER.answer(Candidate("login?", "", frozenset()), pool(*[("Login fails", "")] * 9))
    assert len(set(found)) == len(found) == MOST_CITED


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        ("when do we ship as of 1 Apr?", Question("when do we ship?", date(2026, 4, 1))),
        ("when do we ship, as of April 1st", Question("when do we ship", date(2026, 4, 1))),
        ("when do we ship as of 24 Dec", Question("when do we ship", date(2025, 12, 24))),
        ("when do we ship (as of 2025-03-02)?", Question("when do we ship?", date(2025, 3, 2))),
        ("ship as of 3.10.", Question("ship.", date(2026, 10, 3))),
        ("ship as of 29 Feb", Question("ship", date(2024, 2, 29))),
        ("когда релиз по состоянию на 1 апреля 2026?", Question("когда релиз?", date(2026, 4, 1))),
        ("коли реліз станом на 5 травня", Question("коли реліз", date(2026, 5, 5))),
        ("почему перенесли на 5 мая?", Question("почему перенесли на 5 мая?")),
        ("what was bad as of 31 Feb", Question("what was bad as of 31 Feb")),
        ("what changed as of 99 Foo?", Question("what changed as of 99 Foo?")),
        ("  why   so ", Question("why so")),
    ],
)
def test_the_day_a_question_is_asked_as_of_is_the_last_such_day(asked: str, question: Question) -> None:
    assert ANSWERER.read(asked, TODAY) == question
