"""What reshapes a proposal: its parts as toggles, the projects it could move to, what was merged in."""

from collections.abc import Sequence

from bot.view.brush import TITLE_LIMIT, Brush, Row, Rows, rows_of
from bot.view.cards import drafts
from bot.view.html import Markup, bold, lines, said
from bot.view.payload import Verb, id_arg
from core.domain.knowledge import AtomDraft
from core.domain.showing.panel import Panel
from core.domain.showing.shown import ShownProposal, ShownTask
from core.domain.showing.shown_known import Merged
from core.domain.splitting import parts_in
from core.domain.task import TaskDraft
from core.ports.chat import Card

PROJECTS = 8
_LEAST_PARTS = 2
_MOST_MERGED = 10
_TICKED, _UNTICKED = "☑", "☐"


def shaping_row(brush: Brush, shown: ShownProposal) -> Row:
    """The ways to reshape it that it has."""
    proposal = shown.proposal
    row: list[str] = [Panel.SPLIT] if parts_in(proposal) else []
    if isinstance(proposal.content, TaskDraft):
        row.append(Panel.COMBINE)
    buttons = [brush.press(Verb.PANEL, f"button-shape-{panel}", on=panel) for panel in row]
    if isinstance(proposal.content, AtomDraft):
        buttons.append(brush.press(Verb.PROMOTE, "button-promote", version=proposal.press_version))
    if shown.joined:
        buttons.append(brush.press(Verb.PANEL, "button-merged", on=Panel.MERGED, n=shown.joined))
    return tuple(buttons)


def split_card(brush: Brush, shown: ShownProposal, _text: Markup) -> Card:
    """Each part as a line with its toggle; those unticked stay together."""
    proposal, left_out = shown.proposal, shown.view.left_out
    parts = parts_in(proposal)
    head = brush.say("panel-split", name=proposal.name, title=bold(said(proposal.title, TITLE_LIMIT)))
    ticks = [_UNTICKED if at in left_out else _TICKED for at in range(len(parts))]
    told = [
        brush.say("split-line", tick=tick, number=str(at), title=said(part, TITLE_LIMIT))
        for at, (tick, part) in enumerate(zip(ticks, parts, strict=True), start=1)
    ]
    version = proposal.press_version
    toggles = [
        brush.named(Verb.PART, f"{tick} {at + 1}", on=str(at), version=version)
        for at, tick in enumerate(ticks)
    ]
    apart = sum(tick == _TICKED for tick in ticks)
    count = apart + (1 if apart < len(parts) else 0)
    can_split = apart > 0 and count >= _LEAST_PARTS
    split = (brush.press(Verb.SPLIT, "button-split", version=version, n=count),) if can_split else ()
    return Card(lines(head, *told), (*rows_of(toggles, 3), *((split,) if split else ()), brush.back()))


def project_card(brush: Brush, shown: ShownProposal, text: Markup) -> Card:
    """The other projects the reader decides in."""
    version = shown.proposal.press_version
    named = [
        brush.named(Verb.MOVE, one.name, on=id_arg(one.id), version=version)
        for one in shown.projects[:PROJECTS]
    ]
    hint = brush.say("panel-project" if named else "panel-project-none")
    return Card(lines(text, hint), (*rows_of(named, 2), brush.back()))


def merged_row(brush: Brush, shown: ShownTask) -> Rows:
    """The way to what was merged into a task."""
    count = len(shown.task.contributions)
    return ((brush.press(Verb.PANEL, "button-merged", on=Panel.MERGED, n=count),),) if count else ()


def merged_into_task(brush: Brush, shown: ShownTask, _text: Markup) -> Card:
    """What each merge gave a task."""
    return merged_card(brush, shown.task.name, shown.merged)


def merged_into_draft(brush: Brush, shown: ShownProposal, _text: Markup) -> Card:
    """What each merge gave what still waits."""
    return merged_card(brush, shown.proposal.name, shown.merged)


def merged_card(brush: Brush, name: str, given: Sequence[Merged]) -> Card:
    """What each merge gave, with the way to take it out again."""
    head = brush.say("panel-merged", name=name)
    merged = given[:_MOST_MERGED]
    takes = [
        brush.press(Verb.UNMERGE, "button-unmerge", on=str(one.proposal.number), name=one.proposal.name)
        for one in merged
    ]
    return Card(lines(head, *(_given(brush, one) for one in merged)), (*rows_of(takes, 2), brush.back()))


def _given(brush: Brush, one: Merged) -> Markup:
    title = said(one.proposal.title, TITLE_LIMIT)
    gain = Markup(" · ").join(drafts.gains(brush, one.gain))
    told = brush.say("merged-line", name=one.proposal.name, title=title)
    return Markup(f"{told}: {gain}") if gain else told
