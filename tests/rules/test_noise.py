"""The prefilter keeps what knowledge is made of and leaves chatter out."""

from dataclasses import replace

import pytest

from core.domain.message import Author
from core.rules.noise import RuleNoise
from core.settings import AnalysisSettings
from tests.rules.chat import PROJECT, one

BELOW = AnalysisSettings().noise_below


def signal(text: str) -> float:
    return RuleNoise().signal([one(text)], PROJECT)[0]


@pytest.mark.parametrize(
    "text",
    [
        "Login is dead on my iPhone again, tapping shows no error",
        "We decided to ship 2.4 on Thursday",
        "Customers keep asking for a CSV export of their trips",
        "Who owns the push certificate? It expires next month",
        "turns out the search index was missing after the migration",
        "не работает вход на iOS после обновления, экран пустой",
        "договорились выпускать релиз в четверг после тестов",
        "клієнти просять темну тему у застосунку",
    ],
)
def test_problems_decisions_wishes_questions_and_findings_are_kept(text: str) -> None:
    assert signal(text) >= BELOW


@pytest.mark.parametrize(
    "text",
    [
        "good morning everyone",
        "thanks a lot!",
        "lol 😂😂",
        "ok, sounds good",
        "https://example.com/cat.gif",
        "спасибо большое!",
        "доброе утро",
        "дякую, добре",
        "pizza for lunch?",
        "happy birthday!",
    ],
)
def test_small_talk_thanks_greetings_and_bare_links_are_not(text: str) -> None:
    assert signal(text) < BELOW


def test_a_bots_message_and_a_pasted_log_carry_nothing() -> None:
    bot = replace(one("The build failed because the disk is full"), author=Author("ci", is_bot=True))
    log = one("\n".join(f"2026-11-10 10:00:{i:02} ERROR worker failed to start" for i in range(15)))
    assert all(value < 0.1 for value in RuleNoise().signal([bot, log], PROJECT))


def test_a_project_keyword_raises_the_signal() -> None:
    about = replace(PROJECT, keywords=("checkout",))
    message = one("The checkout page of the shop")
    assert RuleNoise().signal([message], about) > RuleNoise().signal([message], PROJECT)


def test_every_signal_lies_between_0_and_1() -> None:
    assert RuleNoise().signal([], PROJECT) == []
    assert all(0 <= signal(text) <= 1 for text in ("", "a", "urgent! " * 200))
