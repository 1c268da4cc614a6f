"""What a team adds to a task it lives with: ticked steps, comments, and who will not do it."""

from bot.view.brush import LINE_TITLE_LIMIT, Brush, Rows, arrow, rows_of
from bot.view.cards import drafts, panels
from bot.view.html import Markup, bold, lines, said, width
from bot.view.payload import Verb
from core.domain.evidence import Quote
from core.domain.showing.panel import Panel
from core.domain.showing.shown import ShownTask
from core.domain.task import STEPS
from core.ports.chat import Card

_TOGGLES_A_ROW = 4
_COMMENT_LIMIT = 160
_TICKED, _UNTICKED = "☑", "☐"


def ticks_row(brush: Brush, shown: ShownTask) -> Rows:
    """The way to its steps, where it has any."""
    draft = shown.task.draft
    if not draft.sub_tasks:
        return ()
    label = brush.label("button-steps", done=len(draft.ticked), n=len(draft.sub_tasks))
    return ((brush.named(Verb.PANEL, label, on=Panel.STEPS),),)


def asked_row(brush: Brush, shown: ShownTask) -> Rows:
    """Yes or no, for whoever was only asked."""
    assignee = shown.task.whole.assignee
    if assignee is None or assignee.has_agreed:
        return ()
    return ((brush.press(Verb.TAKE, "button-take"), brush.press(Verb.NOT_ME, "button-not-me")),)


def comments_row(brush: Brush, shown: ShownTask) -> Rows:
    """The way to what was said to it."""
    count = len(shown.comments)
    return ((brush.press(Verb.PANEL, "button-comments", on=Panel.COMMENTS, n=count),),) if count else ()


def steps_card(brush: Brush, shown: ShownTask, _text: Markup) -> Card:
    """Each step as a line with its toggle; a reply adds one."""
    draft = shown.task.draft
    title = bold(said(draft.title, LINE_TITLE_LIMIT))
    head = brush.say("panel-steps", name=shown.task.name, title=title)
    ticks = [_TICKED if step in draft.ticked else _UNTICKED for step in draft.sub_tasks]
    told = [
        brush.say("split-line", tick=tick, number=str(at), title=said(step, LINE_TITLE_LIMIT))
        for at, (tick, step) in enumerate(zip(ticks, draft.sub_tasks, strict=True), start=1)
    ]
    toggles = [brush.named(Verb.PART, f"{tick} {at + 1}", on=str(at)) for at, tick in enumerate(ticks)]
    hint = brush.say("panel-steps-add") if len(draft.sub_tasks) < STEPS else Markup("")
    return Card(lines(head, *told, hint), (*rows_of(toggles, _TOGGLES_A_ROW), brush.back()))


def comments_card(brush: Brush, shown: ShownTask, _text: Markup) -> Card:
    """The newest that fit one message, oldest of them first."""
    head = brush.say("panel-comments", name=shown.task.name, n=len(shown.comments))
    room, fitting = panels.SOURCES_LIMIT, list[Markup]()
    for quote in reversed(shown.comments):
        line = _comment(brush, shown, quote)
        room -= width(line) + 1
        if room < 0:
            break
        fitting.insert(0, line)
    left = len(shown.comments) - len(fitting)
    more = brush.say("more-left", n=left) if left else Markup("")
    return Card(lines(head, more, *fitting, brush.say("panel-comments-hint")), (brush.back(),))


def newest_comment(brush: Brush, shown: ShownTask) -> Markup:
    """The line of the last thing said to it."""
    return lines(*(_comment(brush, shown, quote) for quote in shown.comments[-1:]))


def _comment(brush: Brush, shown: ShownTask, quote: Quote) -> Markup:
    text = said(quote.text, _COMMENT_LIMIT)
    author, at = drafts.named(quote.author), brush.moment(quote.sent_at)
    line = brush.say("task-comment", author=author, at=at, text=text)
    return Markup(line + arrow(shown.chats.get(quote.key.chat_id), quote))
