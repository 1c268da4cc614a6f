"""Nothing an analyst says is believed until code has found it in the messages."""

from dataclasses import replace
from datetime import date

import pytest

from core.domain.checking import TITLE_LIMIT, check
from core.domain.conversation import Finding
from core.domain.evidence import Evidence, is_quoted
from core.domain.ids import MessageId, MessageKey, PersonId
from core.domain.task import Assignee, Due, TaskDraft
from tests.builders import GROUP, a_message, a_quote, a_task_draft

SAID = a_message(1, "Login is dead on my iPhone again, must be fixed before Friday's demo")
ASKED = a_message(2, "Max, can you take the login?")
SHOWN = {one.key: one for one in (SAID, ASKED)}
NEW = frozenset(SHOWN)


def a_finding(**more: object) -> Finding[TaskDraft]:
    finding = Finding(a_task_draft(), 0.8, "two people", quotes=(a_quote(SAID, "dead on my iPhone"),))
    return replace(finding, **more)


def test_a_draft_with_exact_quotes_stays_whole() -> None:
    checked = check(a_finding(), SHOWN, NEW)
    assert checked.finding == a_finding()
    assert not checked.dropped


@pytest.mark.parametrize(
    ("finding", "reason"),
    [
        (a_finding(quotes=(a_quote(a_message(99)),)), "not_shown"),
        (a_finding(quotes=(a_quote(SAID, "dead on my Android"),)), "not_quoted"),
        (a_finding(quotes=(a_quote(SAID, "   "),)), "not_quoted"),
        (a_finding(quotes=()), "nothing_new"),
        (a_finding(content=a_task_draft(title="  ")), "no_title"),
    ],
)
def test_a_draft_that_cites_what_is_not_there_is_dropped(finding: Finding[TaskDraft], reason: str) -> None:
    checked = check(finding, SHOWN, NEW)
    assert checked.finding is None
    assert checked.dropped == {reason: 1}


def test_a_draft_that_cites_only_earlier_messages_is_dropped() -> None:
    assert check(a_finding(), SHOWN, frozenset({ASKED.key})).dropped == {"nothing_new": 1}


@pytest.mark.parametrize(
    ("assignee", "stays"),
    [
        (Assignee("Max"), True),
        (Assignee("Olya", PersonId(7), has_agreed=True), True),
        (Assignee("Igor"), False),
    ],
)
def test_an_assignee_no_cited_message_names_is_taken(assignee: Assignee, *, stays: bool) -> None:
    finding = a_finding(content=a_task_draft(assignee=assignee), quotes=(a_quote(ASKED),))
    checked = check(finding, SHOWN, NEW)
    assert checked.finding is not None
    assert (checked.finding.content.assignee == assignee) is stays
    assert checked.dropped == ({} if stays else {"assignee": 1})


@pytest.mark.parametrize(("phrase", "stays"), [("before Friday's demo", True), ("by Monday", False)])
def test_a_date_whose_phrase_nobody_said_is_taken(phrase: str, *, stays: bool) -> None:
    due = Due(date(2026, 11, 13), phrase)
    checked = check(a_finding(content=a_task_draft(due=due)), SHOWN, NEW)
    assert checked.finding is not None
    assert (checked.finding.content.due == due) is stays


def test_what_is_too_long_is_cut_at_a_word_and_confidence_is_bounded() -> None:
    finding = a_finding(content=a_task_draft(title="word " * 100), confidence=7.0)
    checked = check(finding, SHOWN, NEW).finding
    assert checked is not None
    assert len(checked.content.title) <= TITLE_LIMIT
    assert checked.content.title.endswith("word…")
    assert checked.confidence == 1.0


def test_quotes_may_differ_in_white_space_only() -> None:
    assert is_quoted("dead  on\nmy iPhone", SAID.text)
    assert not is_quoted("dead on my iphone", SAID.text)


def test_evidence_counts_messages_not_quotes_and_spans_time() -> None:
    evidence = Evidence((a_quote(SAID, "Login"), a_quote(SAID, "dead"), a_quote(ASKED)))
    assert evidence.message_count == 2
    assert evidence.time_span_seconds == 60.0
    assert evidence.without([SAID.key]).keys == {MessageKey(GROUP, MessageId(2))}
