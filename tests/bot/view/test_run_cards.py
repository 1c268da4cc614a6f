from dataclasses import replace

import pytest

from bot.view.payload import Verb
from bot.view.sieves import sieve_arg, sieve_in, stage_in
from core.domain.proposal import version_of
from core.domain.run import RunStatus, Tally
from core.domain.showing.panel import Panel
from core.domain.showing.shown import SieveChoice
from core.domain.showing.view import NotesList, RunCard
from core.errors import Failing
from tests.bot.view.gallery import CHOICES, card, presses, text, verbs
from tests.bot.view.samples import (
    CONFIDENT,
    NOW,
    PROGRESS,
    RUN,
    labels,
    notes,
    paint,
    run,
    session,
    shown,
    uid,
)


def test_the_notes_list_looks_as_agreed() -> None:
    assert text(card("notes")) == [
        "📚 3 notes worth keeping · Mobile · run of 13:58",
        "Login",
        "☑ 1. Problem Login button does nothing on iOS 17 ↗",
        "Releases",
        "☐ 2. Decision Ship 2.4 on Thursday (replaces “Ship 2.4 on Wednesday”) ↗   ⚠",
        "☑ 3. Question Who owns the push certificate? ↗",
        "⚠ not ticked by itself: I am unsure, or it touches something known.",
    ]
    assert labels(card("notes")) == [
        ["☑ 1", "☐ 2", "☑ 3"],
        ["✅ Keep 2 and find tasks"],
        ["Keep 2", "⋯"],
    ]


def test_a_tick_carries_its_note_and_keep_the_texts_of_the_whole_list() -> None:
    ticks = [one for one in presses(card("notes")) if one.verb is Verb.TICK]
    assert [one.arg for one in ticks] == ["201", "202", "203"]
    keep = next(one for one in presses(paint(notes(version=77))) if one.verb is Verb.KEEP)
    assert keep.version == 77


def test_the_numbers_of_a_list_go_on_from_page_to_page() -> None:
    assert labels(card("notes, second page"))[:2] == [["☑ 9", "☐ 10", "☑ 11"], ["◂", "2/2"]]


def test_finding_tasks_is_not_offered_where_it_would_cost() -> None:
    assert Verb.KEEP_AND_FIND not in verbs(card("notes, costly"))


def test_with_nothing_ticked_only_what_was_unticked_by_hand_can_be_dropped() -> None:
    assert labels(card("notes, only drops"))[-1] == ["✖️ Drop 1", "⋯"]
    assert verbs(paint(notes(ticked=0)))[-1] is Verb.MORE
    assert Verb.KEEP not in verbs(paint(notes(ticked=0)))


def test_a_note_is_opened_from_the_panel_of_its_list() -> None:
    assert [one.arg for one in presses(card("notes, more")) if one.verb is Verb.OPEN] == [
        "201",
        "202",
        "203",
    ]


def test_after_keep_one_message_tells_what_became_of_the_list() -> None:
    kept = card("notes, kept")
    assert text(kept) == ["📚 Kept 8 · dropped 1 · 2 left · Mobile"]
    assert verbs(kept) == [Verb.FIND_TASKS, Verb.REVIEW, Verb.UNDO]
    view = NotesList(RUN.id, act_id=uid(5))
    assert verbs(paint(notes(view=view, kept=8, undo_until=NOW))) == [Verb.FIND_TASKS]


RUNS = {
    "run waiting": [Verb.CANCEL],
    "run reading": [Verb.CANCEL],
    "run finding tasks after keeping": [Verb.CANCEL, Verb.UNDO],
    "run completed": [Verb.REVIEW, Verb.CLOSE],
    "run completed, nothing": [Verb.CLOSE],
    "run reviewed": [Verb.FIND_TASKS],
    "run failed": [Verb.RESUME, Verb.KEEP_RUN],
    "run cancelled": [],
    "run closing": [Verb.CLOSE_CARRY, Verb.CLOSE_EXPIRE, Verb.CLOSE_KEEP],
    "run closing, all decided": [Verb.CLOSE_CARRY, Verb.BACK],
    "run closed": [],
    "estimate": [Verb.START, Verb.CANCEL],
    "estimate, nothing": [],
    "blocked": [Verb.CLOSE_AND_START, Verb.REVIEW],
    "blocked, at work": [],
    "blocked, no more": [Verb.CLOSE_AND_START],
}


@pytest.mark.parametrize("name", RUNS)
def test_a_run_offers_only_what_its_status_allows(name: str) -> None:
    assert verbs(card(name)) == RUNS[name]


def test_progress_is_a_bar_a_count_and_the_time_left() -> None:
    assert text(card("run reading"))[1:] == [
        "▓▓▓▓░░░░░░ conversation 4 of 9",
        "7 notes so far · about 2 min left",
    ]


@pytest.mark.parametrize(
    ("done", "whole", "full"), [(0, 0, 0), (0, 9, 0), (9, 9, 10), (1, 9, 1), (12, 9, 10)]
)
def test_the_bar_is_ten_wide_and_full_only_at_the_end(done: int, whole: int, full: int) -> None:
    progress = replace(run(RunStatus.RUNNING).progress, batches=whole, done=done)
    html = paint(replace(run(RunStatus.RUNNING), progress=progress)).html
    assert html.count("▓") == full
    assert html.count("░") == 10 - full


def test_a_failed_run_says_what_is_saved() -> None:
    assert "6 of 9 conversations done and saved" in text(card("run failed"))
    assert labels(card("run failed")) == [["🔄 Resume", "Close with 6"]]


