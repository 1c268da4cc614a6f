from dataclasses import replace
from datetime import timedelta

import pytest

from bot.view.payload import Verb, id_arg, press_of
from core.domain.proposal import ProposalStatus, Reason, Recommendation
from tests.bot.view.gallery import card, presses, text, verbs
from tests.bot.view.samples import (
    BASIC,
    EVIDENCE,
    NOW,
    READER,
    SAME,
    SPOT,
    UNDO_UNTIL,
    labels,
    paint,
    proposal,
    quote,
    settled,
    shown,
    uid,
)


def test_a_task_card_looks_as_agreed() -> None:
    assert text(card("task card")) == [
        "🐞 Bug · High   ●●●○",
        "Login button does nothing on iOS 17",
        "Tap on Login shows no spinner and no error; Android is fine.",
        "👤 nobody yet   📅 Fri 14 Nov, “before Friday's demo”",
        "❝ Olya 10:45: “login is dead on my iPhone again” ↗",
        "❝ Max 10:48: “must be fixed before Friday's demo” ↗",
        "Why: two people, same device family, explicit deadline.",
        "≈ T-17 “Login fails after update” (related)",
        "P-118 · Mobile",
    ]
    assert labels(card("task card")) == [
        ["✅ Approve", "✏️ Edit", "🔀 Merge…"],
        ["⏰ Later", "✖️ Reject", "⋯"],
    ]
    assert "<b>Login button does nothing on iOS 17</b>" in card("task card").html
    assert '<a href="https://t.me/c/1234567890/101">↗</a>' in card("task card").html


def test_every_press_of_a_card_carries_its_spot_and_the_version_it_stands_on() -> None:
    one = proposal(content_version=7)
    assert {press.spot_id for press in presses(paint(shown(one)))} == {SPOT.id}
    assert {press.version for press in presses(paint(shown(one)))} == {one.press_version}


def test_a_duplicate_opens_with_what_it_looks_like_and_offers_the_merge_first() -> None:
    one = card("task card, duplicate")
    assert text(one)[:2] == [
        "🔁 Looks like T-17 (87 %): “Login fails after update”",
        "T-17 would gain: 2 messages · priority → High · tag ios",
    ]
    assert labels(one)[0] == ["🔀 Merge into T-17"]
    assert presses(one)[0].arg == "T-17"
    assert Verb.APPROVE in verbs(one)


@pytest.mark.parametrize(
    ("recommendation", "similar", "first"),
    [
        (Recommendation.NEW_TASK, None, Verb.APPROVE),
        (Recommendation.NEW_TASK, SAME, Verb.PICK),
        (Recommendation.UPDATE_EXISTING, SAME, Verb.PICK),
        (Recommendation.MERGE, replace(SAME, is_duplicate=False), Verb.PICK),
        (Recommendation.MERGE, None, Verb.APPROVE),
        (Recommendation.REJECT, None, Verb.REJECT),
        (Recommendation.REJECT, SAME, Verb.REJECT),
    ],
)
def test_the_first_button_follows_the_recommendation(
    recommendation: Recommendation, similar: object, first: Verb
) -> None:
    one = paint(shown(proposal(recommendation=recommendation, similar=similar)))
    assert verbs(one)[0] is first
    assert {Verb.APPROVE, Verb.REJECT, Verb.LATER, Verb.MORE} <= set(verbs(one))


def test_reject_never_stands_beside_approve() -> None:
    for name in ("task card", "task card, duplicate", "task card, better not", "note card"):
        for row in card(name).buttons:
            found = {one.verb for one in (press_of(button.payload) for button in row) if one}
            assert not {Verb.APPROVE, Verb.REJECT} <= found


def test_where_messages_have_no_address_there_is_no_arrow() -> None:
    one = replace(proposal(), evidence=replace(EVIDENCE, quotes=(quote(chat_id=BASIC),)))
    assert "↗" not in paint(shown(one)).html


