"""What a day reminds of, and the ways to take tasks along."""

from collections.abc import Mapping, Sequence

from bot.view.brush import LINE_TITLE_LIMIT, Brush, Row, Rows, rows_of
from bot.view.cards import drafts
from bot.view.html import Markup, bold, joined, lines, said
from bot.view.payload import Verb, id_arg
from core.domain.showing.shown_living import ShownExport, ShownReminder
from core.domain.task import Task
from core.ports.chat import Button, Card
from core.ports.files import FileFormat

OFF, ON = "off", "on"
MINE = "me"
"""What `Verb.EXPORT` carries for the reader's own data."""
_DUE_LINES, _OTHER_LINES = 7, 2
"""Of at most twelve lines, heads included."""
_OPENS_A_ROW = 4
_FORMS: Mapping[FileFormat, str] = {
    FileFormat.MARKDOWN: "Markdown",
    FileFormat.CSV: "CSV",
    FileFormat.JSON: "JSON",
    FileFormat.CALENDAR: "iCalendar",
}
"""By their own names, the same in every language."""


def reminder_card(brush: Brush, shown: ShownReminder) -> Card:
    """Overdue, due that day, and a few of the rest; a button opens each, and one ends it."""
    agenda = shown.agenda
    late, today = agenda.overdue[:_DUE_LINES], agenda.today[: max(1, _DUE_LINES - len(agenda.overdue))]
    others = agenda.others[:_OTHER_LINES]
    told = [*_part(brush, shown, "late", late), *_part(brush, shown, "today", today)]
    told += _part(brush, shown, "others", others)
    listed = (*late, *today, *others)
    left = len(agenda.overdue) + len(agenda.today) + len(agenda.others) - len(listed)
    more = brush.say("more-left", n=left) if left else Markup("")
    none = Markup("") if listed else brush.say("reminder-none")
    head = brush.say("reminder-head", day=brush.day(shown.view.day))
    opens = [brush.named(Verb.OPEN, task.name, on=id_arg(task.id)) for task in listed]
    rows = (*rows_of(opens, _OPENS_A_ROW), remind_row(brush, is_on=shown.is_on))
    return Card(lines(head, none, *told, more), rows)


def remind_row(brush: Brush, *, is_on: bool) -> Row:
    """The switch."""
    if is_on:
        return (brush.press(Verb.REMIND, "button-remind-off", on=OFF),)
    return (brush.press(Verb.REMIND, "button-remind-on", on=ON),)


def _part(brush: Brush, shown: ShownReminder, part: str, tasks: Sequence[Task]) -> list[Markup]:
    if not tasks:
        return []
    return [brush.say(f"reminder-part-{part}"), *(_line(brush, shown, task) for task in tasks)]


def _line(brush: Brush, shown: ShownReminder, task: Task) -> Markup:
    draft = task.whole
    due = Markup(brush.day(draft.due.on)) if draft.due else Markup("")
    project = said(shown.projects.get(task.project_id, ""), drafts.NAME_LIMIT)
    title = said(draft.title, LINE_TITLE_LIMIT)
    facts = joined(" · ", (title, due, project))
    arrow = drafts.first_arrow(task.whole_evidence.quotes, shown.chats)
    return Markup(joined(" ", (bold(Markup(task.name)), facts)) + arrow)


def export_card(brush: Brush, shown: ShownExport) -> Card:
    """The formats, and the reader's own data."""
    project = said(shown.project.name, LINE_TITLE_LIMIT)
    forms: list[Button] = [
        brush.press(Verb.EXPORT, "button-export-tasks", on=one, form=name) for one, name in _FORMS.items()
    ]
    mine: Rows = ((brush.press(Verb.EXPORT, "button-export-me", on=MINE),),)
    return Card(brush.say("export-head", project=project), (*rows_of(forms, 2), *mine))
