"""A project's settings as one message: a page of knobs, one knob to be turned, who changed what."""

from collections.abc import Callable, Mapping

from bot.view.brush import Brush, Row, Rows, rows_of
from bot.view.cards.projects import project_card, rule_words
from bot.view.cards.setup import TIMEZONES
from bot.view.html import Markup, joined, lines, plain, said
from bot.view.payload import Verb
from bot.view.texts import LANGUAGES
from core.domain.hints import is_earned
from core.domain.history import Change
from core.domain.knobs import JOBS, LISTS, Knob
from core.domain.knowledge import AtomType
from core.domain.person import ReviewPlace
from core.domain.showing.shown_setup import ShownProject
from core.domain.showing.view_settings import PAGES, SettingsPage
from core.domain.task import Category
from core.domain.trust import Share
from core.ports.chat import Button, Card

_VALUE_LIMIT = 120
_LINE_LIMIT = 60
"""Of a value in a line of history."""
_ON, _OFF, _AS_INSTALLED = "on", "off", "default"
_BESIDE = frozenset({*Knob, "reviewers", "budget"})
"""What history may tell of a project."""
_SHARES = frozenset({Knob.TICK_CONFIDENCE, Knob.PROPOSE_FROM})
_WRITTEN = frozenset({Knob.NAME, Knob.DESCRIPTION, Knob.GLOSSARY, *LISTS})
_KINDS = 12
_PRESETS: Mapping[Knob, tuple[str, ...]] = {
    Knob.LANGUAGE: tuple(LANGUAGES),
    Knob.TIMEZONE: TIMEZONES,
    Knob.EXTRACT: ("10:00", "14:00", "17:00", _OFF),
    Knob.ANALYSE: ("11:00", "15:00", "18:00", _OFF),
    Knob.DIGEST: ("08:00", "09:00", "10:00", "18:00", _OFF),
    Knob.WEEKLY: (_ON, _OFF),
    Knob.DIGEST_IN_GROUP: (_ON, _OFF),
    Knob.CARDS_PER_RUN: ("3", "5", "10", "20"),
    Knob.TICK_CONFIDENCE: ("60", "75", "90"),
    Knob.PROPOSE_FROM: ("40", "50", "60"),
    Knob.QUEUE_LIMIT: ("50", "100", "200"),
    Knob.EXPIRE_DAYS: ("7", "14", "30"),
    Knob.REJECTION_MEMORY_DAYS: ("7", "30", "90", "365"),
    Knob.QUIET_FROM: ("18:00", "19:00", "20:00", "22:00"),
    Knob.QUIET_UNTIL: ("07:00", "08:00", "09:00", "10:00"),
    Knob.WEEKENDS: (_ON, _OFF),
    Knob.MESSAGES_PER_DAY: ("1", "2", "3", "5"),
    Knob.RETENTION_DAYS: ("30", "60", "90", "180"),
}
"""What is offered as buttons; a reply takes any other."""


def settings_card(brush: Brush, shown: ShownProject) -> Card:
    """The page that is open, or the knob."""
    view = shown.view
    if view.page is SettingsPage.MAIN:
        front = project_card(brush, shown)
        return Card(front.html, (*front.buttons, *_pages(brush)))
    if view.page is SettingsPage.HISTORY:
        return _history(brush, shown)
    return _page(brush, shown) if view.knob is None else _knob(brush, shown, view.knob)


def _pages(brush: Brush) -> Rows:
    pages = [page for page in SettingsPage if page is not SettingsPage.MAIN]
    return rows_of([brush.press(Verb.SETTINGS, f"button-settings-{one}", on=one) for one in pages], 2)


def _head(brush: Brush, shown: ShownProject) -> Markup:
    page = brush.say(f"settings-page-{shown.view.page}")
    return brush.say("settings-head", page=page, project=shown.project.name)


def _page(brush: Brush, shown: ShownProject) -> Card:
    knobs = PAGES[shown.view.page]
    told = [_line(brush, shown, knob) for knob in knobs]
    buttons = [brush.press(Verb.KNOB, f"knob-{knob}", on=knob) for knob in knobs]
    html = lines(_head(brush, shown), *told, brush.say("settings-hint"))
    return Card(html, (*rows_of(buttons, 2), _back(brush, SettingsPage.MAIN)))


def _line(brush: Brush, shown: ShownProject, knob: Knob) -> Markup:
    key = "settings-own" if knob.value in shown.project.knobs.told else "settings-line"
    value = value_words(brush, knob, shown.values.get(knob, ""), _VALUE_LIMIT)
    return brush.say(key, knob=brush.say(f"knob-{knob}"), value=value)


def _knob(brush: Brush, shown: ShownProject, knob: Knob) -> Card:
    about = brush.say(f"knob-about-{knob}")
    if knob is Knob.AUTO_APPROVE:
        body, rows = Markup(""), _kinds(brush, shown)
    elif knob in _WRITTEN:
        body = brush.say("settings-write")
        empty = brush.press(Verb.SET, "button-empty-knob", on=f"{knob}:-")
        rows = () if knob is Knob.NAME or not shown.values.get(knob) else ((empty,),)
    else:
        body, rows = brush.say("settings-reply"), _choices(brush, shown, knob)
    html = lines(_head(brush, shown), _line(brush, shown, knob), about, body)
    return Card(html, (*rows, _back(brush, shown.view.page)))


