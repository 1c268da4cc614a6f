"""A run's notes as one list: ticked or not, kept with one tap, taken back with one."""

from bot.view.brush import LINE_TITLE_LIMIT, Brush, Rows, rows_of, spaced
from bot.view.cards import drafts
from bot.view.cards.lists import withheld_line
from bot.view.html import Markup, bold, joined, lines, said
from bot.view.payload import Verb
from core.domain.knowledge import AtomDraft
from core.domain.showing.panel import Panel
from core.domain.showing.shown import NoteLine, ShownNotes
from core.ports.chat import Button, Card

PAGE_SIZE = 8
"""Lines a page; the numbers on the lines go on from page to page."""
_TICKS_A_ROW = 4
_GROUP_LIMIT = 60
_TICKED, _UNTICKED = "☑", "☐"


def notes_list(brush: Brush, shown: ShownNotes) -> Card:
    """The list, or what one Keep made of it."""
    if shown.view.act_id is not None:
        return _kept(brush, shown)
    if shown.pending == 0:
        held = withheld_line(brush, shown.withheld)
        return Card(held or brush.say("notes-none", project=shown.project.name))
    is_more = shown.view.panel is Panel.MORE
    rows = _open_rows(brush, shown) if is_more else _tick_rows(brush, shown)
    hint = brush.say("notes-more") if is_more else _legend(brush, shown)
    pages = brush.pages(shown.view.page, shown.pages)
    last = _more_rows(brush) if is_more else _keep_rows(brush, shown)
    held = withheld_line(brush, shown.withheld)
    return Card(lines(_head(brush, shown), *_groups(brush, shown), hint, held), (*rows, *pages, *last))


def _head(brush: Brush, shown: ShownNotes) -> Markup:
    run = shown.run
    at = brush.moment(run.ended_at or run.started_at or run.created_at)
    return brush.say("notes-head", n=shown.pending, project=shown.project.name, at=at)


def _numbered(shown: ShownNotes) -> list[tuple[int, NoteLine]]:
    """The page's lines with the numbers they are shown under, from 1."""
    first = shown.view.page * PAGE_SIZE + 1
    return list(enumerate((line for _, group in shown.groups for line in group), start=first))


def _groups(brush: Brush, shown: ShownNotes) -> list[Markup]:
    found: list[Markup] = []
    number = shown.view.page * PAGE_SIZE
    for subject, group in shown.groups:
        name = said(subject, _GROUP_LIMIT) if subject else brush.say("notes-no-subject")
        found.append(bold(name))
        for line in group:
            number += 1
            found.append(_line(brush, shown, number, line))
    return found


def _line(brush: Brush, shown: ShownNotes, number: int, line: NoteLine) -> Markup:
    proposal = line.proposal
    told = brush.say(
        "notes-line", tick=_TICKED if line.is_ticked else _UNTICKED, number=str(number),
        type=drafts.kind_word(brush, proposal.content), title=said(proposal.title, LINE_TITLE_LIMIT),
    )  # fmt: skip
    replaces = proposal.content.replaces if isinstance(proposal.content, AtomDraft) else ""
    if replaces:
        told = Markup(told + brush.say("notes-replaces", title=said(replaces, drafts.NAME_LIMIT)))
    told = Markup(told + drafts.first_arrow(proposal.evidence.quotes, shown.chats))
    return spaced(told, Markup("⚠")) if line.is_doubtful else told


def _legend(brush: Brush, shown: ShownNotes) -> Markup:
    has_doubt = any(line.is_doubtful and not line.is_ticked for _, line in _numbered(shown))
    return brush.say("notes-legend") if has_doubt else Markup("")


def _tick_rows(brush: Brush, shown: ShownNotes) -> Rows:
    return rows_of([_tick(brush, number, line) for number, line in _numbered(shown)], _TICKS_A_ROW)


def _tick(brush: Brush, number: int, line: NoteLine) -> Button:
    sign = _TICKED if line.is_ticked else _UNTICKED
    proposal = line.proposal
    return brush.named(
        Verb.TICK, f"{sign} {number}", on=str(proposal.number), version=proposal.press_version
    )


def _open_rows(brush: Brush, shown: ShownNotes) -> Rows:
    buttons = [
        brush.named(Verb.OPEN, _opening(number, line), on=str(line.proposal.number))
        for number, line in _numbered(shown)
    ]
    return rows_of(buttons, _TICKS_A_ROW)


def _opening(number: int, line: NoteLine) -> str:
    """What opens a decision that may take another's place shows both side by side."""
    content = line.proposal.content
    return f"🔄 {number}" if isinstance(content, AtomDraft) and content.replaces else str(number)


def _more_rows(brush: Brush) -> Rows:
    return ((brush.press(Verb.REVIEW, "button-one-by-one"),), brush.back())


def _keep_rows(brush: Brush, shown: ShownNotes) -> Rows:
    version = shown.version
    more = brush.press(Verb.MORE, "button-more")
    if shown.ticked == 0:
        dropped = len(shown.view.unticked)
        if dropped == 0:
            return ((more,),)
        return ((brush.press(Verb.KEEP, "button-drop-unticked", version=version, n=dropped), more),)
    keep = brush.press(Verb.KEEP, "button-keep-n", version=version, n=shown.ticked)
    if not shown.may_find_tasks_free:
        return ((keep, more),)
    find = brush.press(Verb.KEEP_AND_FIND, "button-keep-and-find", version=version, n=shown.ticked)
    return ((find,), (keep, more))


def _kept(brush: Brush, shown: ShownNotes) -> Card:
    counts = joined(
        " · ",
        (
            brush.say("notes-kept", n=shown.kept) if shown.kept else Markup(""),
            brush.say("notes-dropped", n=shown.dropped) if shown.dropped else Markup(""),
            brush.say("notes-left", n=shown.left) if shown.left else Markup(""),
        ),
    )
    head = brush.say("notes-settled", counts=counts, project=shown.project.name)
    return Card(head, _kept_rows(brush, shown))


def _kept_rows(brush: Brush, shown: ShownNotes) -> Rows:
    rows: list[tuple[Button, ...]] = []
    onward: list[Button] = []
    if shown.kept:
        onward.append(brush.press(Verb.FIND_TASKS, "button-find-tasks"))
    if shown.left:
        onward.append(brush.press(Verb.REVIEW, "button-see-left", n=shown.left))
    if onward:
        rows.append(tuple(onward))
    if brush.is_open(shown.undo_until):
        rows.append((brush.press(Verb.UNDO, "button-undo"),))
    return tuple(rows)
