"""What a session is narrowed to, in words, and the choices to narrow it."""

from bot.view.brush import LINE_TITLE_LIMIT, Brush, Rows, rows_of
from bot.view.html import Markup, joined, lines, said
from bot.view.payload import Verb
from bot.view.sieves import ALL, sieve_arg
from core.domain.knowledge import AtomType
from core.domain.run import Stage
from core.domain.showing.shown import ShownSession, SieveChoice
from core.domain.showing.sieve import Sieve
from core.domain.task import Category
from core.ports.chat import Button, Card

__all__ = ["ALL", "sieve_card", "told"]
_NAME_LIMIT = 24


def told(brush: Brush, shown: ShownSession) -> Markup:
    """`only Bug, above 90 %`; nothing where everything is gone through."""
    sieve, parts = shown.view.sieve, list[Markup]()
    if shown.view.stage is not None:
        parts.append(brush.say(f"sieve-stage-{shown.view.stage}"))
    if sieve.type is not None:
        parts.append(Markup(_type_word(brush, sieve.type)))
    if sieve.subject is not None:
        name = next((one.name for one in shown.choices if one.sieve.subject == sieve.subject), "")
        parts.append(said(name, LINE_TITLE_LIMIT) if name else brush.say("sieve-subject"))
    if sieve.band is not None:
        parts.append(brush.say(f"sieve-band-{sieve.band}"))
    if sieve.age is not None:
        parts.append(brush.say(f"sieve-age-{sieve.age}"))
    if sieve.among:
        parts.append(brush.say("sieve-alike"))
    return brush.say("session-only", what=joined(", ", parts)) if parts else Markup("")


def sieve_card(brush: Brush, shown: ShownSession) -> Card:
    """Everything that waits, by type, subject, confidence and age, each with how many there are."""
    head = brush.say("panel-sieve", n=shown.total)
    stages = tuple(
        brush.choice(
            Verb.SIEVE, brush.label(f"sieve-stage-{one}"), f"stage:{one}", is_chosen=shown.view.stage is one
        )
        for one in Stage
    )
    rows: list[tuple[Button, ...]] = [stages]
    for offered in (_types, _subjects, _bands, _ages):
        rows += rows_of([_choice(brush, one) for one in shown.choices if offered(one.sieve)], 3)
    everything = brush.press(Verb.SIEVE, "button-sieve-all", on=ALL, n=shown.total + shown.beyond)
    is_narrowed = not shown.view.sieve.is_open or shown.view.stage is not None
    ways: Rows = ((everything,),) if is_narrowed else ()
    return Card(lines(told(brush, shown), head), (*rows, *ways, brush.back()))


def _types(sieve: Sieve) -> bool:
    return sieve.type is not None


def _subjects(sieve: Sieve) -> bool:
    return sieve.subject is not None


def _bands(sieve: Sieve) -> bool:
    return sieve.band is not None


def _ages(sieve: Sieve) -> bool:
    return sieve.age is not None


def _choice(brush: Brush, choice: SieveChoice) -> Button:
    name = _word(brush, choice)
    label = brush.label("sieve-choice", name=name, n=choice.count)
    return brush.choice(Verb.SIEVE, label, sieve_arg(choice.sieve), is_chosen=choice.is_chosen)


def _word(brush: Brush, choice: SieveChoice) -> str:
    sieve = choice.sieve
    if sieve.type is not None:
        return _type_word(brush, sieve.type)
    if sieve.subject is not None:
        return choice.name[:_NAME_LIMIT]
    return brush.label(f"sieve-band-{sieve.band}" if sieve.band is not None else f"sieve-age-{sieve.age}")


def _type_word(brush: Brush, type_: AtomType | Category) -> str:
    is_task = isinstance(type_, Category)
    return brush.label(f"category-{type_}") if is_task else brush.label(f"atom-{type_}")
