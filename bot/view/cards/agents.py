"""Who makes the runs of a project, and what came of them."""

from bot.view.brush import Brush, rows_of
from bot.view.cards.money import bar, usd
from bot.view.cards.runs import tally_line
from bot.view.html import Markup, joined, lines
from bot.view.payload import Verb
from core.domain.agent import RULES, is_agent_name
from core.domain.experiment import Comparison, Interval, Record
from core.domain.run import Stage, Tally
from core.domain.showing.shown_agents import ShownAgents, ShownEmbedding
from core.ports.chat import Card

_RECORDS = 8
"""A version more would be on the card's second screen: the newest are the ones asked about."""
_AGENTS = 20


def embedding_card(brush: Brush, shown: ShownEmbedding) -> Card:
    """How far the search is embedded anew, or that it is."""
    model = shown.view.model
    if shown.done >= shown.total:
        return Card(brush.say("embedding-done", n=shown.total, model=model))
    drawn = bar(shown.done, shown.total)
    head = brush.say("embedding-head", model=model)
    return Card(lines(head, brush.say("embedding-bar", bar=drawn, done=shown.done, n=shown.total)))


def agents_card(brush: Brush, shown: ShownAgents) -> Card:
    """Each stage with who makes its runs and what each made; or the choice for one stage."""
    if shown.view.stage is not None:
        return _choice(brush, shown, shown.view.stage)
    body = [line for stage, names in shown.assigned for line in _stage(brush, shown, stage, names)]
    head = brush.say("agents-head", project=shown.project.name)
    buttons = [
        brush.press(Verb.STAGE, "button-agents-stage", on=stage.value, stage=stage.value)
        for stage, _ in shown.assigned
    ]
    return Card(lines(head, *body), rows_of(buttons, 2))


def _stage(brush: Brush, shown: ShownAgents, stage: Stage, names: tuple[str, ...]) -> list[Markup]:
    said = ", ".join(_name(brush, name) for name in names)
    turns = brush.say("agents-take-turns") if len(names) > 1 else Markup("")
    who = joined(" · ", (brush.say("agents-stage", stage=stage.value, names=said), turns))
    records = [one for one in shown.records if one.stage is stage][-_RECORDS:]
    made = [_record(brush, one) for one in records] or [brush.say("agents-nothing")]
    compared = [_compared(brush, one) for one in shown.comparisons if one.first.stage is stage]
    return [Markup(""), who, *made, *compared]


def _record(brush: Brush, record: Record) -> Markup:
    tally = Tally(
        pending=record.pending, approved=record.approved, rejected=record.rejected, merged=record.merged
    )
    edited = _edited(brush, record)
    made = joined(", ", (tally_line(brush, tally, record.stage), edited))
    name = _name(brush, record.agent.name)
    if record.agent.name != RULES.name:
        name = f"{name} v{record.agent.version} ({record.model})"
    line = brush.say("agents-record", name=name, runs=record.runs, what=made)
    return joined(" · ", (line, _approval(brush, record), _cost(brush, record)))


def _edited(brush: Brush, record: Record) -> Markup:
    if not record.edited:
        return Markup("")
    return brush.say("agents-edited", n=record.edited, stage=record.stage.value)


def _approval(brush: Brush, record: Record) -> Markup:
    if not record.decided:
        return Markup("")
    interval = record.approval
    return brush.say(
        "agents-approval", stage=record.stage.value, percent=round(100 * record.approved / record.decided),
        low=round(100 * interval.low), high=round(100 * (interval.high or 1.0)),
    )  # fmt: skip


def _cost(brush: Brush, record: Record) -> Markup:
    if record.cost_usd is None:
        return brush.say("agents-no-price")
    if not record.cost_usd:
        return brush.say("agents-free")
    each, interval = record.cost_per_approved_usd, record.cost_interval
    if each is None or interval is None:
        return brush.say("budget-usd", usd=usd(record.cost_usd))
    high = brush.say("agents-no-end") if interval.high is None else f"${usd(interval.high)}"
    return brush.say(
        "agents-cost", stage=record.stage.value, usd=usd(each), low=usd(interval.low), high=high
    )


def _compared(brush: Brush, compared: Comparison) -> Markup:
    better = compared.better
    if better is None:
        names = (compared.first, compared.second)
        key, interval = "agents-alike", compared.interval
    else:
        is_first = better is compared.first
        names = (better, compared.second if is_first else compared.first)
        key, interval = "agents-better", compared.interval if is_first else _turned(compared.interval)
    return brush.say(
        key, name=_name(brush, names[0].agent.name), other=_name(brush, names[1].agent.name),
        low=round(100 * interval.low), high=round(100 * (interval.high or 0.0)),
    )  # fmt: skip


def _turned(interval: Interval) -> Interval:
    return Interval(-(interval.high or 0.0), -interval.low)


def _choice(brush: Brush, shown: ShownAgents, stage: Stage) -> Card:
    chosen = dict(shown.assigned)[stage]
    toggles = [
        brush.named(
            Verb.AGENT,
            f"{'☑' if one.name in chosen else '☐'} {_name(brush, one.name)}"
            + ("" if one.is_built_in else f" · {one.model}"),
            on=one.name,
        )
        for one in shown.agents[:_AGENTS]
        if is_agent_name(one.name)
    ]
    head = brush.say("agents-head", project=shown.project.name)
    html = lines(head, brush.say("agents-choose", stage=stage.value), brush.say("agents-hint"))
    return Card(html, (*rows_of(toggles, 1), brush.back()))


def _name(brush: Brush, name: str) -> str:
    return brush.label("agents-rules") if name == RULES.name else name
