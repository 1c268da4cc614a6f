"""Runs: what one would do, how far it is, what it brought, how it is closed."""

from bot.view.brush import Brush, Rows
from bot.view.cards.accuracy import accuracy_lines
from bot.view.cards.drafts import named
from bot.view.cards.money import bar, left_line, out_of_money_line, raise_rows, usd
from bot.view.html import Markup, joined, lines, said
from bot.view.payload import Verb
from core.domain.run import Run, RunStatus, Stage, Tally
from core.domain.showing.panel import Panel
from core.domain.showing.shown import ShownBlocked, ShownEstimate, ShownRun
from core.errors import Failing
from core.ports.chat import Button, Card

_ERROR_LIMIT = 120
_CLOSABLE = frozenset({RunStatus.COMPLETED, RunStatus.REVIEWED})


def run_card(brush: Brush, shown: ShownRun) -> Card:
    """One run, as its status has it, or the question how to close it."""
    if shown.view.panel is Panel.CONFIRM and shown.run.status in _CLOSABLE:
        return _closing(brush, shown)
    kept = brush.say("run-kept") if shown.view.kept_act_id is not None else Markup("")
    head = brush.say(
        f"run-is-{shown.run.status}", stage=shown.run.stage.value, name=shown.run.name,
        project=shown.project.name,
    )  # fmt: skip
    return Card(lines(kept, head, *_body(brush, shown)), (*_rows(brush, shown), *_undo_row(brush, shown)))


def _body(brush: Brush, shown: ShownRun) -> list[Markup]:
    status = shown.run.status
    if status is RunStatus.PENDING:
        return [brush.say("run-waits")]
    if status is RunStatus.RUNNING:
        return [_bar_line(brush, shown), _so_far(brush, shown)]
    if status is RunStatus.FAILED:
        return [_saved(brush, shown), _reason(brush, shown)]
    if status is RunStatus.CANCELLED:
        return [_saved(brush, shown), tally_line(brush, shown.tally, shown.run.stage)]
    if status is RunStatus.CLOSED and shown.run.accuracy is not None:
        return [_read(brush, shown), *accuracy_lines(brush, shown.run.accuracy, shown.run.stage)]
    return [_read(brush, shown), _result(brush, shown)]


def _bar_line(brush: Brush, shown: ShownRun) -> Markup:
    progress = shown.progress
    drawn = bar(progress.done + progress.failed, progress.batches)
    return brush.say(
        "run-bar", bar=drawn, done=progress.done + progress.failed, n=progress.batches,
        stage=shown.run.stage.value,
    )  # fmt: skip


def _so_far(brush: Brush, shown: ShownRun) -> Markup:
    progress = shown.progress
    found = brush.say("run-so-far", n=progress.proposals, stage=shown.run.stage.value)
    if progress.eta_seconds is None:
        return found
    return joined(" · ", (found, brush.say("run-eta", span=brush.span(progress.eta_seconds))))


def _saved(brush: Brush, shown: ShownRun) -> Markup:
    progress = shown.progress
    return brush.say("run-saved", done=progress.done, n=progress.batches, stage=shown.run.stage.value)


def _reason(brush: Brush, shown: ShownRun) -> Markup:
    if shown.is_out_of_money:
        return out_of_money_line(brush, shown.budget)
    if not shown.progress.errors:
        return Markup("")
    kind, _, detail = shown.progress.errors[0].partition(": ")
    if kind in set(Failing):
        return brush.say(f"failing-{kind}", detail=said(detail, _ERROR_LIMIT))
    return brush.say("run-error", error=said(shown.progress.errors[0], _ERROR_LIMIT))


def _read(brush: Brush, shown: ShownRun) -> Markup:
    progress = shown.progress
    if shown.run.stage is Stage.TASKS:
        return brush.say("run-read-notes", n=progress.batches)
    read = brush.say("run-read-messages", n=progress.messages, conversations=progress.batches)
    if progress.left_out:
        return joined(" · ", (read, brush.say("run-left-out", n=progress.left_out)))
    return read


def _result(brush: Brush, shown: ShownRun) -> Markup:
    if shown.tally.total == 0:
        return brush.say("run-found-nothing", stage=shown.run.stage.value)
    carried = brush.say("run-carried", n=shown.carried) if shown.carried else Markup("")
    return joined(" · ", (tally_line(brush, shown.tally, shown.run.stage), carried))


def tally_line(brush: Brush, tally: Tally, stage: Stage) -> Markup:
    """`9 waiting · 2 approved · 1 rejected`: only what is not 0."""
    counts = (
        ("pending", tally.pending), ("approved", tally.approved), ("merged", tally.merged),
        ("rejected", tally.rejected), ("replaced", tally.replaced), ("expired", tally.expired),
    )  # fmt: skip
    return joined(" · ", (brush.say(f"tally-{name}", n=n, stage=stage.value) for name, n in counts if n))


