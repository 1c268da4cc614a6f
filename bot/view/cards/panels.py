"""What a pending proposal's card can open: later, merge, preview, more, sources, history, edit."""

from collections.abc import Callable, Mapping, Sequence

from bot.view.brush import LINE_TITLE_LIMIT, TITLE_LIMIT, Brush, Row, Rows, rows_of
from bot.view.cards import differences, drafts, shaping
from bot.view.html import Markup, bold, folded, joined, lines, said, width
from bot.view.payload import Verb
from core.domain.evidence import Evidence
from core.domain.history import Change
from core.domain.ids import ChatId
from core.domain.person import Chat, Person
from core.domain.showing.panel import Panel
from core.domain.showing.shown import Beside, ShownProposal
from core.domain.similarity import Similar
from core.domain.task import Category, Priority, TaskDraft
from core.ports.chat import Button, Card

PanelPainter = Callable[[Brush, ShownProposal, Markup], Card]

BESIDE = 8
SOURCES_LIMIT = 2400
"""Room for quotations in one message, in UTF-16 code units, so that heading and folding still fit."""
CANDIDATES = 5
PEOPLE = 8
CHANGES = 12
_CHANGED_FIELDS = 4
DUES = ("today", "tomorrow", "friday", "week", "none")


def _later(brush: Brush, shown: ShownProposal, text: Markup) -> Card:
    version = shown.proposal.press_version
    choices = tuple(
        brush.press(Verb.SNOOZE, f"later-{until}", on=until, version=version)
        for until in ("hour", "tomorrow", "week")
    )
    return Card(lines(text, brush.say("panel-later")), (choices, brush.back()))


def _merge(brush: Brush, shown: ShownProposal, _text: Markup) -> Card:
    version = shown.proposal.press_version
    found = [_candidate(brush, one, version) for one in shown.candidates[:CANDIDATES]]
    title = said(shown.proposal.title, TITLE_LIMIT)
    head = brush.say("panel-merge", name=shown.proposal.name, title=bold(title))
    if shown.view.query:
        head = lines(head, brush.say("panel-merge-found", query=said(shown.view.query, LINE_TITLE_LIMIT)))
    hint = brush.say("panel-merge-hint" if found else "panel-merge-none")
    return Card(lines(head, hint), (*rows_of(found, 1), brush.back()))


def _candidate(brush: Brush, one: Similar, version: int) -> Button:
    label = brush.label(
        "button-candidate", name=one.name, percent=drafts.percent(one.score), title=one.title
    )
    return brush.named(Verb.PICK, label, on=one.name, version=version)


def _preview(brush: Brush, shown: ShownProposal, text: Markup) -> Card:
    if shown.preview is None:
        return _merge(brush, shown, text)
    target = shown.preview
    title = bold(said(shown.proposal.title, TITLE_LIMIT))
    head = brush.say("panel-preview", name=shown.proposal.name, title=title)
    into = brush.say("panel-preview-into", name=target.name, title=said(target.title, TITLE_LIMIT))
    gained = [joined(" ", (Markup("•"), part)) for part in drafts.gains(brush, target.gain)]
    gain = lines(*gained) if gained else brush.say("card-gain-nothing", name=target.name)
    version = shown.proposal.press_version
    confirm = brush.press(Verb.CONFIRM_MERGE, "button-confirm-merge", version=version, name=target.name)
    return Card(lines(head, into, gain), ((confirm,), brush.back()))


def _more(brush: Brush, shown: ShownProposal, text: Markup) -> Card:
    proposal = shown.proposal
    word = brush.say(f"sure-{drafts.dot_count(proposal.confidence)}")
    line = brush.say("panel-more-sure", word=word, percent=drafts.percent(proposal.confidence))
    if not proposal.run_id:
        line = brush.say("panel-more-by-hand", day=brush.day_of(proposal.created_at))
    count = proposal.evidence.message_count
    looks = (
        brush.press(Verb.SOURCES, "button-sources", n=count),
        brush.press(Verb.SHOW, "button-show"),
        brush.press(Verb.HISTORY, "button-history"),
    )
    shapes = shaping.shaping_row(brush, shown)
    return Card(
        lines(text, line), (looks, *((shapes,) if shapes else ()), *remove_rows(brush, count), brush.back())
    )


def remove_rows(brush: Brush, messages: int) -> Rows:
    """The way for whoever is quoted to take their words back."""
    return ((brush.press(Verb.REMOVE_WORDS, "button-remove-words"),),) if messages else ()


def remove_card(brush: Brush, name: str) -> Card:
    """The question before somebody's words go for good."""
    confirm = brush.press(Verb.REMOVE_WORDS, "button-remove-confirm", on="yes")
    return Card(brush.say("panel-remove", name=name), ((confirm,), brush.back()))


def _remove(brush: Brush, shown: ShownProposal, _text: Markup) -> Card:
    return remove_card(brush, shown.proposal.name)


def _sources(brush: Brush, shown: ShownProposal, _text: Markup) -> Card:
    proposal = shown.proposal
    head = brush.say("panel-sources", name=proposal.name, n=proposal.evidence.message_count)
    told = lines(head, sources(brush, proposal.evidence, shown.chats), _beside(brush, shown.beside))
    return Card(told, (brush.back(),))


def _beside(brush: Brush, beside: Beside) -> Markup:
    """What the analyst was shown beside: a line an item, as many as a card has room for."""
    if beside.is_bare:
        return brush.say("panel-beside-bare")
    if not beside.items and not beside.messages:
        return Markup("")
    items = [
        joined(" ", (Markup("•"), said(name), said(title, LINE_TITLE_LIMIT)))
        for name, title in beside.items[:BESIDE]
    ]
    left = len(beside.items) - len(items) + beside.messages
    more = brush.say("more-left", n=left) if left else Markup("")
    return lines(brush.say("panel-beside"), *items, more)


