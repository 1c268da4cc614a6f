"""What every painter has in hand: the reader's language and clock, and buttons of one spot."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bot.view import moments
from bot.view.html import Markup, clip, joined, link, one_line
from bot.view.links import message_link
from bot.view.payload import Press, Verb, payload_of
from bot.view.texts import Arg, Texts
from core.domain.evidence import Quote
from core.domain.person import Chat
from core.domain.showing.shown import Reader
from core.ports.chat import Button

Row = tuple[Button, ...]
Rows = tuple[Row, ...]

LABEL_LIMIT = 60
"""Longer labels are cut by clients anyway."""
TITLE_LIMIT = 120
LINE_TITLE_LIMIT = 80
QUOTE_LIMIT = 160
"""A quoted message on a card, as product.md has it."""
_NAMELESS = "…"
"""A button must say something, also where a name says nothing."""
ARROW = Markup("↗")
BLANK = Markup("   ")
"""Space between two things that share a line."""


@dataclass(frozen=True)
class Brush:
    """The texts, the reader and the spot that one card is painted for."""

    texts: Texts
    reader: Reader
    spot_id: UUID

    def say(self, key: str, /, **args: Arg) -> Markup:
        """A sentence as HTML in the reader's language; arguments are escaped. Raises MissingText."""
        return self.texts.say(key, self.reader.language, **args)

    def label(self, key: str, /, **args: Arg) -> str:
        """A short plain text for a button. Raises MissingText."""
        return clip(self.texts.plain(key, self.reader.language, **args), LABEL_LIMIT)

    def press(self, verb: Verb, key: str, /, *, on: str = "", version: int = 0, **args: Arg) -> Button:
        """A button: its verb, its label's key and arguments; `on` is the verb's argument."""
        return self.named(verb, self.label(key, **args), on=on, version=version)

    def named(self, verb: Verb, label: str, /, *, on: str = "", version: int = 0) -> Button:
        """A button whose label is made already."""
        shown = clip(one_line(label), LABEL_LIMIT) or _NAMELESS
        return Button(shown, payload_of(Press(verb, self.spot_id, version, on)))

    def choice(self, verb: Verb, label: str, on: str, *, is_chosen: bool, version: int = 0) -> Button:
        """One of several, marked when it is the present one."""
        return self.named(verb, f"✓ {label}" if is_chosen else label, on=on, version=version)

    def back(self) -> Row:
        """The way back to the card itself."""
        return (self.press(Verb.BACK, "button-back"),)

    def moment(self, at: datetime) -> str:
        """`10:41` today, else `Tue 11 Nov 10:41`."""
        return moments.moment(
            at, self.reader.now, self.reader.timezone, self.texts.sayer(self.reader.language)
        )

    def day(self, on: date) -> str:
        """`Tue 11 Nov`."""
        return moments.day(on, self.today, self.texts.sayer(self.reader.language))

    def span(self, seconds: float) -> str:
        """`26 h`."""
        return moments.span(seconds, self.texts.sayer(self.reader.language))

    def day_of(self, at: datetime) -> str:
        """`Tue 11 Nov`, the day a moment falls on for the reader."""
        return self.day(moments.local_day(at, self.reader.timezone))

    def since(self, at: datetime) -> str:
        """How long ago, as `2 d`."""
        return self.span((self.reader.now - at).total_seconds())

    @property
    def today(self) -> date:
        """The reader's day."""
        return moments.local_day(self.reader.now, self.reader.timezone)

    def is_open(self, until: datetime | None) -> bool:
        """Whether a window that ends at `until` is still open."""
        return until is not None and until > self.reader.now

    def pages(self, page: int, count: int) -> Rows:
        """`◂ 2/5 ▸`, or nothing for a single page."""
        if count <= 1:
            return ()
        row = [self.named(Verb.PAGE, f"{page + 1}/{count}", on=str(page))]
        if page > 0:
            row.insert(0, self.named(Verb.PAGE, "◂", on=str(page - 1)))
        if page + 1 < count:
            row.append(self.named(Verb.PAGE, "▸", on=str(page + 1)))
        return (tuple(row),)


def arrow(chat: Chat | None, quote: Quote) -> Markup:
    """`↗` that leads to the quoted message; nothing where messages have no address."""
    url = message_link(chat, quote.key.message_id, quote.thread_id)
    return Markup(f" {link(url, ARROW)}") if url else Markup("")


def spaced(*parts: Markup) -> Markup:
    """Parts that share a line."""
    return joined(BLANK, parts)


def rows_of(buttons: list[Button], width: int) -> Rows:
    """Buttons in rows of `width`."""
    return tuple(tuple(buttons[at : at + width]) for at in range(0, len(buttons), width))
