"""What is kept of a person, and the buttons to be left out, forgotten, or to take it along."""

from bot.view.brush import Brush, Row, Rows
from bot.view.cards.setup import BUILT_IN
from bot.view.html import Markup, lines
from bot.view.links import start_link
from bot.view.payload import Verb
from core.domain.showing.panel import Panel
from core.domain.showing.shown_setup import ShownPrivacy
from core.ports.chat import Button, Card

START_WORD = "privacy"
"""What a deep link carries to open this card in direct chat."""


def privacy_card(brush: Brush, shown: ShownPrivacy) -> Card:
    """The card, or the question before everything is forgotten."""
    if brush.reader.is_group:
        return Card(lines(*_told(brush, shown), brush.say("privacy-direct")), _group_rows(brush))
    if shown.view.panel is Panel.CONFIRM:
        return _confirm(brush, shown)
    kept = brush.say("privacy-kept", n=shown.messages)
    return Card(lines(*_told(brush, shown), kept, brush.say("privacy-never")), _rows(brush, shown))


def _told(brush: Brush, shown: ShownPrivacy) -> list[Markup]:
    where = brush.say("setup-where-here")
    if shown.model != BUILT_IN:
        where = brush.say("setup-where-model", model=shown.model)
    return [
        brush.say("privacy-head"),
        brush.say("privacy-out" if shown.is_left_out else "privacy-what"),
        where,
        brush.say("privacy-long", n=shown.retention_days),
        brush.say("privacy-purge", n=shown.purge_days),
        brush.say("setup-deleted"),
    ]


def _rows(brush: Brush, shown: ShownPrivacy) -> Rows:
    out: Row = (
        brush.press(Verb.LEAVE_ME_OUT, "button-take-me-in" if shown.is_left_out else "button-leave-me-out"),
    )
    mine: Row = (
        brush.press(Verb.EXPORT, "button-export-me"),
        brush.press(Verb.FORGET_ME, "button-forget-me"),
    )
    return (out, mine) if shown.messages else (out,)


def _group_rows(brush: Brush) -> Rows:
    """A group's card is everybody's: a tap leaves out whoever tapped."""
    out = brush.press(Verb.LEAVE_ME_OUT, "button-leave-me-out")
    if not brush.reader.bot_username:
        return ((out,),)
    link = start_link(brush.reader.bot_username, START_WORD)
    return ((out, Button(brush.label("button-open-privacy"), url=link)),)


def _confirm(brush: Brush, shown: ShownPrivacy) -> Card:
    html = lines(
        brush.say("privacy-confirm", n=shown.messages),
        brush.say("privacy-confirm-what"),
        brush.say("privacy-confirm-final"),
    )
    return Card(html, ((brush.press(Verb.CONFIRM, "button-forget-confirm"),), brush.back()))
