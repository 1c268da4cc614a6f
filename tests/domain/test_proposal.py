"""A proposal leaves pending once, and only undo leads back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.proposal import Proposal, ProposalStatus, Reason, Review, version_of
from core.errors import AlreadySettled, NotPending, OldPress, UndoOver, WrongStep
from tests.builders import START, a_proposal, a_review, a_task_draft

SETTLING: dict[ProposalStatus, Callable[[Proposal, Review], Proposal]] = {
    ProposalStatus.APPROVED: Proposal.approve,
    ProposalStatus.REJECTED: Proposal.reject,
    ProposalStatus.MERGED: Proposal.merge,
    ProposalStatus.EXPIRED: Proposal.expire,
    ProposalStatus.REPLACED: Proposal.replaced,
}


@pytest.mark.parametrize("status", SETTLING)
def test_each_step_leads_from_pending_to_its_own_status(status: ProposalStatus) -> None:
    assert SETTLING[status](a_proposal(), a_review()).status is status


@pytest.mark.parametrize("first", SETTLING)
@pytest.mark.parametrize("second", SETTLING)
def test_the_second_to_settle_is_told_who_was_first(first: ProposalStatus, second: ProposalStatus) -> None:
    settled = SETTLING[first](a_proposal(118), a_review(by="@ann"))
    with pytest.raises(AlreadySettled) as refusal:
        SETTLING[second](settled, a_review(by="@bob"))
    assert (refusal.value.number, refusal.value.by, refusal.value.at) == ("P-118", "@ann", START)


@pytest.mark.parametrize("status", SETTLING)
def test_undo_leads_back_within_the_window_and_not_after(status: ProposalStatus) -> None:
    settled = SETTLING[status](a_proposal(), a_review())
    window = timedelta(minutes=10)
    assert settled.undone(START + window, window).status is ProposalStatus.PENDING
    with pytest.raises(UndoOver):
        settled.undone(START + window + timedelta(seconds=1), window)


def test_a_pending_proposal_has_nothing_to_undo() -> None:
    with pytest.raises(WrongStep):
        a_proposal().undone(START, timedelta(minutes=10))


def test_a_press_on_an_older_text_is_refused() -> None:
    before = a_proposal()
    after = before.edited(a_task_draft(title="Mend it today"), "@ann")
    after.ensure_shows(after.press_version)
    with pytest.raises(OldPress):
        after.ensure_shows(before.press_version)


def test_a_press_on_another_card_is_refused_even_at_the_same_version() -> None:
    with pytest.raises(OldPress):
        a_proposal(1).ensure_shows(a_proposal(2).press_version)


def test_only_a_rejection_takes_a_reason() -> None:
    rejected = a_proposal().reject(a_review()).explained(Reason.TOO_VAGUE, "which screen?")
    assert rejected.review == a_review(reason=Reason.TOO_VAGUE, note="which screen?")
    with pytest.raises(WrongStep):
        a_proposal().approve(a_review()).explained(Reason.TOO_VAGUE)


def test_settling_ends_a_snooze_and_a_settled_one_cannot_be_put_off() -> None:
    snoozed = a_proposal().snoozed(START + timedelta(hours=1))
    settled = snoozed.approve(a_review())
    assert settled.snoozed_until is None
    with pytest.raises(AlreadySettled):
        settled.snoozed(START)


def test_an_expired_one_can_be_brought_back_and_no_other() -> None:
    assert a_proposal().expire(a_review()).brought_back().status is ProposalStatus.PENDING
    with pytest.raises(WrongStep):
        a_proposal().reject(a_review()).brought_back()


def test_a_settled_proposal_without_a_review_is_refused_by_its_status() -> None:
    with pytest.raises(NotPending):
        replace(a_proposal(), status=ProposalStatus.EXPIRED).approve(a_review())


def test_the_version_of_a_list_changes_with_any_of_its_texts_and_not_with_their_order() -> None:
    first, second = a_proposal(118), a_proposal(119)
    version = version_of([first, second])
    assert version_of([second, first]) == version
    assert version_of([replace(first, content_version=2), second]) != version
    assert version_of([first]) != version
