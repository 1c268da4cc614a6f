"""A closed run's metrics in words."""

from collections.abc import Mapping

from bot.view.brush import Brush
from bot.view.cards.drafts import NAME_LIMIT
from bot.view.html import Markup, joined, said
from core.domain.run import Accuracy, Outcomes, Stage
from core.domain.trust import share_of

BANDS: Mapping[str, int] = {"<0.50": 1, "0.50-0.75": 2, "0.75-0.90": 3, ">=0.90": 4}
"""The bands of core.domain.accuracy, by how sure they are called."""


def accuracy_lines(brush: Brush, accuracy: Accuracy, stage: Stage) -> list[Markup]:
    """How many were right, what became of them, how fast, at what cost."""
    outcomes = accuracy.outcomes
    if outcomes.total == 0:
        return [brush.say("accuracy-none")]
    found = [_right(brush, outcomes), _outcomes(brush, outcomes, stage)]
    if len(accuracy.by_band) > 1:
        found.append(_bands(brush, accuracy))
    found.append(joined(" · ", (_speed(brush, accuracy), _cost(brush, accuracy))))
    return found


def _right(brush: Brush, outcomes: Outcomes) -> Markup:
    right = share_of(outcomes)
    if not right.of:
        return brush.say("accuracy-undecided", n=outcomes.total)
    return brush.say("accuracy-right", right=right.hits, n=right.of, percent=right.percent)


def _outcomes(brush: Brush, outcomes: Outcomes, stage: Stage) -> Markup:
    counts = sorted(vars(outcomes).items(), key=lambda pair: -pair[1])
    return joined(" · ", (brush.say(f"outcome-{name}", n=n, stage=stage.value) for name, n in counts if n))


def _bands(brush: Brush, accuracy: Accuracy) -> Markup:
    told: list[Markup] = []
    for band, outcomes in sorted(accuracy.by_band.items(), key=lambda pair: -BANDS.get(pair[0], 0)):
        right = share_of(outcomes)
        if right.of:
            told.append(
                brush.say("accuracy-band", band=band_name(brush, band), right=right.hits, n=right.of)
            )
    return brush.say("accuracy-bands", bands=joined(" · ", told)) if told else Markup("")


def band_name(brush: Brush, band: str) -> Markup:
    """How sure a band is called; one that is none of ours stands as it is."""
    return brush.say(f"sure-{BANDS[band]}") if band in BANDS else said(band, NAME_LIMIT)


def _speed(brush: Brush, accuracy: Accuracy) -> Markup:
    seconds = accuracy.median_seconds_to_decision
    return Markup("") if seconds is None else brush.say("accuracy-speed", span=brush.span(seconds))


def _cost(brush: Brush, accuracy: Accuracy) -> Markup:
    if accuracy.cost_usd is None:
        return brush.say("accuracy-cost-unknown")
    if accuracy.cost_usd == 0:
        return Markup("")
    total = f"{accuracy.cost_usd:.2f}"
    if accuracy.cost_per_approved_usd is None:
        return brush.say("accuracy-cost", usd=total)
    return brush.say("accuracy-cost-each", usd=total, each=f"{accuracy.cost_per_approved_usd:.3f}")
