"""Money: what a month may cost and did, and what stopped for want of it."""

from bot.view.brush import Brush, Row, Rows
from bot.view.html import Markup, lines
from bot.view.payload import Verb
from core.domain.money import Budget, Spent, next_month_start
from core.domain.showing.shown import ShownEstimate
from core.domain.showing.shown_agents import ShownBudget
from core.ports.chat import Card

STEPS = (5, 10, 25)
"""Dollars a tap adds to a month's budget."""
_USES = 6
_CENTS = 0.1
"""Dollars below which more than two places are of interest."""
_BAR = 10


def budget_card(brush: Brush, shown: ShownBudget) -> Card:
    """This month's budget, by use, with what each approved task cost."""
    budget = shown.budget
    head = brush.say("budget-head", project=shown.project.name)
    uses = [_use(brush, *use) for use in shown.by_use[:_USES]]
    unknown = brush.say("budget-unknown", n=budget.spent.unknown) if budget.spent.unknown else Markup("")
    month = brush.say("budget-free-only") if not budget.limit_usd else _spent(brush, shown)
    html = lines(head, month, *uses, unknown, _each(brush, shown), _until(brush), brush.say("budget-hint"))
    return Card(html, (_steps(brush, "button-budget-more"),))


def _spent(brush: Brush, shown: ShownBudget) -> Markup:
    budget = shown.budget
    return brush.say(
        "budget-spent", bar=bar(min(100, budget.percent), 100), spent=usd(budget.spent.cost_usd),
        limit=usd(budget.limit_usd), percent=budget.percent,
    )  # fmt: skip


def _use(brush: Brush, purpose: str, model: str, spent: Spent) -> Markup:
    cost = spent.usage.cost_usd
    price = brush.say("budget-no-price") if cost is None else brush.say("budget-usd", usd=usd(cost))
    return brush.say(
        "budget-use", purpose=purpose, model=model, price=price, calls=spent.calls, tokens=spent.tokens
    )


def _each(brush: Brush, shown: ShownBudget) -> Markup:
    each = shown.cost_per_approved_usd
    return brush.say("budget-each", usd=usd(each), n=shown.approved_tasks) if each else Markup("")


def _until(brush: Brush) -> Markup:
    return brush.say("budget-until", day=_next_month(brush))


def _next_month(brush: Brush) -> str:
    return brush.day_of(next_month_start(brush.reader.now, brush.reader.timezone))


def _steps(brush: Brush, key: str) -> Row:
    return tuple(brush.press(Verb.BUDGET, key, on=str(step), usd=str(step)) for step in STEPS)


def out_of_money_line(brush: Brush, budget: Budget | None) -> Markup:
    """That the budget stopped a run, and until when."""
    if budget is None:
        return Markup("")
    return brush.say(
        "run-out-of-money", spent=usd(budget.spent.cost_usd), limit=usd(budget.limit_usd),
        day=_next_month(brush),
    )  # fmt: skip


def raise_rows(brush: Brush) -> Rows:
    """By how much, and go on; or go on as it is, where somebody raised it already."""
    resume = brush.press(Verb.RESUME, "button-resume")
    return (_steps(brush, "button-budget-resume"), (resume, *brush.back()))


def usd(amount: float) -> str:
    """`4.20`, and `0.0042` where two places would say nothing."""
    return f"{amount:.2f}" if amount >= _CENTS or not amount else f"{amount:.4f}"


def left_line(brush: Brush, shown: ShownEstimate) -> Markup:
    """What is left of the month, or that this is more; nothing where it costs nothing."""
    budget, cost = shown.budget, shown.estimate.cost_usd
    if budget is None:
        return Markup("")
    if cost is None:
        return brush.say("estimate-unpriced")
    left = usd(budget.left_usd)
    if not budget.allows(cost):
        return brush.say("estimate-over", left=left)
    return brush.say("estimate-left", left=left, limit=usd(budget.limit_usd))


def bar(done: int, whole: int) -> str:
    """`▓▓▓▓░░░░░░`."""
    full = _BAR * min(done, whole) // whole if whole > 0 else 0
    return "▓" * full + "░" * (_BAR - full)
