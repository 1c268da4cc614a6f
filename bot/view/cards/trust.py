"""What people made of the proposals: a picture, and the same in words."""

from collections.abc import Iterable, Mapping

from bot.view.brush import Brush
from bot.view.cards.accuracy import BANDS, band_name
from bot.view.html import Markup, joined, lines, plain
from core.domain.proposal import Reason
from core.domain.showing.shown_lists import ShownTrust
from core.domain.task import Category
from core.domain.trust import Share, Trust
from core.ports.chat import Bar, Card, Chart

_REASONS_TOLD = 3


def trust_card(brush: Brush, shown: ShownTrust) -> Card:
    """How many were right, how sure that is, where, when, why not, and how fast people decided."""
    trust = shown.trust
    if not trust.right.of:
        return Card(brush.say("trust-none", project=shown.project.name, since=brush.day(trust.since)))
    words = lines(
        brush.say("trust", project=shown.project.name, since=brush.day(trust.since)),
        _share(brush, trust.right),
        _reasons(brush, trust.reasons),
        _speed(brush, trust),
        brush.say("trust-bounds"),
    )
    return Card(words, charts=tuple(_charts(brush, trust)))


def _charts(brush: Brush, trust: Trust) -> Iterable[Chart]:
    bands = sorted(trust.by_band, key=lambda band: -BANDS.get(band, 0))
    yield _chart(brush, "trust-by-band", ((band_name(brush, one), trust.by_band[one]) for one in bands))
    kinds = sorted(trust.by_category, key=lambda one: (-trust.by_category[one].of, one))
    yield _chart(brush, "trust-by-kind", ((_kind(brush, one), trust.by_category[one]) for one in kinds))
    if len(trust.weeks) > 1:
        weeks = ((Markup(brush.day(monday)), share) for monday, share in trust.weeks.items())
        yield _chart(brush, "trust-over-time", weeks, is_over_time=True)


def _chart(
    brush: Brush, title: str, shares: Iterable[tuple[Markup, Share]], *, is_over_time: bool = False
) -> Chart:
    bars = (
        Bar(plain(name), share.percent, brush.label("trust-bar", right=share.hits, n=share.of))
        for name, share in shares
    )
    return Chart(brush.label(title), tuple(bars), is_over_time)


def _kind(brush: Brush, kind: str) -> Markup:
    return brush.say(f"category-{kind}" if kind in frozenset(Category) else f"atom-{kind}")


def _share(brush: Brush, share: Share) -> Markup:
    low, high = share.bounds
    return brush.say("trust-right", right=share.hits, n=share.of, percent=share.percent, low=low, high=high)


def _reasons(brush: Brush, reasons: Mapping[Reason, int]) -> Markup:
    most = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))[:_REASONS_TOLD]
    told = [brush.say("trust-reason", reason=brush.say(f"reason-word-{one}"), n=n) for one, n in most]
    return brush.say("trust-reasons", reasons=joined(", ", told)) if told else Markup("")


def _speed(brush: Brush, trust: Trust) -> Markup:
    seconds = trust.median_seconds_to_decision
    return Markup("") if seconds is None else brush.say("accuracy-speed", span=brush.span(seconds))
