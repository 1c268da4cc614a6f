"""A task's card and lists of tasks."""

from collections.abc import Callable, Mapping

from bot.view.brush import LINE_TITLE_LIMIT, Brush, Row, Rows, rows_of
from bot.view.cards import differences, drafts, panels, reminders, shaping, steps
from bot.view.html import Markup, bold, joined, lines, said
from bot.view.payload import Verb
from core.domain.evidence import SHOWN_QUOTES
from core.domain.showing.panel import Panel
from core.domain.showing.shown import ShownTask
from core.domain.showing.shown_lists import ShownTasks
from core.domain.showing.view import TaskFilter
from core.domain.task import Task, TaskStatus
from core.ports.chat import Button, Card

_CARD_LINES = 9
_OPENS_A_ROW = 5
_STEPS: Mapping[TaskStatus, tuple[TaskStatus, ...]] = {
    TaskStatus.OPEN: (TaskStatus.IN_PROGRESS, TaskStatus.DONE),
    TaskStatus.IN_PROGRESS: (TaskStatus.DONE, TaskStatus.OPEN),
    TaskStatus.DONE: (TaskStatus.OPEN,),
    TaskStatus.DROPPED: (TaskStatus.OPEN,),
}
"""The steps worth a button; dropping stands under `⋯`."""
_LATE = "⏰"
_SIGNS: Mapping[TaskStatus, str] = {
    TaskStatus.OPEN: "▫️",
    TaskStatus.IN_PROGRESS: "▶️",
    TaskStatus.DONE: "✅",
    TaskStatus.DROPPED: "🗑",
}
_UNDER_WAY = frozenset({TaskStatus.OPEN, TaskStatus.IN_PROGRESS})


def task_card(brush: Brush, shown: ShownTask) -> Card:
    """The card, or the panel it has open."""
    panel = _PANELS.get(shown.view.panel)
    text = _text(brush, shown)
    return Card(text, _main_rows(brush, shown)) if panel is None else panel(brush, shown, text)


def _text(brush: Brush, shown: ShownTask) -> Markup:
    task = shown.task
    draft = task.whole
    status = brush.say(f"task-status-{task.status}")
    top = [
        joined(" · ", (drafts.heading(brush, draft), status)),
        drafts.title_line(draft),
        drafts.description(draft),
        *drafts.facts(brush, draft),
    ]
    bottom: list[Markup] = []
    if task.contributions:
        bottom.append(brush.say("task-merged", n=len(task.contributions)))
    project = said(shown.project_name, LINE_TITLE_LIMIT)
    tags = said(", ".join(draft.tags), drafts.PHRASE_LIMIT)
    bottom.append(joined(" · ", (Markup(task.name), project, tags)))
    room = _CARD_LINES - sum(1 for line in (*top, *bottom) if line)
    quotes = task.whole_evidence.quotes
    said_to_it = steps.newest_comment(brush, shown)
    room -= 1 if said_to_it else 0
    shown_quotes = drafts.quote_lines(brush, quotes, shown.chats, min(SHOWN_QUOTES, max(1, room)))
    return lines(*top, *shown_quotes, said_to_it, *bottom)


def _main_rows(brush: Brush, shown: ShownTask) -> Rows:
    status = shown.task.status
    stepping = tuple(_step(brush, one, status) for one in _STEPS[status])
    more = brush.press(Verb.MORE, "button-more")
    if status not in _UNDER_WAY:
        return ((*stepping, more),)
    hands = brush.press(Verb.PANEL, "button-edit-owner", on=Panel.OWNER)
    due = brush.press(Verb.PANEL, "button-edit-due", on=Panel.DUE)
    ticks = steps.ticks_row(brush, shown)
    if shown.task.whole.assignee is None:
        return (stepping, *ticks, (brush.press(Verb.TAKE, "button-take"), hands), (due, more))
    return (stepping, *ticks, *steps.asked_row(brush, shown), (hands, due, more))


def _step(brush: Brush, to: TaskStatus, was: TaskStatus) -> Button:
    is_stepping_back = to is TaskStatus.OPEN
    key = "button-task-reopen" if is_stepping_back and was is not TaskStatus.IN_PROGRESS else ""
    return brush.press(Verb.STATUS, key or f"button-task-{to}", on=to)


def _more(brush: Brush, shown: ShownTask, text: Markup) -> Card:
    looks: Row = (
        brush.press(Verb.SOURCES, "button-sources", n=shown.task.whole_evidence.message_count),
        brush.press(Verb.SHOW, "button-show"),
        brush.press(Verb.HISTORY, "button-history"),
    )
    remove = (
        *steps.comments_row(brush, shown),
        *shaping.merged_row(brush, shown),
        *panels.remove_rows(brush, shown.task.whole_evidence.message_count + len(shown.comments)),
    )
    if shown.task.status not in _UNDER_WAY:
        return Card(text, (looks, *remove, brush.back()))
    drop = brush.press(Verb.STATUS, "button-task-dropped", on=TaskStatus.DROPPED)
    add = brush.press(Verb.PANEL, "button-steps-add", on=Panel.STEPS)
    return Card(text, (looks, (add, drop), *remove, brush.back()))