def test_a_closed_run_tells_its_metrics_in_words() -> None:
    assert text(card("run closed"))[2:] == [
        "7 of 9 were right (78 %)",
        "5 approved as they were · 3 left for later · 2 rejected · 1 after an edit · 1 merged",
        "Right when I was very sure: 4 of 4 · fairly sure: 2 of 4",
        "Half were decided within 3 min",
    ]


def test_closing_counts_only_what_was_not_left_for_later_before() -> None:
    view = RunCard(RUN.id, Panel.CONFIRM)
    one = paint(run(RunStatus.COMPLETED, view=view, tally=Tally(pending=3), carried=1))
    assert labels(one)[0] == ["🕓 Close, leave 2 for later"]


def test_an_estimate_says_what_would_be_read_and_at_what_cost() -> None:
    assert text(card("estimate"))[1:] == [
        "412 messages → about 118 after the filter → 9 conversations",
        "Since Mon 10 Nov 14:02",
        "Takes about 40 s · free of cost",
    ]
    assert "18,400 tokens, $0.03" in card("estimate, priced").html


def test_the_run_in_the_way_is_named_with_the_tap_that_closes_it() -> None:
    assert text(card("blocked")) == ["✋ R-24 is still open (3 waiting) · Mobile"]
    assert labels(card("blocked"))[0] == ["🏁 Close R-24, leave 3 for later, start"]


def test_a_session_shows_its_place_and_the_card() -> None:
    assert text(card("session"))[:2] == ["3/14 ▸ · Mobile · surest first", "🐞 Bug · High   ●●●○"]
    assert labels(card("session"))[2:] == [
        ["◂", "🔎", "⇅", "▸"],
        ["✅ Approve the 3 above 90 %", "All…"],
    ]


def test_a_session_starts_with_what_is_unread() -> None:
    assert "📖 212 unread messages: read and review" in labels(card("session, first with unread"))[-1]
    assert Verb.READ_NEW not in verbs(paint(session(unread=212)))


def test_a_bulk_approval_lists_what_it_settles_and_asks() -> None:
    asked = card("session, confirm")
    assert [line[:5] for line in text(asked)[1:]] == ["P-118", "P-121", "P-125"]
    assert verbs(asked) == [Verb.CONFIRM, Verb.BACK]
    assert presses(asked)[0].version == version_of(CONFIDENT)


def test_one_confident_proposal_is_no_bulk() -> None:
    assert "sure" not in {one.arg for one in presses(paint(session(confident=CONFIDENT[:1])))}


@pytest.mark.parametrize(
    ("name", "line", "button"),
    [
        ("session, confirm merges", "P-119 Login button does nothing on iOS 17 → T-17", "🔀 Merge 2"),
        ("session, confirm drops", "P-202 Ship 2.4 on Thursday · 82 %", "✖️ Drop 1"),
    ],
)
def test_whatever_is_settled_together_is_listed_first(name: str, line: str, button: str) -> None:
    assert text(card(name))[-1] == line
    assert labels(card(name))[0] == [button]


def test_all_of_a_queue_are_settled_in_one_of_four_ways() -> None:
    args = [one.arg for one in presses(card("session, all of them")) if one.verb is Verb.BULK]
    assert args == ["approve", "reject", "merge", "expire"]


def test_a_session_says_what_it_is_narrowed_to_and_offers_all_again() -> None:
    assert text(card("session, narrowed"))[0] == (
        "3/14 ▸ · Mobile · surest first · 🔎 only Decision, one subject, above 90 %, this week, alike"
    )
    assert labels(card("session, narrowing"))[:-1] == [
        ["📚 Notes", "✓ 📋 Tasks"],
        ["✓ Bug · 4", "Decision · 3"],
        ["Login · 5"],
        ["below 75 % · 2"],
        ["older · 1"],
        ["All 19"],
    ]
    assert labels(card("session, nothing fits")) == [["All 9"]]


@pytest.mark.parametrize("choice", CHOICES)
def test_what_a_button_narrows_to_comes_back_as_it_was(choice: SieveChoice) -> None:
    assert sieve_in(sieve_arg(choice.sieve)) == choice.sieve


@pytest.mark.parametrize(
    "arg", ["", "type:nothing", "band:", "age:never", "subject:x", "subject:####", "stage:x"]
)
def test_an_argument_nobody_wrote_narrows_to_nothing(arg: str) -> None:
    assert (sieve_in(arg), stage_in(arg)) == (None, None)


def test_a_panel_in_a_session_has_only_its_own_buttons() -> None:
    opened = paint(session(current=shown(panel=Panel.LATER), confident=CONFIDENT))
    assert verbs(opened)[-1] is Verb.BACK


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("session, after bulk", Verb.UNDO_BULK),
        ("session, tasks of kept notes", Verb.UNDO_BULK),
        ("session, done", Verb.FIND_TASKS),
        ("session, nothing", Verb.READ_NEW),
    ],
)
def test_a_session_ends_with_the_way_back_or_on(name: str, last: Verb) -> None:
    assert verbs(card(name))[-1] is last


@pytest.mark.parametrize("kind", list(Failing))
def test_each_failure_of_a_model_is_told_in_its_own_words(kind: Failing) -> None:
    detail = "openai:gpt-5-mini: <b>oops</b>"
    failed = replace(PROGRESS, done=6, failed=3, errors=(f"{kind}: {detail}",))
    told = text(paint(run(RunStatus.FAILED, progress=failed)))
    assert "6 of 9" in told[1]
    assert "openai:gpt-5-mini" in told[2]
    assert "What went wrong" not in told[2]