def _rows(brush: Brush, shown: ShownRun) -> Rows:
    status = shown.run.status
    if status in {RunStatus.PENDING, RunStatus.RUNNING}:
        return ((brush.press(Verb.CANCEL, "button-cancel-run"),),)
    if status is RunStatus.FAILED:
        return _failed_rows(brush, shown)
    if status is RunStatus.COMPLETED:
        return (_completed_row(brush, shown),)
    if status is RunStatus.REVIEWED and shown.run.stage is Stage.KNOWLEDGE and shown.tally.approved:
        return ((brush.press(Verb.FIND_TASKS, "button-find-tasks"),),)
    return ()


def _failed_rows(brush: Brush, shown: ShownRun) -> Rows:
    if shown.is_out_of_money and shown.view.panel is Panel.BUDGET:
        return raise_rows(brush)
    way_on = brush.press(Verb.RESUME, "button-resume")
    if shown.is_out_of_money:
        way_on = brush.press(Verb.RAISE, "button-budget-raise")
    keep = brush.press(Verb.KEEP_RUN, "button-close-with", n=shown.progress.done)
    return ((way_on, keep),) if shown.progress.done else ((way_on,),)


def _completed_row(brush: Brush, shown: ShownRun) -> tuple[Button, ...]:
    close = brush.press(Verb.CLOSE, "button-close")
    if shown.tally.pending == 0:
        return (close,)
    return (brush.press(Verb.REVIEW, "button-review"), close)


def _undo_row(brush: Brush, shown: ShownRun) -> Rows:
    if shown.view.kept_act_id is None or not brush.is_open(shown.undo_until):
        return ()
    return ((brush.press(Verb.UNDO, "button-undo-keep"),),)


def _closing(brush: Brush, shown: ShownRun) -> Card:
    waiting = shown.tally.pending - shown.carried
    head = brush.say("run-close", name=shown.run.name, n=max(0, waiting))
    if waiting <= 0:
        return Card(head, ((brush.press(Verb.CLOSE_CARRY, "button-close-now"),), brush.back()))
    carry = brush.press(Verb.CLOSE_CARRY, "button-close-carry", n=waiting)
    expire = brush.press(Verb.CLOSE_EXPIRE, "button-close-expire", n=waiting)
    keep = brush.press(Verb.CLOSE_KEEP, "button-close-keep")
    return Card(lines(head, brush.say("run-close-hint")), ((carry,), (expire,), (keep,)))


def estimate_card(brush: Brush, shown: ShownEstimate) -> Card:
    """What a run would do, with Start."""
    estimate, stage = shown.estimate, shown.view.stage
    head = brush.say("estimate-head", stage=stage.value, project=shown.project.name)
    if estimate.messages == 0:
        return Card(lines(head, brush.say("estimate-nothing", stage=stage.value)))
    what = brush.say(
        "estimate-notes" if stage is Stage.TASKS else "estimate-messages",
        n=estimate.messages, kept=estimate.kept, batches=estimate.conversations,
    )  # fmt: skip
    since = brush.say("estimate-since", at=brush.moment(estimate.oldest)) if estimate.oldest else Markup("")
    cost = joined(
        " · ", (brush.say("estimate-time", span=brush.span(estimate.seconds)), _cost(brush, shown))
    )
    start = brush.press(Verb.START, "button-start")
    cancel = brush.press(Verb.CANCEL, "button-not-now")
    return Card(lines(head, what, since, cost, left_line(brush, shown)), ((start, cancel),))


def _cost(brush: Brush, shown: ShownEstimate) -> Markup:
    estimate = shown.estimate
    if estimate.is_free:
        return brush.say("estimate-free")
    if estimate.cost_usd is None:
        return brush.say("estimate-tokens", n=estimate.tokens)
    return brush.say("estimate-cost", n=estimate.tokens, usd=usd(estimate.cost_usd))


def blocked_card(brush: Brush, shown: ShownBlocked) -> Card:
    """The run in the way, and the one tap that closes it and starts the new one."""
    run = shown.run
    if not run.is_open:
        head = brush.say("blocked-over", name=run.name)
        return Card(head, ((brush.press(Verb.CLOSE_AND_START, "button-start"),),))
    if run.status not in _CLOSABLE:
        head = brush.say("blocked-running", name=run.name, project=shown.project.name)
        return Card(lines(head, _started(brush, run)))
    head = brush.say("blocked", name=run.name, n=shown.pending, project=shown.project.name)
    start = brush.press(Verb.CLOSE_AND_START, "button-close-and-start", name=run.name, n=shown.pending)
    review = brush.press(Verb.REVIEW, "button-review")
    return Card(head, ((start,), (review,)) if shown.pending else ((start,),))


def _started(brush: Brush, run: Run) -> Markup:
    at = brush.moment(run.started_at or run.created_at)
    return brush.say("run-started", at=at, by=named(run.started_by), trigger=run.trigger.value)
