"""Several things nobody asked for in one message: a line and a number each."""

from collections.abc import Iterable

from bot.view.brush import BLANK, Brush, rows_of
from bot.view.html import Markup, bold, clip, escaped, inert, joined, lines, one_line, plain
from bot.view.payload import Verb
from core.domain.showing.shown import ShownBundle, ShownProposal
from core.ports.chat import Card

LINE_LIMIT = 160
"""Room for one of them, in UTF-16 code units."""
LINES = 12
A_ROW = 6


def bundle_card(brush: Brush, shown: ShownBundle, parts: Iterable[Card]) -> Card:
    """How many things came together, and of each its first line; its number shows it whole."""
    heads = [_head(part, card) for part, card in zip(shown.parts, parts, strict=True)]
    body = [joined(BLANK, (escaped(str(at)), head)) for at, head in enumerate(heads[:LINES], start=1)]
    buttons = [
        brush.named(Verb.SHOW, str(at), on=str(number))
        for at, number in enumerate(shown.numbers[:LINES], start=1)
    ]
    more = len(heads) - len(body)
    rest = brush.say("bundle-more", n=more) if more else Markup("")
    return Card(lines(bold(brush.say("bundle-head", n=len(heads))), *body, rest), rows_of(buttons, A_ROW))


def _head(part: object, card: Card) -> Markup:
    """The first line of a card as plain text; of a proposal with what it is about.

    A card already made what people wrote harmless, so its own commands stay one tap away.
    """
    first = plain(card.html).split("\n", 1)[0]
    if isinstance(part, ShownProposal):
        first = f"{first} {inert(one_line(part.proposal.title))}"
    return escaped(clip(first, LINE_LIMIT))
