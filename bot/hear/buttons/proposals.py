"""Buttons of a proposal's card, and of the same card in front of a review session."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from uuid import UUID

from bot.hear.buttons import shaping
from bot.hear.buttons.pressed import Family, Pressed
from bot.hear.buttons.privacy import remove_words
from bot.hear.buttons.quoting import show_quoted
from bot.hear.scene.speech import day_of, number_in
from bot.hear.toasts import QUIET, Toast, toast
from bot.view.moments import day
from bot.view.payload import APPROVING, Verb
from core.domain.ids import Kind, PersonId, Ref
from core.domain.person import Actor
from core.domain.proposal import Proposal, Reason
from core.domain.showing.panel import Panel
from core.domain.showing.view import ProposalCard, SessionCard
from core.domain.task import Assignee, Category, Due, Priority, TaskDraft
from core.errors import NotFound
from core.services.desk.sessions import OnCard
from core.services.review.review import Decided
from core.services.review.undoing import Undone

MORNING = time(9)
"""When something put off to another day comes back."""
_KINDS = {"T": Kind.TASK, "P": Kind.PROPOSAL, "N": Kind.ATOM, "S": Kind.TOPIC}
_MONDAY = 7


def _view(pressed: Pressed) -> ProposalCard | SessionCard:
    view = pressed.spot.view
    if not isinstance(view, ProposalCard | SessionCard):
        raise NotFound("card", "")
    return view


async def _front(pressed: Pressed) -> tuple[Proposal, Actor]:
    proposal = await pressed.services.acting.proposal_at(_view(pressed))
    return proposal, pressed.actor


def _on_card(pressed: Pressed) -> OnCard:
    return OnCard(pressed.spot.id, pressed.press.version, pressed.scene.actor)


async def approve(pressed: Pressed) -> Toast:
    """Approve a task, keep a note."""
    view, actor, version = _view(pressed), pressed.scene.actor, pressed.press.version
    if isinstance(view, SessionCard):
        decided = await pressed.services.sessions.approve(_on_card(pressed))
    else:
        decided = await pressed.services.review.approve(view.proposal_id, actor, version)
    return approved(decided)


def approved(decided: Decided) -> Toast:
    """`Approved → T-42`, or `Kept`."""
    is_task = decided.proposal.kind is Kind.TASK
    return toast("approved", result=decided.result_name) if is_task else toast("kept")


async def keep_both(pressed: Pressed) -> Toast:
    """Keep a decision beside the one it contradicts."""
    view, actor, version = _view(pressed), pressed.scene.actor, pressed.press.version
    if isinstance(view, SessionCard):
        await pressed.services.sessions.keep_both(_on_card(pressed))
    else:
        await pressed.services.review.keep_both(view.proposal_id, actor, version)
    return toast("both-kept")


async def reject(pressed: Pressed) -> Toast:
    """Reject a task, drop a note; the settled card offers the reasons."""
    view, actor, version = _view(pressed), pressed.scene.actor, pressed.press.version
    if isinstance(view, SessionCard):
        decided = await pressed.services.sessions.reject(_on_card(pressed))
    else:
        decided = await pressed.services.review.reject(view.proposal_id, actor, version)
    return toast("rejected" if decided.proposal.kind is Kind.TASK else "dropped")


async def confirm_merge(pressed: Pressed) -> Toast:
    """Merge into what the preview shows."""
    view, actor, version = _view(pressed), pressed.scene.actor, pressed.press.version
    if view.target is None:
        raise NotFound("card", "")
    if isinstance(view, SessionCard):
        decided = await pressed.services.sessions.merge(_on_card(pressed), view.target)
    else:
        merging = pressed.services.review.merge(view.proposal_id, view.target, actor, version)
        decided = await pressed.services.acting.and_close_panel(pressed.spot.id, merging)
    return toast("merged", result=decided.result_name)


async def pick(pressed: Pressed) -> Toast:
    """Look at what a merge into `T-17` would change."""
    proposal, _ = await _front(pressed)
    await pressed.ensure_reviewer(proposal.project_id)
    kind = _KINDS.get(pressed.arg[:1], Kind.TASK)
    number = number_in(pressed.arg, kind)
    target: Ref = await pressed.services.acting.numbered(proposal.project_id, kind, number)
    return await pressed.turn(replace(_view(pressed), panel=Panel.PREVIEW, target=target))


async def snooze(pressed: Pressed) -> Toast:
    """Put off until an hour from now, tomorrow morning or next Monday; `off` has it back."""
    proposal, actor = await _front(pressed)
    until = await _until(pressed, proposal.project_id)
    version = pressed.press.version
    if isinstance(pressed.spot.view, SessionCard):
        await pressed.services.sessions.snooze(_on_card(pressed), until)
    else:
        putting_off = pressed.services.review.snooze(proposal.id, actor, version, until)
        await pressed.services.acting.and_close_panel(pressed.spot.id, putting_off)
    if pressed.arg == "off":
        return toast("woken")
    return toast("later", at=await pressed.moment(until, proposal.project_id))


async def _until(pressed: Pressed, project_id: UUID) -> datetime:
    now = await pressed.local_now(project_id)
    if pressed.arg == "hour":
        return pressed.services.clock.now() + timedelta(hours=1)
    days = {"tomorrow": 1, "week": _MONDAY - now.weekday()}.get(pressed.arg)
    if days is None:
        return pressed.services.clock.now()
    on = now.date() + timedelta(days=days)
    return datetime.combine(on, MORNING, now.tzinfo).astimezone(pressed.services.clock.now().tzinfo)


async def explain(pressed: Pressed) -> Toast:
    """Say why it was rejected; any other reason is asked for by reply."""
    proposal, actor = await _front(pressed)
    return await explained(pressed, proposal, actor)


async def explained(pressed: Pressed, proposal: Proposal, actor: Actor) -> Toast:
    """The same of this very proposal."""
    if pressed.arg not in frozenset(Reason):
        raise NotFound("reason", pressed.arg)
    reason = Reason(pressed.arg)
    if reason is Reason.OTHER:
        await pressed.ensure_reviewer(proposal.project_id)
        await pressed.turn(replace(_view(pressed), panel=Panel.REASONS))
        return toast("reply-with-reason")
    explaining = pressed.services.review.explain(proposal.id, actor, reason)
    await pressed.services.acting.and_close_panel(pressed.spot.id, explaining)
    say = pressed.services.texts.sayer(pressed.scene.language)
    return toast("reason", reason=say(f"reason-word-{reason}"))


async def undo(pressed: Pressed) -> Toast:
    """Take the decision back."""
    proposal, actor = await _front(pressed)
    return undone(await pressed.services.review.undo(proposal.id, actor))


def undone(result: Undone) -> Toast:
    """`Taken back`, and what stayed."""
    if result.standing:
        return toast("undone-standing", standing=", ".join(result.standing))
    return toast("undone")


async def edit_field(pressed: Pressed) -> Toast:
    """Another priority, category, owner or date; the card itself stands there again."""
    proposal, actor = await _front(pressed)
    draft = proposal.content
    if not isinstance(draft, TaskDraft):
        raise NotFound("card", "")
    changed, said = await _changed(pressed, proposal, draft, actor)
    editing = pressed.services.review.edit(proposal.id, changed, actor, pressed.press.version)
    await pressed.services.acting.and_close_panel(pressed.spot.id, editing)
    return said


async def _changed(
    pressed: Pressed, proposal: Proposal, draft: TaskDraft, actor: Actor
) -> tuple[TaskDraft, Toast]:
    say = pressed.services.texts.sayer(pressed.scene.language)
    verb, arg = pressed.press.verb, pressed.arg
    if verb is Verb.PRIORITY and arg in frozenset(Priority):
        said = toast("changed", field="priority", value=say(f"priority-{arg}"))
        return replace(draft, priority=Priority(arg)), said
    if verb is Verb.CATEGORY and arg in frozenset(Category):
        said = toast("changed", field="category", value=say(f"category-{arg}"))
        return replace(draft, category=Category(arg)), said
    if verb is Verb.OWNER:
        owner = await _owner(pressed, actor)
        said = toast("changed", field="owner", value=owner.name if owner else say("owner-nobody"))
        return replace(draft, assignee=owner), said
    today = (await pressed.local_now(proposal.project_id)).date()
    on = day_of(arg, today)
    said = toast("changed", field="due", value=day(on, today, say) if on else say("due-none"))
    return replace(draft, due=Due(on) if on else None), said


async def _owner(pressed: Pressed, actor: Actor) -> Assignee | None:
    """Who it is given to: asked, unless they take it themselves; None for nobody."""
    number = number_in(pressed.arg, "person")
    if number == 0:
        return None
    async with pressed.services.transactions.reading() as tx:
        person = await tx.people.find(PersonId(number))
    if person is None:
        raise NotFound("person", pressed.arg)
    return Assignee(person.name, person.id, has_agreed=person.id == actor.person_id)


async def open_panel(pressed: Pressed) -> Toast:
    """Open what a reviewer changes it with."""
    proposal, _ = await _front(pressed)
    await pressed.ensure_reviewer(proposal.project_id)
    panel = _EDITING.get(pressed.press.verb)
    if panel is None:
        panel = Panel(pressed.arg) if pressed.arg in frozenset(Panel) else Panel.MAIN
    await pressed.turn(replace(_view(pressed).closed(), panel=panel))
    said = _REPLIES.get(panel)
    return QUIET if said is None else toast(said)


async def look(pressed: Pressed) -> Toast:
    """Open what anybody may look at, or go back."""
    panel = _LOOKING[pressed.press.verb]
    return await pressed.turn(replace(_view(pressed).closed(), panel=panel))


async def apply(pressed: Pressed) -> Toast:
    """Make the change a reply asked for, and approve it with the same tap where that was pressed."""
    if pressed.arg == APPROVING:
        return approved(await pressed.services.editing.apply_and_approve(_on_card(pressed)))
    await pressed.services.editing.apply(_on_card(pressed))
    return toast("applied")


_REPLIES = {
    Panel.EDIT: "reply-with-change",
    Panel.TITLE: "reply-with-title",
    Panel.MERGE: "reply-with-search",
    Panel.COMBINE: "reply-with-search",
}
"""What a panel waits for."""
_EDITING = {Verb.MERGE: Panel.MERGE, Verb.LATER: Panel.LATER, Verb.EDIT: Panel.EDIT}
_LOOKING = {
    Verb.MORE: Panel.MORE,
    Verb.SOURCES: Panel.SOURCES,
    Verb.HISTORY: Panel.HISTORY,
    Verb.BACK: Panel.MAIN,
}

PROPOSAL: Family = {
    Verb.APPROVE: approve,
    Verb.BOTH: keep_both,
    Verb.REJECT: reject,
    Verb.CONFIRM_MERGE: confirm_merge,
    Verb.PICK: pick,
    Verb.SNOOZE: snooze,
    Verb.REASON: explain,
    Verb.UNDO: undo,
    Verb.PRIORITY: edit_field,
    Verb.CATEGORY: edit_field,
    Verb.OWNER: edit_field,
    Verb.DUE: edit_field,
    Verb.PANEL: open_panel,
    Verb.APPLY: apply,
    Verb.PART: shaping.toggle_part,
    Verb.SPLIT: shaping.split,
    Verb.PROMOTE: shaping.promote,
    Verb.MOVE: shaping.move,
    Verb.REMOVE_WORDS: remove_words,
    Verb.SHOW: show_quoted,
    **dict.fromkeys(_EDITING, open_panel),
    **dict.fromkeys(_LOOKING, look),
}