def _choices(brush: Brush, shown: ShownProject, knob: Knob) -> Rows:
    present = shown.values.get(knob, "")
    offered = [_choice(brush, knob, one, present) for one in _PRESETS.get(knob, ())]
    rows = rows_of(offered, 3)
    if knob.value in shown.project.knobs.told:
        default = brush.press(Verb.SET, "button-as-installed", on=f"{knob}:{_AS_INSTALLED}")
        return (*rows, (default,))
    return rows


def _choice(brush: Brush, knob: Knob, value: str, present: str) -> Button:
    kept = f"{int(value) / 100:g}" if knob in _SHARES else value
    label = plain(value_words(brush, knob, kept, _LINE_LIMIT))
    is_on = knob is Knob.WEEKLY and value == _ON and present != _OFF
    return brush.choice(Verb.SET, label, f"{knob}:{value}", is_chosen=is_on or kept == present)


def _kinds(brush: Brush, shown: ShownProject) -> Rows:
    """Each kind with its record; those that earned it, or go untapped already, have a box."""
    own = shown.project.knobs.auto_approve
    kinds = list(shown.kinds.items())[:_KINDS]
    return rows_of([_kind(brush, kind, record, is_on=kind in own) for kind, record in kinds], 2)


def _kind(brush: Brush, kind: str, record: Share, *, is_on: bool) -> Button:
    box = "☑ " if is_on else "☐ " if is_earned(record) else ""
    told = brush.label("settings-kind", kind=plain(kind_words(brush, kind)), right=record.hits, n=record.of)
    return brush.named(Verb.SET, f"{box}{told}", on=f"{Knob.AUTO_APPROVE}:{kind}")


def _history(brush: Brush, shown: ShownProject) -> Card:
    told = [line for change in shown.history for line in _changed(brush, change)]
    body = told or [brush.say("settings-no-history")]
    rows = brush.pages(shown.view.at, shown.pages)
    return Card(lines(_head(brush, shown), *body), (*rows, _back(brush, SettingsPage.MAIN)))


def _changed(brush: Brush, change: Change) -> list[Markup]:
    by = said(change.by, _LINE_LIMIT) or brush.say("settings-by-itself")
    return [
        brush.say(
            "settings-change", at=brush.moment(change.at), by=by, knob=_name(brush, knob),
            was=_worded(brush, knob, change.before.get(knob, "")),
            now=_worded(brush, knob, change.after.get(knob, "")),
        )
        for knob in {**change.before, **change.after}
    ]  # fmt: skip


def _name(brush: Brush, knob: str) -> Markup:
    return brush.say(f"knob-{knob}") if knob in _BESIDE else said(knob, _LINE_LIMIT)


def _worded(brush: Brush, knob: str, value: str) -> Markup:
    if knob in frozenset(Knob):
        return value_words(brush, Knob(knob), value, _LINE_LIMIT)
    return said(value, _LINE_LIMIT) or brush.say("settings-none")


def value_words(brush: Brush, knob: Knob, value: str, limit: int) -> Markup:
    """A value as it is kept, in words: `75 %`, `09:00 on workdays`, `–` for nothing."""
    if not value.strip():
        return brush.say("settings-none")
    if value in {_ON, _OFF}:
        return brush.say("settings-on" if value == _ON else "settings-off")
    words = _WORDS.get(knob)
    return said(value, limit) if words is None else words(brush, value)


def _share_words(brush: Brush, value: str) -> Markup:
    digits = value.replace(".", "", 1)
    is_share = digits.isascii() and digits.isdecimal()
    return brush.say("settings-percent", n=round(100 * float(value))) if is_share else said(value)


def _place_words(brush: Brush, value: str) -> Markup:
    return brush.say(f"place-{value}") if value in frozenset(ReviewPlace) else said(value)


_WORDS: Mapping[Knob, Callable[[Brush, str], Markup]] = {
    **dict.fromkeys(sorted(_SHARES), _share_words),
    **dict.fromkeys(sorted(JOBS), rule_words),
    Knob.WEEKLY: lambda brush, _: brush.say("settings-on"),
    Knob.PLACE: _place_words,
    Knob.LANGUAGE: lambda _, value: said(LANGUAGES.get(value, value)),
    Knob.AUTO_APPROVE: lambda brush, value: joined(
        ", ", (kind_words(brush, one.strip()) for one in value.split(","))
    ),
}
"""How the values of some knobs are told; those of the others are as they were written."""


def kind_words(brush: Brush, kind: str) -> Markup:
    """A task's category or a note's type."""
    if kind in frozenset(Category):
        return brush.say(f"category-{kind}")
    return brush.say(f"atom-{kind}") if kind in frozenset(AtomType) else said(kind, _LINE_LIMIT)


def _back(brush: Brush, page: SettingsPage) -> Row:
    return (brush.press(Verb.SETTINGS, "button-back", on=page),)
