"""Sentences by key, help, and what is withheld."""

from collections.abc import Mapping

from bot.view.brush import Brush, Rows
from bot.view.cards.lists import withheld_line
from bot.view.html import clip, escaped, lines, link, said_long, without_mentions
from bot.view.links import REVIEW, start_link
from bot.view.payload import Verb
from bot.view.texts import Arg
from core.domain.person import Role
from core.domain.showing.shown import ShownNotice, TakenAway, Withheld
from core.domain.showing.shown_setup import ShownHelp
from core.domain.showing.view import Notice
from core.ports.chat import Button, Card

ARG_LIMIT = 300
"""Room for one argument, in UTF-16 code units."""
_LINK = "link"
_OUR_LINKS = "https://t.me/"
_OURS = "text"
"""The argument that holds a sentence of ours: its commands stay alive."""
VARIANTS: Mapping[str, str] = {"undone": "standing"}
"""Notices with a longer sentence, `{key}-{argument}`, for when that argument says something."""
TO_REVIEW = frozenset({"direct-review", "start-direct"})
"""Sentences that get the link to the review by themselves."""
_ADDS = frozenset({"welcome-owner", "add-to-group", "owner-claimed"})
BUTTONS: Mapping[str, Verb] = {
    "review": Verb.REVIEW,
    "read_new": Verb.READ_NEW,
    "read_them": Verb.READ_NEW,
    "find_tasks": Verb.FIND_TASKS,
    "start": Verb.START,
    "resume": Verb.RESUME,
    "undo": Verb.UNDO,
    "show": Verb.SHOW,
    "close": Verb.CLOSE,
    "budget": Verb.BUDGET,
}
"""Names of Notice.button; a link in the arguments gets its button by itself."""


def notice_card(brush: Brush, shown: ShownNotice) -> Card:
    """The sentence of `notice-{key}` with its arguments, a button for its link, one for its way on."""
    notice = shown.view
    key = notice.key
    variant = VARIANTS.get(key)
    if variant is not None and notice.args.get(variant):
        key = f"{key}-{variant}"
    given = _with_link(brush, notice)
    args = {name: _argument(name, value) for name, value in given.items()}
    return Card(brush.say(f"notice-{key}", **args), _rows(brush, notice, given))


def _with_link(brush: Brush, notice: Notice) -> Mapping[str, str | int]:
    """Its arguments; a sentence written where our name is not known gets the link to the review here."""
    if notice.key in TO_REVIEW and _LINK not in notice.args:
        return {**notice.args, _LINK: start_link(brush.reader.bot_username, REVIEW)}
    return notice.args


def _argument(name: str, value: str | int) -> Arg:
    if isinstance(value, int):
        return value
    if name == _LINK and value.startswith(_OUR_LINKS):
        return link(value, escaped(value))
    if name == _OURS:
        return escaped(clip(without_mentions(value), ARG_LIMIT))
    return said_long(value, ARG_LIMIT)


def _rows(brush: Brush, notice: Notice, args: Mapping[str, str | int]) -> Rows:
    row: list[Button] = []
    url = args.get(_LINK)
    if isinstance(url, str) and url.startswith(_OUR_LINKS):
        row.append(Button(brush.label("link-add" if notice.key in _ADDS else "link-open"), url=url))
    if notice.button:
        row.append(brush.press(BUTTONS[notice.button], f"way-{notice.button}"))
    return (tuple(row),) if row else ()


def help_card(brush: Brush, shown: ShownHelp) -> Card:
    """At most twelve lines: what this reader can do here."""
    decides = brush.reader.role is not Role.MEMBER
    body = [
        brush.say("help-head"),
        brush.say("help-capture"),
        brush.say("help-leave-out"),
        brush.say("help-tasks"),
        brush.say("help-know"),
    ]
    if decides:
        body += [brush.say("help-review"), brush.say("help-runs"), brush.say("help-rhythm")]
        body.append(brush.say("help-setup"))
    if not shown.has_project:
        body = [brush.say("help-head"), brush.say("help-no-project"), brush.say("help-setup")]
    body.append(brush.say("help-law"))
    return Card(lines(*body))


def withheld_card(brush: Brush, shown: Withheld) -> Card:
    """That something may not be read here; never what."""
    return Card(withheld_line(brush, max(1, len(shown.numbers))))


def taken_away_card(brush: Brush, _shown: TakenAway) -> Card:
    """What stands there until Telegram has deleted it."""
    return Card(brush.say("notice-no-longer"))
