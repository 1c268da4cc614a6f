"""A review session: what waits, one card at a time in one message that is edited in place."""

from collections.abc import Callable, Mapping

from bot.view.brush import LINE_TITLE_LIMIT, Brush, Row, Rows
from bot.view.cards import drafts, settled, sieves
from bot.view.cards.lists import withheld_line
from bot.view.cards.proposals import proposal_card
from bot.view.html import Markup, joined, lines, said
from bot.view.payload import Verb
from core.domain.ids import Kind
from core.domain.proposal import Proposal, version_of
from core.domain.run import Stage
from core.domain.showing.panel import Panel
from core.domain.showing.shown import ShownSession
from core.domain.showing.view import Bulk, Order
from core.ports.chat import Button, Card

BULK_AT_LEAST = 2
"""One confident proposal is approved by its own button."""
_LISTED = 20
_NEXT_ORDER = {
    Order.CONFIDENT: Order.UNCERTAIN,
    Order.UNCERTAIN: Order.OLDEST,
    Order.OLDEST: Order.CONFIDENT,
}


def session_card(brush: Brush, shown: ShownSession) -> Card:
    """`3/14 ▸` with the card in front, the list to approve at once, or that nothing is left."""
    panel = _PANELS.get(shown.view.panel)
    if panel is not None and (shown.chosen or shown.view.panel is not Panel.CONFIRM):
        return panel(brush, shown)
    if shown.current is None or shown.position == 0:
        return _empty(brush, shown)
    card = proposal_card(brush, shown.current)
    last = _rejected(brush, shown)
    top = Markup(last.html), _bulk_line(brush, shown), _head(brush, shown), _unread_line(brush, shown)
    is_main = shown.current.view.panel is Panel.MAIN
    rows = (*_step_rows(brush, shown), *last.buttons) if is_main else ()
    return Card(lines(*top, Markup(card.html)), (*card.buttons, *rows, *_undo_row(brush, shown)))


def _rejected(brush: Brush, shown: ShownSession) -> Card:
    """What the last tap rejected, with the reasons to choose from."""
    return Card(Markup("")) if shown.rejected is None else settled.rejected_card(brush, shown.rejected)


def _head(brush: Brush, shown: ShownSession) -> Markup:
    order = brush.say(f"order-{shown.view.order}")
    at = brush.say("session-at", position=shown.position, total=shown.total)
    names = said(", ".join(shown.project_names), LINE_TITLE_LIMIT)
    return joined(" · ", (at, names, order, sieves.told(brush, shown)))


def _unread_line(brush: Brush, shown: ShownSession) -> Markup:
    return brush.say("session-unread", n=shown.unread) if _offers_reading(shown) else Markup("")


def _offers_reading(shown: ShownSession) -> bool:
    return shown.unread > 0 and shown.position <= 1 and shown.view.settled == 0


def _bulk_line(brush: Brush, shown: ShownSession) -> Markup:
    if shown.bulk_settled == 0 or not brush.is_open(shown.undo_until):
        return Markup("")
    return brush.say("session-bulk-done", n=shown.bulk_settled, what=shown.bulk_status.value)


def _step_rows(brush: Brush, shown: ShownSession) -> Rows:
    rows: list[tuple[Button, ...]] = []
    is_narrowed = not shown.view.sieve.is_open
    if shown.total > 1 or is_narrowed:
        sieve = brush.press(Verb.SIEVE, "button-sieve")
        order = brush.press(Verb.ORDER, "button-order", on=_NEXT_ORDER[shown.view.order])
        back, on = brush.press(Verb.PREVIOUS, "button-previous"), brush.press(Verb.NEXT, "button-next")
        rows.append((back, sieve, order, on) if shown.total > 1 else (sieve, order))
    together = _together(brush, shown)
    if together:
        rows.append(together)
    if _offers_reading(shown):
        rows.append((brush.press(Verb.READ_NEW, "button-read-new", n=shown.unread),))
    return tuple(rows)


def _together(brush: Brush, shown: ShownSession) -> Row:
    """What can be settled, or looked at, together."""
    row: list[Button] = []
    if len(shown.confident) >= BULK_AT_LEAST:
        row.append(brush.press(Verb.BULK, "button-confident", on=Bulk.SURE, n=len(shown.confident)))
    if shown.alike:
        row.append(brush.press(Verb.ALIKE, "button-alike", n=shown.alike))
    if shown.total >= BULK_AT_LEAST:
        row.append(brush.press(Verb.BULK, "button-bulk"))
    return tuple(row)


