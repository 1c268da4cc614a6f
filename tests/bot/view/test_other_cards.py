import re
from dataclasses import replace
from uuid import UUID

import pytest

from bot.view.html import plain
from bot.view.payload import Verb
from core.domain.person import Role
from core.domain.showing.shown import ShownBundle, ShownNotice, Withheld
from core.domain.showing.view import Bundle, Notice
from tests.bot.view.gallery import CARDS, card, presses, text, verbs
from tests.bot.view.samples import (
    READER,
    labels,
    paint,
)


def test_the_digest_looks_as_agreed() -> None:
    assert text(card("digest")) == [
        "📬 Mobile · Tue 11 Nov   184 messages, 9 conversations",
        "✅ Decided Ship 2.4 on Thursday (replaces “Ship 2.4 on Wednesday”) ↗",
        (
            "🆕 Tasks T-42 Login button does nothing on iOS 17, nobody yet, Fri 14 Nov ↗"
            " · T-43 Store texts, Olya, Fri 14 Nov ↗"
        ),
        "❓ Open Who owns the push certificate? (26 h) ↗",
        "🕓 Waiting 4 proposals, oldest 2 d",
        "🧹 Left out 131 small talk, 3 already known, 2 rejected before",
    ]


def test_the_group_sees_neither_what_waits_nor_what_was_left_out() -> None:
    group = card("digest in the group")
    assert not re.search("Waiting|Left out", group.html)
    assert verbs(group) == [Verb.THUMBS_UP, Verb.THUMBS_DOWN, Verb.PAUSE_WEEK]


def test_nothing_decided_is_a_legal_digest() -> None:
    assert text(card("digest, quiet day"))[1] == "Nothing was decided, and no new task or question came up."


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("task", [(Verb.STATUS, "in_progress"), (Verb.STATUS, "done"), (Verb.TAKE, "")]),
        ("task, taken and merged", [(Verb.STATUS, "done"), (Verb.STATUS, "open"), (Verb.PANEL, "owner")]),
        ("task, done", [(Verb.STATUS, "open"), (Verb.MORE, "")]),
    ],
)
def test_a_task_offers_the_steps_its_status_allows(name: str, first: list[tuple[Verb, str]]) -> None:
    assert [(one.verb, one.arg) for one in presses(card(name))][:3] == first


def test_an_overdue_task_is_marked() -> None:
    assert text(card("tasks, overdue"))[1].startswith("⏰ T-42")


def test_lists_open_by_number_and_say_when_they_are_empty() -> None:
    assert [(one.verb, one.arg) for one in presses(card("pending"))][:2] == [
        (Verb.OPEN, "118"),
        (Verb.OPEN, "202"),
    ]
    assert presses(card("pending, let go"))[0].verb is Verb.BRING_BACK
    assert text(card("pending, none")) == ["☕ Nothing waits for a decision · Mobile"]
    assert [one.arg for one in presses(card("runs"))] == ["24", "23"]


def test_what_may_not_be_read_here_is_only_counted() -> None:
    assert text(card("withheld")) == [
        "1 item from another chat is not shown here.",
        "Only who is in that chat sees it.",
    ]
    assert text(paint(Withheld(("P-7",)), replace(READER, is_group=True, person_id=None)))[1] == (
        "A review room shows it once an administrator of that chat says so: /settings there."
    )
    assert "1 item from another chat is not shown here." in text(card("pending"))


def test_the_status_leads_to_the_next_step() -> None:
    assert verbs(card("status")) == [Verb.REVIEW, Verb.READ_NEW, Verb.FIND_TASKS]
    assert verbs(card("status, idle")) == []


def test_a_schedule_is_told_in_words() -> None:
    assert "📖 Read new messages: 14:00 on workdays, next Wed 12 Nov 14:02" in text(card("schedule"))


def test_the_notice_to_everyone_says_all_it_must_and_lets_people_out() -> None:
    html = plain(card("setup consent").html)
    for said in ("What:", "Where:", "180 days", "/ignore", "deleted", "Nothing is stored until"):
        assert said in html
    assert verbs(card("setup consent")) == [Verb.START_READING, Verb.LEAVE_ME_OUT]
    assert "gpt-5" in card("setup consent, a model").html
    assert "built-in (no AI)" in html


@pytest.mark.parametrize(
    ("step", "verb", "args"),
    [
        ("language", Verb.LANGUAGE, ["en", "uk", "ru"]),
        ("reviewers", Verb.REVIEWER, ["7", "8", "9"]),
        ("place", Verb.PLACE, ["direct", "room", "here"]),
        ("threads", Verb.THREADS, ["all", "said", "rest"]),
    ],
)
def test_each_tap_of_joining_offers_its_choices(step: str, verb: Verb, args: list[str]) -> None:
    assert [one.arg for one in presses(card(f"setup {step}")) if one.verb is verb] == args
    assert Verb.LEAVE_ME_OUT in verbs(card(f"setup {step}"))


def test_the_guessed_time_zone_comes_first_by_its_clock() -> None:
    zones = [one.arg for one in presses(card("setup timezone")) if one.verb is Verb.TIMEZONE]
    assert zones[0] == "Europe/Berlin"
    assert len(zones) == len(set(zones))
    assert labels(card("setup timezone"))[0][0] == "✓ 14:02 Berlin"


def test_a_lost_payload_is_asked_for_with_the_projects_there_are() -> None:
    offered = [(one.verb, one.arg) for one in presses(card("setup project"))]
    assert offered == [(Verb.NEW_PROJECT, ""), (Verb.JOIN_PROJECT, "0"), (Verb.ROOM_PROJECT, "0")]


@pytest.mark.parametrize(
    ("name", "said"),
    [("setup done", "✅ I can read everything"), ("setup done, deaf", "⚠️ I only see commands")],
)
def test_the_self_check_is_spoken(name: str, said: str) -> None:
    assert any(line.startswith(said) for line in text(card(name)))
    assert "I can't see earlier messages" in plain(card(name).html)


def test_help_shows_a_role_what_it_may_do() -> None:
    member = paint(CARDS["help"], replace(READER, role=Role.MEMBER)).html
    assert "/add" in member
    assert "/review" not in member
    assert "/review" in card("help").html


def test_a_notice_has_its_sentence_and_its_way_on() -> None:
    assert text(card("notice"))[0].startswith("⏸ Mobile: nobody decided anything for days")
    assert verbs(card("notice")) == [Verb.REVIEW]
    assert card("notice with a link").buttons[0][0].url == "https://t.me/triagram_bot?start=review"


def test_a_bundle_keeps_our_commands_alive_and_what_people_wrote_harmless() -> None:
    closed = Notice("closed-by-itself", {"project": "@eve /stop", "run": "R-1", "carried": 16})
    shown = ShownBundle(Bundle((UUID(int=1),)), (ShownNotice(closed),), (1,))
    assert plain(paint(shown).html).split("\n")[1].endswith("16 left for later in /pending.")
    assert "/stop" not in paint(shown).html
    assert "@eve" not in paint(shown).html
