"""What a settled or put-off proposal shrinks to: one line with who, when and what came of it."""

from bot.view.brush import TITLE_LIMIT, Brush, Rows, rows_of
from bot.view.cards.drafts import named
from bot.view.html import Markup, bold, lines, said
from bot.view.payload import Verb
from core.domain.proposal import Proposal, ProposalStatus, Reason, Review
from core.domain.showing.panel import Panel
from core.domain.showing.shown import ShownProposal
from core.domain.task import TaskDraft
from core.ports.chat import Button, Card

TASK_REASONS = (
    Reason.NOT_A_TASK,
    Reason.DUPLICATE,
    Reason.ALREADY_DONE,
    Reason.NOT_OURS,
    Reason.TOO_VAGUE,
    Reason.OTHER,
)
NOTE_REASONS = (Reason.DUPLICATE, Reason.NOT_OURS, Reason.TOO_VAGUE, Reason.OTHER)
"""A note is no task, done or not."""
_NOTE_LIMIT = 100


def settled_card(brush: Brush, shown: ShownProposal) -> Card:
    """One line; Undo while it lasts, and for a rejection without a reason the reasons."""
    line = settled_line(brush, shown.proposal, shown.result_name)
    if not brush.is_open(shown.undo_until):
        return Card(line, _unmerge_rows(brush, shown.proposal))
    if shown.view.panel is Panel.REASONS:
        line = lines(line, brush.say("panel-reason-reply"))
    return Card(line, (*_reason_rows(brush, shown.proposal), (_undo(brush, shown.proposal),)))


def rejected_card(brush: Brush, shown: ShownProposal) -> Card:
    """The same within a session that went on to the next card: its buttons mean this one."""
    card = settled_card(brush, shown)
    if not brush.is_open(shown.undo_until):
        return Card(Markup(""))
    rows = _reason_rows(brush, shown.proposal, Verb.REASON_LAST)
    why = brush.say("session-why") if rows and shown.view.panel is not Panel.REASONS else Markup("")
    undo = brush.press(Verb.UNDO_LAST, "button-undo-last", version=shown.proposal.press_version)
    return Card(lines(Markup(card.html), why), (*rows, (undo,)))


def settled_line(brush: Brush, proposal: Proposal, result_name: str = "") -> Markup:
    """`✅ Login button does nothing → T-42 · approved by Ann 14:02`."""
    title = bold(said(proposal.title, TITLE_LIMIT))
    review = proposal.review
    if review is None:
        return brush.say("settled-unknown", name=proposal.name, title=title)
    by_itself = proposal.status is ProposalStatus.APPROVED and review.by_id is None
    arrow = brush.say("settled-result", result=result_name) if _is_number(result_name) else Markup("")
    head = brush.say(
        "settled-approved-by-itself" if by_itself else f"settled-as-{proposal.status}",
        title=title, arrow=arrow, at=brush.moment(review.at), by=named(review.by),
        kind="task" if isinstance(proposal.content, TaskDraft) else "note",
    )  # fmt: skip
    return Markup(head + _manner(brush, proposal.status, review))


def _is_number(result_name: str) -> bool:
    """A note or subject is named by its own title, which stands on the line already."""
    return result_name[1:2] == "-"


def _manner(brush: Brush, status: ProposalStatus, review: Review) -> Markup:
    if review.note:
        return brush.say("settled-note", note=said(review.note, _NOTE_LIMIT))
    if review.reason is not None:
        return brush.say("settled-reason", reason=brush.say(f"reason-word-{review.reason}"))
    if review.was_edited and status is ProposalStatus.APPROVED:
        return brush.say("settled-edited")
    return Markup("")


def _reason_rows(brush: Brush, proposal: Proposal, verb: Verb = Verb.REASON) -> Rows:
    review = proposal.review
    if proposal.status is not ProposalStatus.REJECTED or (review and review.reason):
        return ()
    reasons = TASK_REASONS if isinstance(proposal.content, TaskDraft) else NOTE_REASONS
    version = proposal.press_version
    return rows_of(
        [brush.press(verb, f"reason-{reason}", on=reason, version=version) for reason in reasons], 3
    )


def _unmerge_rows(brush: Brush, proposal: Proposal) -> Rows:
    """A merge is taken back at any time."""
    if proposal.status is not ProposalStatus.MERGED or not proposal.evidence.quotes:
        return ()
    return ((brush.press(Verb.UNMERGE, "button-unmerge", name=proposal.name),),)


def _undo(brush: Brush, proposal: Proposal) -> Button:
    return brush.press(Verb.UNDO, "button-undo", version=proposal.press_version)


def snoozed_card(brush: Brush, shown: ShownProposal) -> Card:
    """`⏰ Login button does nothing · back Wed 12 Nov 09:00`, with a way to have it back now."""
    proposal = shown.proposal
    until = brush.moment(proposal.snoozed_until) if proposal.snoozed_until else ""
    title = bold(said(proposal.title, TITLE_LIMIT))
    line = brush.say("settled-snoozed", title=title, name=proposal.name, at=until)
    wake = brush.press(Verb.SNOOZE, "later-off", on="off", version=proposal.press_version)
    return Card(line, ((wake,),))