def test_at_most_three_quotes_of_160_characters_are_shown() -> None:
    many = replace(EVIDENCE, quotes=tuple(quote(number, text="x" * 500) for number in range(9)))
    lines = text(paint(shown(proposal(evidence=many, similar=None, reasoning=""))))
    quoted = [line for line in lines if line.startswith("❝")]
    assert len(quoted) == 3
    assert all(line.count("x") == 159 for line in quoted)


def test_longer_text_goes_into_a_folded_quotation() -> None:
    assert "<blockquote expandable>The button" in card("task card, long").html
    assert "blockquote" not in card("task card").html


def test_an_owner_who_was_only_asked_is_marked_so() -> None:
    assert "👤 Olya? (asked)" in card("task card, owner asked").html


def test_names_are_plain_text() -> None:
    mine = replace(EVIDENCE, quotes=(quote(author="@olya"),))
    html = paint(shown(proposal(evidence=mine)), replace(READER, is_group=True)).html
    assert "❝ olya 10:45" in html
    assert "@" not in html


def test_a_claim_rejected_before_says_so() -> None:
    assert "↪️ Rejected Sun 2 Nov as too vague; 3 new messages since" in text(
        card("task card, rejected before")
    )


def test_notes_are_kept_or_dropped() -> None:
    assert labels(card("note card")) == [["✅ Keep", "✏️ Edit", "🔀 Merge…"], ["⏰ Later", "✖️ Drop", "⋯"]]
    assert text(card("note card"))[0] == "⚖️ Decision · Releases   ●●●○"
    assert text(card("subject card"))[0].startswith("🚀 Subject")


@pytest.mark.parametrize(
    ("name", "line"),
    [
        (
            "settled, approved",
            "✅ Login button does nothing on iOS 17 → T-42 · approved by Ann 14:02 (edited first)",
        ),
        (
            "settled, approved long ago",
            "✅ Login button does nothing on iOS 17 → T-42 · approved by Ann Sat 8 Nov 14:02",
        ),
        ("settled, kept", "✅ Ship 2.4 on Thursday · kept by Ann 14:02"),
        ("settled, rejected", "✖️ Login button does nothing on iOS 17 · rejected by Ann 14:02"),
        (
            "settled, rejected with a reason",
            "✖️ Login button does nothing on iOS 17 · rejected by Ann 14:02 (too vague)",
        ),
        ("settled, dropped", "✖️ Ship 2.4 on Thursday · dropped by Ann 14:02"),
        ("settled, merged", "🔀 Login button does nothing on iOS 17 → T-17 · merged by Ann 14:02"),
        ("settled, let go", "🧹 Login button does nothing on iOS 17 · let go 14:02 (waited too long)"),
        ("settled, replaced", "🔄 Login button does nothing on iOS 17 → P-130 · replaced 14:02"),
        (
            "settled, by itself",
            "✅ Login button does nothing on iOS 17 → T-42 · approved automatically 14:02",
        ),
        ("card, put off", "⏰ Login button does nothing on iOS 17 · back Wed 12 Nov 09:02 · P-118"),
    ],
)
def test_what_is_settled_is_one_line(name: str, line: str) -> None:
    assert text(card(name)) == [line]


def test_undo_is_offered_only_while_it_lasts() -> None:
    done = settled(ProposalStatus.APPROVED)
    assert verbs(paint(shown(done, undo_until=UNDO_UNTIL))) == [Verb.UNDO]
    assert verbs(paint(shown(done, undo_until=NOW))) == []
    assert verbs(paint(shown(done))) == []


def test_a_rejection_offers_its_reasons_until_one_is_given() -> None:
    args = [one.arg for one in presses(card("settled, rejected")) if one.verb is Verb.REASON]
    assert args == ["not_a_task", "duplicate", "already_done", "not_ours", "too_vague", "other"]
    assert verbs(card("settled, rejected with a reason")) == [Verb.UNDO]
    late = shown(settled(ProposalStatus.REJECTED), undo_until=NOW - timedelta(minutes=1))
    assert verbs(paint(late)) == []


def test_a_dropped_note_is_never_called_not_a_task() -> None:
    args = {one.arg for one in presses(card("settled, dropped")) if one.verb is Verb.REASON}
    assert not args & {Reason.NOT_A_TASK, Reason.ALREADY_DONE}


