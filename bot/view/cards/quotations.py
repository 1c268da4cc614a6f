"""A reply that points at one message an item rests on."""

from bot.view.brush import Brush
from bot.view.cards import drafts
from bot.view.html import Markup, bold, lines
from core.domain.showing.shown import ShownQuotation
from core.ports.chat import QUOTE_LIMIT, Card, Pointing


def quotation_card(brush: Brush, shown: ShownQuotation) -> Card:
    """Who said it and what rests on it: the words are the message's own."""
    quote, name = shown.quote, bold(Markup(shown.name))
    text = brush.say(
        "quotation", author=drafts.named(quote.author), at=brush.moment(quote.sent_at), name=name,
        more=shown.more,
    )  # fmt: skip
    otherwise = lines(brush.say("quotation-without", name=name), drafts.quote_line(brush, quote, None))
    at = Pointing(quote.key.chat_id, quote.key.message_id, _quotable(shown.words), otherwise)
    return Card(text, pointing=at)


def _quotable(words: str) -> str:
    """As much as a reply can quote: a beginning still stands in the message."""
    return (
        words.encode("utf-16-le", "surrogatepass")[: 2 * QUOTE_LIMIT].decode("utf-16-le", "ignore").strip()
    )
