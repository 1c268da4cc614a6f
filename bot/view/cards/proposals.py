"""One proposal as a card of 7 to 9 lines; its panels and its settled line are painted next door."""

from bot.view.brush import LINE_TITLE_LIMIT, Brush, Row, Rows, spaced
from bot.view.cards import drafts, opposed, panels, settled
from bot.view.html import Markup, joined, lines, said
from bot.view.payload import Verb
from core.domain.evidence import SHOWN_QUOTES
from core.domain.knowledge import AtomDraft
from core.domain.proposal import Proposal, ProposalStatus, Recommendation, RejectedBefore
from core.domain.showing.panel import Panel
from core.domain.showing.shown import ShownProposal
from core.domain.task import TaskDraft
from core.ports.chat import Button, Card

CARD_LINES = 9
"""product.md section 3; quotes give way first, the last one never does."""
_TAGS_LIMIT = 60


def proposal_card(brush: Brush, shown: ShownProposal) -> Card:
    """The card, the panel it has open, or the one line it became."""
    proposal = shown.proposal
    if proposal.status is not ProposalStatus.PENDING:
        return settled.settled_card(brush, shown)
    if brush.is_open(proposal.snoozed_until) and shown.view.panel is Panel.MAIN:
        return settled.snoozed_card(brush, shown)
    panel = panels.PANELS.get(shown.view.panel)
    text = proposal_text(brush, shown)
    if panel is None and shown.opposed is not None:
        return opposed.opposed_card(brush, shown, shown.opposed)
    return Card(text, main_rows(brush, proposal)) if panel is None else panel(brush, shown, text)


def proposal_text(brush: Brush, shown: ShownProposal) -> Markup:
    """The lines of a pending proposal."""
    top, bottom = _above_quotes(brush, shown), _below_quotes(brush, shown)
    room = CARD_LINES - sum(1 for line in (*top, *bottom) if line)
    count = min(SHOWN_QUOTES, max(1, room))
    quotes = drafts.quote_lines(brush, shown.proposal.evidence.quotes, shown.chats, count)
    return lines(*top, *quotes, *bottom)


def _above_quotes(brush: Brush, shown: ShownProposal) -> list[Markup]:
    proposal = shown.proposal
    content = proposal.content
    found: list[Markup] = []
    if proposal.similar is not None and proposal.similar.is_duplicate:
        found.extend(drafts.duplicate_lines(brush, proposal.similar))
    sure = Markup(drafts.dots(proposal.confidence)) if proposal.run_id else brush.say("card-by-hand")
    found.append(spaced(drafts.heading(brush, content, shown.topic_name), sure))
    found.append(drafts.title_line(content))
    found.append(drafts.description(content))
    found.extend(drafts.facts(brush, content))
    return found


def _below_quotes(brush: Brush, shown: ShownProposal) -> list[Markup]:
    proposal = shown.proposal
    found: list[Markup] = []
    if shown.joined:
        found.append(brush.say("card-joined", n=shown.joined))
    if proposal.reasoning:
        found.append(brush.say("card-why", text=said(proposal.reasoning, drafts.WHY_LIMIT)))
    if proposal.similar is not None and not proposal.similar.is_duplicate:
        found.append(drafts.similar_line(brush, proposal.similar))
    if proposal.rejected_before:
        found.append(_rejected_before(brush, proposal.rejected_before))
    found.append(_footer(shown))
    return found


def _rejected_before(brush: Brush, before: RejectedBefore) -> Markup:
    day = brush.day_of(before.at)
    if before.reason is None:
        return brush.say("card-rejected-before", day=day, n=before.new_messages)
    reason = brush.say(f"reason-word-{before.reason}")
    return brush.say("card-rejected-before-as", day=day, reason=reason, n=before.new_messages)


def _footer(shown: ShownProposal) -> Markup:
    content = shown.proposal.content
    tags = ", ".join(content.tags) if isinstance(content, TaskDraft) else ""
    project = said(shown.project_name, LINE_TITLE_LIMIT)
    return joined(" · ", (said(shown.proposal.name, _TAGS_LIMIT), project, said(tags, _TAGS_LIMIT)))


def main_rows(brush: Brush, proposal: Proposal) -> Rows:
    """The verbs; the first button follows the recommendation, Reject never stands beside Approve."""
    version = proposal.press_version
    first = _recommended(brush, proposal)
    is_note = not isinstance(proposal.content, TaskDraft)
    approve = brush.press(Verb.APPROVE, "button-keep" if is_note else "button-approve", version=version)
    reject = brush.press(Verb.REJECT, "button-drop" if is_note else "button-reject", version=version)
    later = brush.press(Verb.LATER, "button-later", version=version)
    more = brush.press(Verb.MORE, "button-more", version=version)
    if first is None:
        return ((approve, *_changes(brush, proposal)), (later, reject, more))
    if proposal.recommendation is Recommendation.REJECT:
        return ((reject, *_changes(brush, proposal)), (later, approve, more))
    separate = brush.press(Verb.APPROVE, "button-separate", version=version)
    edit = brush.press(Verb.EDIT, "button-edit", version=version)
    return ((first,), (separate, edit), (later, reject, more))


def _recommended(brush: Brush, proposal: Proposal) -> Button | None:
    version = proposal.press_version
    if proposal.recommendation is Recommendation.REJECT:
        return brush.press(Verb.REJECT, "button-reject", version=version)
    would_merge = proposal.recommendation in {Recommendation.MERGE, Recommendation.UPDATE_EXISTING}
    if proposal.similar is not None and (would_merge or proposal.similar.is_duplicate):
        name = proposal.similar.name
        return brush.press(Verb.PICK, "button-merge-into", on=name, version=version, name=name)
    return None


def _changes(brush: Brush, proposal: Proposal) -> Row:
    version = proposal.press_version
    edit = brush.press(Verb.EDIT, "button-edit", version=version)
    if not isinstance(proposal.content, (TaskDraft, AtomDraft)):
        return (edit,)
    return (edit, brush.press(Verb.MERGE, "button-merge", version=version))
