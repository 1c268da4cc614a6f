"""Joining a group: the notice to everyone, three taps, the self-check, the hint about earlier messages."""

from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from bot.view.brush import Brush, Row, Rows, rows_of
from bot.view.cards.projects import place_row, reviewer_rows
from bot.view.html import Markup, joined, lines
from bot.view.payload import Verb
from bot.view.texts import LANGUAGES
from core.domain.showing.shown_setup import ShownSetup
from core.domain.showing.view_setup import SetupStep
from core.ports.chat import Button, Card

PROJECTS = 6
"""Existing projects offered to a chat; more are reached by /project."""
TIMEZONES = (
    "UTC", "Europe/London", "Europe/Berlin", "Europe/Kyiv", "Europe/Istanbul", "Asia/Dubai",
    "Asia/Kolkata", "Asia/Singapore", "Asia/Tokyo", "America/Sao_Paulo", "America/New_York",
    "America/Los_Angeles",
)  # fmt: skip
"""A zone for most places by its clock; any other is set by /project."""
BUILT_IN = "built-in"
"""How ShownSetup names the analyst without a model."""


def setup_card(brush: Brush, shown: ShownSetup) -> Card:
    """The step the joining stands at."""
    return _STEPS[shown.view.step](brush, shown)


def _project(brush: Brush, shown: ShownSetup) -> Card:
    rows: list[Row] = [(brush.press(Verb.NEW_PROJECT, "button-new-project"),)]
    for index, project in enumerate(shown.projects[:PROJECTS]):
        part = brush.press(Verb.JOIN_PROJECT, "button-join-project", on=str(index), project=project.name)
        room = brush.press(Verb.ROOM_PROJECT, "button-room-project", on=str(index), project=project.name)
        rows.append((part, room))
    return Card(brush.say("setup-project", title=shown.chat.title), tuple(rows))


def _consent(brush: Brush, shown: ShownSetup) -> Card:
    hello = brush.say("setup-hello", title=shown.chat.title)
    start = brush.press(Verb.START_READING, "button-start-reading")
    return Card(lines(hello, *_terms(brush, shown), brush.say("setup-waits")), ((start,), _leave(brush)))


def _return(brush: Brush, shown: ShownSetup) -> Card:
    if shown.kept_until is None:
        return _consent(brush, shown)
    day = brush.day_of(shown.kept_until)
    hello = brush.say("setup-return", title=shown.chat.title, day=day)
    ways = (
        brush.press(Verb.START_READING, "button-continue"),
        brush.press(Verb.START_CLEAN, "button-start-clean"),
    )
    html = lines(hello, *_terms(brush, shown), brush.say("setup-return-waits"))
    return Card(html, (ways, _leave(brush)))


def _terms(brush: Brush, shown: ShownSetup) -> list[Markup]:
    """What is read, where it goes, for how long, and how to stop it."""
    where = brush.say("setup-where-here")
    if shown.model != BUILT_IN:
        where = brush.say("setup-where-model", model=shown.model)
    return [
        brush.say("setup-what"),
        where,
        brush.say("setup-long", n=shown.retention_days),
        brush.say("setup-stop"),
        brush.say("setup-deleted"),
    ]


def _leave(brush: Brush) -> Row:
    return (brush.press(Verb.LEAVE_ME_OUT, "button-leave-me-out"),)


def _language(brush: Brush, shown: ShownSetup) -> Card:
    present = shown.project.language if shown.project else shown.chat.language
    choices = [
        brush.choice(Verb.LANGUAGE, name, code, is_chosen=code == present)
        for code, name in LANGUAGES.items()
    ]
    return Card(brush.say("setup-language"), (*rows_of(choices, 2), _leave(brush)))


def _timezone(brush: Brush, shown: ShownSetup) -> Card:
    present = shown.project.timezone if shown.project else brush.reader.timezone
    names = dict.fromkeys((present, *TIMEZONES))
    choices = [_zone(brush, name, is_chosen=name == present) for name in names]
    return Card(brush.say("setup-timezone"), (*rows_of(choices, 2), _leave(brush)))


def _zone(brush: Brush, name: str, *, is_chosen: bool) -> Button:
    clock = f"{brush.reader.now.astimezone(ZoneInfo(name)):%H:%M}"
    city = name.rsplit("/", 1)[-1].replace("_", " ")
    return brush.choice(Verb.TIMEZONE, f"{clock} {city}", name, is_chosen=is_chosen)


def _reviewers(brush: Brush, shown: ShownSetup) -> Card:
    done: Rows = ((brush.press(Verb.DONE, "button-done"),), _leave(brush))
    return Card(brush.say("setup-reviewers"), (*reviewer_rows(brush, shown.people), *done))


def _place(brush: Brush, shown: ShownSetup) -> Card:
    present = shown.project.place if shown.project else None
    rows = tuple((button,) for button in place_row(brush, present))
    return Card(lines(brush.say("setup-place"), brush.say("setup-place-hint")), (*rows, _leave(brush)))


def _threads(brush: Brush, _shown: ShownSetup) -> Card:
    rows = tuple(
        (brush.press(Verb.THREADS, f"threads-{which}", on=which),) for which in ("all", "said", "rest")
    )
    return Card(brush.say("setup-threads"), (*rows, _leave(brush)))


def _done(brush: Brush, shown: ShownSetup) -> Card:
    reviewers = [person.name or person.handle for person, decides in shown.people if decides]
    project = shown.project.name if shown.project else shown.chat.title
    html = lines(
        brush.say("setup-done", project=project),
        self_check(brush, shown),
        brush.say("setup-done-reviewers", names=", ".join(reviewers)) if reviewers else Markup(""),
        brush.say("setup-earlier"),
        brush.say("setup-next"),
    )
    return Card(html, (_leave(brush),))


def self_check(brush: Brush, shown: ShownSetup) -> Markup:
    """What the bot can hear in this chat, and how to mend what it cannot."""
    is_administrator = shown.chat.bot_is_administrator
    hears = is_administrator or shown.reads_everything
    if hears is None:
        reads = brush.say("check-reads-unknown")
    else:
        reads = brush.say("check-reads" if hears else "check-reads-not")
    return joined("\n", (reads, brush.say("check-reacts" if is_administrator else "check-reacts-not")))


_STEPS: Mapping[SetupStep, Callable[[Brush, ShownSetup], Card]] = {
    SetupStep.RETURN: _return,
    SetupStep.PROJECT: _project,
    SetupStep.CONSENT: _consent,
    SetupStep.LANGUAGE: _language,
    SetupStep.TIMEZONE: _timezone,
    SetupStep.REVIEWERS: _reviewers,
    SetupStep.PLACE: _place,
    SetupStep.THREADS: _threads,
    SetupStep.DONE: _done,
}
