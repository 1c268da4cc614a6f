"""What was and what is: of a change that somebody asks for, and of those in History."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.view.brush import TITLE_LIMIT, Brush, Row
from bot.view.cards import drafts
from bot.view.html import Markup, bold, joined, lines, said
from bot.view.payload import APPROVING, Verb
from core.domain.patch import Difference, Field, Patch, difference
from core.domain.proposal import Proposal
from core.domain.showing.shown import ShownProposal
from core.domain.task import Task, TaskDraft
from core.ports.chat import Card

_LINE_LIMIT = 60
"""Of a value in a line of History."""
_SHOWN_LIMIT = 200


def change_card(brush: Brush, shown: ShownProposal, patch: Patch) -> Card:
    """The difference a reply asks for, with Apply & approve, Apply and Cancel."""
    proposal = shown.proposal
    head = brush.say("panel-change", name=proposal.name, title=bold(said(proposal.title, TITLE_LIMIT)))
    made = difference(proposal.content, patch.applied(proposal.content))
    if not made:
        return _none(brush, head, patch)
    version = patch.press_version(proposal)
    rows = (_approving(brush, proposal, patch), _rest(brush, version))
    return Card(_told(brush, head, made, patch), rows)


def task_change_card(brush: Brush, task: Task, patch: Patch) -> Card:
    """The same of a task, which nobody approves any more."""
    head = brush.say("panel-change", name=task.name, title=bold(said(task.draft.title, TITLE_LIMIT)))
    made = difference(task.draft, patch.applied(task.draft))
    if not made:
        return _none(brush, head, patch)
    return Card(_told(brush, head, made, patch), (_rest(brush, patch.task_version(task)),))


def _none(brush: Brush, head: Markup, patch: Patch) -> Card:
    return Card(lines(head, brush.say("panel-change-none"), _missed(brush, patch)), (brush.back(),))


def _told(brush: Brush, head: Markup, made: Sequence[Difference], patch: Patch) -> Markup:
    told = [joined(" ", (Markup("•"), _field(brush, one, _SHOWN_LIMIT))) for one in made]
    return lines(head, *told, _missed(brush, patch))


def _missed(brush: Brush, patch: Patch) -> Markup:
    unclear = "; ".join(patch.unclear)
    return brush.say("panel-change-unclear", text=said(unclear, _SHOWN_LIMIT)) if unclear else Markup("")


def _approving(brush: Brush, proposal: Proposal, patch: Patch) -> Row:
    key = "button-apply-approve" if isinstance(proposal.content, TaskDraft) else "button-apply-keep"
    return (brush.press(Verb.APPLY, key, on=APPROVING, version=patch.press_version(proposal)),)


def _rest(brush: Brush, version: int) -> Row:
    apply = brush.press(Verb.APPLY, "button-apply", on="only", version=version)
    return (apply, brush.press(Verb.BACK, "button-cancel-change"))


def changed_fields(brush: Brush, before: Mapping[str, str], after: Mapping[str, str]) -> list[Markup]:
    """The fields of one change in History that differ; its new status is told by what happened."""
    found = [
        Difference(field, before.get(field, ""), after.get(field, ""))
        for field in Field
        if before.get(field, "") != after.get(field, "")
    ]
    return [_field(brush, one, _LINE_LIMIT) for one in found]


def _field(brush: Brush, one: Difference, limit: int) -> Markup:
    """`priority Medium → High`, `due → Fri 14 Nov`, `owner Olya → –`."""
    name = brush.say(f"field-{one.field}")
    was, now = _value(brush, one.field, one.was, limit), _value(brush, one.field, one.now, limit)
    if not one.was:
        return brush.say("change-field-new", field=name, now=now)
    return brush.say("change-field", field=name, was=was, now=now)


def _value(brush: Brush, field: Field, value: str, limit: int) -> Markup:
    if not value:
        return Markup("–")
    if field is Field.PRIORITY:
        return brush.say(f"priority-{value}")
    if field is Field.CATEGORY:
        return brush.say(f"category-{value}")
    if field is Field.TYPE:
        return brush.say(f"atom-{value}")
    if field is Field.DATE:
        return Markup(brush.day(date.fromisoformat(value)))
    return drafts.named(value) if field is Field.OWNER else said(value, limit)