def _said(brush: Brush, shown: ShownTask, text: Markup) -> Card:
    """The task, what somebody answered, and the one tap that makes it so."""
    said_ = shown.view.said
    if said_ is None or not shown.task.may_become(said_.status):
        return Card(text, _main_rows(brush, shown))
    quote = shown.said
    line = (
        Markup("") if quote is None else drafts.quote_line(brush, quote, shown.chats.get(quote.key.chat_id))
    )
    ask = brush.say("task-said", status=said_.status.value)
    confirm = brush.press(Verb.STATUS, f"button-task-{said_.status}", on=said_.status)
    return Card(lines(text, line, ask), ((confirm, brush.press(Verb.BACK, "button-not-yet")),))


def _change(brush: Brush, shown: ShownTask, text: Markup) -> Card:
    """What a reply asks for, as a difference; the card itself where there is none any more."""
    patch = shown.view.patch
    if patch is None:
        return Card(text, _main_rows(brush, shown))
    return differences.task_change_card(brush, shown.task, patch)


def _remove(brush: Brush, shown: ShownTask, _text: Markup) -> Card:
    return panels.remove_card(brush, shown.task.name)


def _sources(brush: Brush, shown: ShownTask, _text: Markup) -> Card:
    evidence = shown.task.whole_evidence
    head = brush.say("panel-sources", name=shown.task.name, n=evidence.message_count)
    return Card(lines(head, panels.sources(brush, evidence, shown.chats)), (brush.back(),))


def _history(brush: Brush, shown: ShownTask, _text: Markup) -> Card:
    head = brush.say("panel-history", name=shown.task.name)
    return Card(lines(head, panels.changes(brush, shown.history)), (brush.back(),))


def _owner(brush: Brush, shown: ShownTask, text: Markup) -> Card:
    rows = panels.owner_rows(brush, shown.people)
    return Card(lines(text, brush.say("panel-owner")), (*rows, brush.back()))


def _due(brush: Brush, _shown: ShownTask, text: Markup) -> Card:
    return Card(lines(text, brush.say("panel-due")), (*panels.due_rows(brush), brush.back()))


_PANELS: Mapping[Panel, Callable[[Brush, ShownTask, Markup], Card]] = {
    Panel.MORE: _more,
    Panel.SOURCES: _sources,
    Panel.HISTORY: _history,
    Panel.OWNER: _owner,
    Panel.DUE: _due,
    Panel.SAID: _said,
    Panel.REMOVE: _remove,
    Panel.MERGED: shaping.merged_card,
    Panel.STEPS: steps.steps_card,
    Panel.COMMENTS: steps.comments_card,
    Panel.CHANGE: _change,
}


def task_list(brush: Brush, shown: ShownTasks) -> Card:
    """A page of tasks, a line each, with a number button to open one and the filters."""
    view = shown.view
    head = brush.say(f"task-list-{view.filter}", n=shown.total, project=shown.project.name)
    body = [_line(brush, task) for task in shown.tasks]
    if not body:
        head = brush.say(f"task-list-none-{view.filter}", project=shown.project.name)
    opens = [brush.named(Verb.OPEN, task.name, on=str(task.number)) for task in shown.tasks]
    filters = tuple(
        brush.choice(Verb.FILTER, brush.label(f"filter-{one}"), one, is_chosen=one is view.filter)
        for one in TaskFilter
    )
    remind = () if shown.is_reminded is None else (reminders.remind_row(brush, is_on=shown.is_reminded),)
    rows = (*rows_of(opens, _OPENS_A_ROW), *brush.pages(view.page, shown.pages), *remind, filters)
    return Card(lines(head, *body), rows)


def _line(brush: Brush, task: Task) -> Markup:
    draft = task.whole
    title = said(draft.title, LINE_TITLE_LIMIT)
    return brush.say(
        "tasks-line", sign=_sign(brush, task), name=bold(Markup(task.name)), title=title,
        facts=short_facts(brush, task),
    )  # fmt: skip


def _sign(brush: Brush, task: Task) -> str:
    due = task.whole.due
    is_late = due is not None and due.on < brush.today and task.status in _UNDER_WAY
    return _LATE if is_late else _SIGNS[task.status]


def short_facts(brush: Brush, task: Task) -> Markup:
    """`, Olya, Fri 14 Nov` or `, nobody yet`."""
    draft = task.whole
    name = drafts.named(draft.assignee.name) if draft.assignee else brush.say("nobody-yet")
    if draft.assignee and not draft.assignee.has_agreed:
        name = brush.say("asked", name=name)
    return joined(", ", (name, Markup(brush.day(draft.due.on)) if draft.due else Markup("")))
