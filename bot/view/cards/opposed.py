"""Decision changed? Old and new side by side, and what is to become of them."""

from bot.view.brush import LINE_TITLE_LIMIT, Brush, Rows, spaced
from bot.view.cards import drafts
from bot.view.html import Markup, bold, joined, lines, said
from bot.view.payload import Verb
from core.domain.knowledge import Atom
from core.domain.proposal import Proposal
from core.domain.showing.shown import ShownProposal
from core.ports.chat import Card

_QUOTES = 2
"""Of the new decision; the old one shows who said it first."""


def opposed_card(brush: Brush, shown: ShownProposal, old: Atom) -> Card:
    """Each decision with its day and who said so; nothing of either is ever deleted."""
    proposal = shown.proposal
    topic = said(shown.topic_name, drafts.NAME_LIMIT) or Markup("none")
    head = spaced(brush.say("changed-head", topic=topic), Markup(drafts.dots(proposal.confidence)))
    was = brush.say("changed-was", title=_title(old.title), since=brush.day_of(old.valid_from))
    now = brush.say("changed-now", title=_title(proposal.title))
    why = said(proposal.reasoning, drafts.WHY_LIMIT)
    project = said(shown.project_name, LINE_TITLE_LIMIT)
    text = lines(
        head,
        was,
        *drafts.quote_lines(brush, old.evidence.quotes, shown.chats, 1),
        now,
        *drafts.quote_lines(brush, proposal.evidence.quotes, shown.chats, _QUOTES),
        brush.say("card-why", text=why) if why else Markup(""),
        joined(" · ", (Markup(proposal.name), Markup(old.name), project)),
    )
    return Card(text, _rows(brush, proposal))


def _title(title: str) -> Markup:
    return bold(said(title, LINE_TITLE_LIMIT))


def _rows(brush: Brush, proposal: Proposal) -> Rows:
    version = proposal.press_version
    return (
        (
            brush.press(Verb.APPROVE, "button-supersede", version=version),
            brush.press(Verb.BOTH, "button-both", version=version),
        ),
        (
            brush.press(Verb.LATER, "button-later", version=version),
            brush.press(Verb.REJECT, "button-ignore", version=version),
            brush.press(Verb.MORE, "button-more", version=version),
        ),
    )