def _undo_row(brush: Brush, shown: ShownSession) -> Rows:
    if not brush.is_open(shown.undo_until):
        return ()
    if shown.view.act_id is not None:
        return ((brush.press(Verb.UNDO_BULK, "button-undo-bulk", n=shown.bulk_settled),),)
    if shown.view.kept_act_id is not None:
        return ((brush.press(Verb.UNDO_BULK, "button-undo-keep"),),)
    return ()


def _empty(brush: Brush, shown: ShownSession) -> Card:
    decided = shown.view.settled
    head = brush.say("session-done", n=decided) if decided else brush.say("session-nothing")
    rows: list[tuple[Button, ...]] = []
    if shown.beyond:
        head = brush.say("session-none-fit", n=shown.beyond)
        rows.append((brush.press(Verb.SIEVE, "button-sieve-all", on=sieves.ALL, n=shown.beyond),))
    if shown.unread:
        rows.append((brush.press(Verb.READ_NEW, "button-read-new", n=shown.unread),))
    if decided and shown.view.stage is not Stage.TASKS:
        rows.append((brush.press(Verb.FIND_TASKS, "button-find-tasks"),))
    last = _rejected(brush, shown)
    top = Markup(last.html), _bulk_line(brush, shown), head
    html = lines(*top, withheld_line(brush, shown.withheld))
    return Card(html, (*last.buttons, *rows, *_undo_row(brush, shown)))


def _choosing(brush: Brush, shown: ShownSession) -> Card:
    """What to do with all that the session goes through."""
    asked = [(Bulk.APPROVE, shown.total), (Bulk.REJECT, shown.total), (Bulk.EXPIRE, shown.total)]
    if shown.twins:
        asked.insert(2, (Bulk.MERGE, shown.twins))
    rows = [(brush.press(Verb.BULK, f"button-bulk-{_named(shown, one)}", on=one, n=n),) for one, n in asked]
    head = brush.say("panel-bulk", n=shown.total)
    return Card(lines(_head(brush, shown), head), (*rows, brush.back()))


def _named(shown: ShownSession, bulk: Bulk) -> str:
    """The word for it: notes are kept and dropped, tasks approved and rejected."""
    chosen = shown.chosen if shown.view.panel is Panel.CONFIRM else ()
    are_notes = shown.view.stage is Stage.KNOWLEDGE or (
        bool(chosen) and all(one.kind is Kind.ATOM for one in chosen)
    )
    if bulk in {Bulk.SURE, Bulk.APPROVE}:
        return "keep" if are_notes else "approve"
    return "drop" if are_notes and bulk is Bulk.REJECT else bulk.value


def _bulk(brush: Brush, shown: ShownSession) -> Card:
    waiting, what = shown.chosen, _named(shown, shown.view.bulk)
    listed = [_bulk_entry(brush, one, shown.view.bulk) for one in waiting[:_LISTED]]
    left = len(waiting) - len(listed)
    more = brush.say("more-left", n=left) if left > 0 else Markup("")
    head = brush.say("session-bulk", n=len(waiting), what=what)
    confirm = brush.press(Verb.CONFIRM, f"button-bulk-{what}", version=version_of(waiting), n=len(waiting))
    return Card(lines(head, *listed, more), ((confirm,), brush.back()))


def _bulk_entry(brush: Brush, one: Proposal, bulk: Bulk) -> Markup:
    title = said(one.title, LINE_TITLE_LIMIT)
    if bulk is Bulk.MERGE and one.similar is not None:
        return brush.say("session-bulk-into", name=one.name, title=title, into=one.similar.name)
    return brush.say(
        "session-bulk-line", name=one.name, title=title, percent=drafts.percent(one.confidence)
    )


_PANELS: Mapping[Panel, Callable[[Brush, ShownSession], Card]] = {
    Panel.CONFIRM: _bulk,
    Panel.BULK: _choosing,
    Panel.SIEVE: sieves.sieve_card,
}
"""What the session itself opens; what its card opens is painted with the card."""