def sources(brush: Brush, evidence: Evidence, chats: Mapping[ChatId, Chat]) -> Markup:
    """All quotations that fit one message, folded, and how many more there are."""
    fitting: list[Markup] = []
    room = SOURCES_LIMIT
    for line in drafts.quote_lines(brush, evidence.quotes, chats, len(evidence.quotes)):
        room -= width(line) + 1
        if room < 0:
            break
        fitting.append(line)
    if not fitting:
        return brush.say("panel-sources-none")
    left = len(evidence.quotes) - len(fitting)
    return lines(folded(lines(*fitting)), brush.say("more-left", n=left) if left else Markup(""))


def _history(brush: Brush, shown: ShownProposal, _text: Markup) -> Card:
    head = brush.say("panel-history", name=shown.proposal.name)
    return Card(lines(head, changes(brush, shown.history)), (brush.back(),))


def changes(brush: Brush, history: Sequence[Change]) -> Markup:
    """The newest changes, newest first: `14:02 Ann approved it`, with what was and what is."""
    if not history:
        return brush.say("panel-history-none")
    return lines(*(_change(brush, change) for change in history[:CHANGES]))


def _change(brush: Brush, change: Change) -> Markup:
    by = drafts.named(change.by)
    told = brush.say("change", at=brush.moment(change.at), by=by, what=change.what)
    fields = differences.changed_fields(brush, change.before, change.after)
    return Markup(told + ("; " + joined(", ", fields[:_CHANGED_FIELDS]) if fields else ""))


def _edit(brush: Brush, shown: ShownProposal, text: Markup) -> Card:
    panels = _TASK_FIELDS if isinstance(shown.proposal.content, TaskDraft) else _NOTE_FIELDS
    fields = [brush.press(Verb.PANEL, f"button-edit-{panel}", on=panel) for panel in panels]
    return Card(lines(text, brush.say("panel-edit")), (*rows_of(fields, 3), brush.back()))


_TASK_FIELDS = (Panel.TITLE, Panel.OWNER, Panel.DUE, Panel.PRIORITY, Panel.CATEGORY, Panel.PROJECT)
_NOTE_FIELDS = (Panel.TITLE,)


def _title(brush: Brush, _shown: ShownProposal, text: Markup) -> Card:
    return Card(lines(text, brush.say("panel-title")), (brush.back(),))


def _change_asked(brush: Brush, shown: ShownProposal, text: Markup) -> Card:
    """What a reply asks for, as a difference; the card itself where there is none any more."""
    patch = shown.view.patch
    return Card(text, (brush.back(),)) if patch is None else differences.change_card(brush, shown, patch)


def _priority(brush: Brush, shown: ShownProposal, text: Markup) -> Card:
    content = shown.proposal.content
    now = content.priority if isinstance(content, TaskDraft) else None
    version = shown.proposal.press_version
    choices = [
        brush.choice(
            Verb.PRIORITY, brush.label(f"priority-{one}"), one, is_chosen=one is now, version=version
        )
        for one in reversed(Priority)
    ]
    return Card(lines(text, brush.say("panel-priority")), (*rows_of(choices, 2), brush.back()))


def _category(brush: Brush, shown: ShownProposal, text: Markup) -> Card:
    content = shown.proposal.content
    now = content.category if isinstance(content, TaskDraft) else None
    version = shown.proposal.press_version
    choices = [
        brush.choice(
            Verb.CATEGORY, drafts.category_label(brush, one), one, is_chosen=one is now, version=version
        )
        for one in Category
    ]
    return Card(lines(text, brush.say("panel-category")), (*rows_of(choices, 2), brush.back()))


def _due(brush: Brush, shown: ShownProposal, text: Markup) -> Card:
    rows = due_rows(brush, shown.proposal.press_version)
    return Card(lines(text, brush.say("panel-due")), (*rows, brush.back()))


def due_rows(brush: Brush, version: int = 0) -> Rows:
    """The dates one tap away."""
    return rows_of([brush.press(Verb.DUE, f"due-{on}", on=on, version=version) for on in DUES], 3)


def _owner(brush: Brush, shown: ShownProposal, text: Markup) -> Card:
    rows = owner_rows(brush, shown.people, shown.proposal.press_version)
    return Card(lines(text, brush.say("panel-owner")), (*rows, brush.back()))


def owner_rows(brush: Brush, people: Sequence[Person], version: int = 0) -> Rows:
    """People by name, two a row, and nobody."""
    named = [
        brush.named(Verb.OWNER, one.name or one.handle, on=str(one.id), version=version)
        for one in people[:PEOPLE]
    ]
    nobody: Row = (brush.press(Verb.OWNER, "owner-nobody", on="0", version=version),)
    return (*rows_of(named, 2), nobody)


PANELS: Mapping[Panel, PanelPainter] = {
    Panel.LATER: _later,
    Panel.MERGE: _merge,
    Panel.COMBINE: _merge,
    Panel.PREVIEW: _preview,
    Panel.MORE: _more,
    Panel.SOURCES: _sources,
    Panel.HISTORY: _history,
    Panel.EDIT: _edit,
    Panel.CHANGE: _change_asked,
    Panel.TITLE: _title,
    Panel.SPLIT: shaping.split_card,
    Panel.PROJECT: shaping.project_card,
    Panel.MERGED: shaping.merged_into_draft,
    Panel.PRIORITY: _priority,
    Panel.CATEGORY: _category,
    Panel.DUE: _due,
    Panel.OWNER: _owner,
    Panel.REMOVE: _remove,
}
"""MAIN, REASONS and CONFIRM are missing: they look like the card itself."""