def test_a_reason_in_own_words_is_asked_for_by_reply() -> None:
    assert "Reply to this message" in text(card("settled, reason by reply"))[1]


PANELS = {
    "panel later": [(Verb.SNOOZE, "hour"), (Verb.SNOOZE, "tomorrow"), (Verb.SNOOZE, "week")],
    "panel merge": [(Verb.PICK, "T-17"), (Verb.PICK, "T-17")],
    "panel merge, none": [],
    "panel preview": [(Verb.CONFIRM_MERGE, "")],
    "panel more": [
        (Verb.SOURCES, ""),
        (Verb.SHOW, ""),
        (Verb.HISTORY, ""),
        (Verb.PANEL, "split"),
        (Verb.PANEL, "combine"),
        (Verb.REMOVE_WORDS, ""),
    ],
    "panel more, note": [
        (Verb.SOURCES, ""),
        (Verb.SHOW, ""),
        (Verb.HISTORY, ""),
        (Verb.PROMOTE, ""),
        (Verb.REMOVE_WORDS, ""),
    ],
    "panel sources": [],
    "panel history": [],
    "panel edit": [
        (Verb.PANEL, "title"),
        (Verb.PANEL, "owner"),
        (Verb.PANEL, "due"),
        (Verb.PANEL, "priority"),
        (Verb.PANEL, "category"),
        (Verb.PANEL, "project"),
    ],
    "panel split": [(Verb.PART, "0"), (Verb.PART, "1"), (Verb.PART, "2"), (Verb.SPLIT, "")],
    "panel project": [(Verb.MOVE, id_arg(uid(70)))],
    "panel project, no other": [],
    "panel combine": [(Verb.PICK, "T-17")],
    "task merged": [(Verb.UNMERGE, "118")],
    "panel priority": [(Verb.PRIORITY, one) for one in ("critical", "high", "medium", "low")],
    "panel category": [
        (Verb.CATEGORY, one) for one in ("feature", "bug", "improvement", "question", "chore")
    ],
    "panel due": [(Verb.DUE, one) for one in ("today", "tomorrow", "friday", "week", "none")],
    "panel owner": [(Verb.OWNER, one) for one in ("7", "8", "9", "0")],
    "task owner": [(Verb.OWNER, one) for one in ("7", "8", "9", "0")],
    "task due": [(Verb.DUE, one) for one in ("today", "tomorrow", "friday", "week", "none")],
    "task more": [
        (Verb.SOURCES, ""),
        (Verb.SHOW, ""),
        (Verb.HISTORY, ""),
        (Verb.PANEL, "steps"),
        (Verb.STATUS, "dropped"),
        (Verb.REMOVE_WORDS, ""),
    ],
}


@pytest.mark.parametrize("name", PANELS)
def test_a_panel_offers_its_choices_and_the_way_back(name: str) -> None:
    offered = [(one.verb, one.arg) for one in presses(card(name))]
    assert offered == [*PANELS[name], (Verb.BACK, "")]


def test_the_present_choice_is_marked() -> None:
    assert [label for row in labels(card("panel priority")) for label in row if "✓" in label] == ["✓ High"]


def test_the_merge_picker_shows_scores_and_how_to_search() -> None:
    assert labels(card("panel merge"))[0] == ["T-17 · 87 % · Login fails after update"]
    assert "Reply to this message" in text(card("panel merge"))[-1]
    assert "Found for “login”:" in text(card("panel merge, searched"))


def test_the_preview_names_what_the_target_gains() -> None:
    assert text(card("panel preview"))[-3:] == ["• 2 messages", "• priority → High", "• tag ios"]


def test_the_number_behind_fairly_sure_stands_under_more() -> None:
    assert "I am fairly sure (82 %)." in text(card("panel more"))
    assert "82" not in card("task card").html


def test_history_says_what_was_and_what_is() -> None:
    assert text(card("panel history"))[1] == "14:02 Ann edited it; priority Medium → High"
