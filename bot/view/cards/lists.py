"""Pages of what waits and of runs."""

from bot.view.brush import LINE_TITLE_LIMIT, Brush, Rows, rows_of
from bot.view.cards import drafts
from bot.view.cards.runs import tally_line
from bot.view.html import Markup, lines, said
from bot.view.payload import Verb
from core.domain.proposal import Proposal
from core.domain.run import Run, Tally
from core.domain.showing.shown_lists import ShownPending, ShownRuns
from core.ports.chat import Card

_OPENS_A_ROW = 5


def pending_list(brush: Brush, shown: ShownPending) -> Card:
    """What waits, oldest rows as they come; expired ones are brought back instead of opened."""
    view = shown.view
    kind = "expired" if view.is_expired else "pending"
    head = brush.say(f"list-of-{kind}", n=shown.total, project=shown.project.name)
    body = [_proposal(brush, one) for one in shown.proposals]
    held = withheld_line(brush, shown.withheld)
    verb = Verb.BRING_BACK if view.is_expired else Verb.OPEN
    opens = [
        brush.named(verb, one.name, on=str(one.number), version=one.press_version)
        for one in shown.proposals
    ]
    rows = (
        *rows_of(opens, _OPENS_A_ROW),
        *brush.pages(view.page, shown.pages),
        *_pending_rows(brush, shown),
    )
    hint = brush.say("list-expired-hint") if view.is_expired and body else Markup("")
    return Card(lines(head, *body, held, hint), rows)


def withheld_line(brush: Brush, count: int) -> Markup:
    """How many may not be read here, never what, and how they could be; nothing for none."""
    if count == 0:
        return Markup("")
    hint = brush.say("withheld-open" if brush.reader.is_group else "withheld-join", n=count)
    return lines(brush.say("withheld", n=count), hint)


def _proposal(brush: Brush, one: Proposal) -> Markup:
    age = brush.since(one.created_at)
    sign = "⏰" if brush.is_open(one.snoozed_until) else drafts.icon_of(one.content)
    return brush.say(
        "list-proposal", sign=sign, name=one.name, title=said(one.title, LINE_TITLE_LIMIT), age=age
    )


def _pending_rows(brush: Brush, shown: ShownPending) -> Rows:
    is_expired = shown.view.is_expired
    other = brush.press(
        Verb.FILTER,
        "button-list-pending" if is_expired else "button-list-expired",
        on="pending" if is_expired else "expired",
    )
    if is_expired or not shown.proposals:
        return ((other,),)
    return ((brush.press(Verb.REVIEW, "button-review"), other),)


def run_list(brush: Brush, shown: ShownRuns) -> Card:
    """Runs, newest first."""
    if not shown.runs:
        return Card(brush.say("list-runs-none", project=shown.project.name))
    body = [_run(brush, run, tally) for run, tally in shown.runs]
    opens = [brush.named(Verb.OPEN, run.name, on=str(run.number)) for run, _ in shown.runs]
    head = brush.say("list-runs", project=shown.project.name)
    rows = (*rows_of(opens, _OPENS_A_ROW), *brush.pages(shown.view.page, shown.pages))
    return Card(lines(head, *body), rows)


def _run(brush: Brush, run: Run, tally: Tally) -> Markup:
    counts = tally_line(brush, tally, run.stage) or brush.say("list-run-nothing")
    return brush.say(
        "list-run", status=run.status.value, name=run.name, stage=run.stage.value,
        at=brush.moment(run.started_at or run.created_at), counts=counts,
    )  # fmt: skip
