"""A review session: what waits, one card at a time in one message that is edited in place."""

from bot.view.brush import LINE_TITLE_LIMIT, Brush, Rows
from bot.view.cards import drafts, settled
from bot.view.cards.lists import withheld_line
from bot.view.cards.proposals import proposal_card
from bot.view.html import Markup, joined, lines, said
from bot.view.payload import Verb
from core.domain.proposal import ProposalStatus, version_of
from core.domain.run import Stage
from core.domain.showing.shown import ShownSession
from core.domain.showing.view import Order, Panel
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
    if shown.view.panel is Panel.CONFIRM and shown.confident:
        return _bulk(brush, shown)
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
    return joined(" · ", (at, said(", ".join(shown.project_names), LINE_TITLE_LIMIT), order))


def _unread_line(brush: Brush, shown: ShownSession) -> Markup:
    return brush.say("session-unread", n=shown.unread) if _offers_reading(shown) else Markup("")


def _offers_reading(shown: ShownSession) -> bool:
    return shown.unread > 0 and shown.position <= 1 and shown.view.settled == 0


def _bulk_line(brush: Brush, shown: ShownSession) -> Markup:
    if shown.bulk_settled == 0 or not brush.is_open(shown.undo_until):
        return Markup("")
    return brush.say("session-bulk-done", n=shown.bulk_settled)


def _step_rows(brush: Brush, shown: ShownSession) -> Rows:
    rows: list[tuple[Button, ...]] = []
    if shown.total > 1:
        previous = brush.press(Verb.PREVIOUS, "button-previous")
        following = brush.press(Verb.NEXT, "button-next")
        skip = brush.press(Verb.SKIP, "button-skip")
        order = brush.press(Verb.ORDER, "button-order", on=_NEXT_ORDER[shown.view.order])
        rows.append((previous, skip, order, following))
    if len(shown.confident) >= BULK_AT_LEAST:
        rows.append((brush.press(Verb.APPROVE_CONFIDENT, "button-confident", n=len(shown.confident)),))
    if _offers_reading(shown):
        rows.append((brush.press(Verb.READ_NEW, "button-read-new", n=shown.unread),))
    return tuple(rows)


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
    skipped = len(shown.view.skipped)
    left = brush.say("session-skipped", n=skipped) if skipped else Markup("")
    rows: list[tuple[Button, ...]] = []
    if shown.unread:
        rows.append((brush.press(Verb.READ_NEW, "button-read-new", n=shown.unread),))
    if decided and shown.view.stage is not Stage.TASKS:
        rows.append((brush.press(Verb.FIND_TASKS, "button-find-tasks"),))
    last = _rejected(brush, shown)
    top = Markup(last.html), _bulk_line(brush, shown), head
    html = lines(*top, left, withheld_line(brush, shown.withheld))
    return Card(html, (*last.buttons, *rows, *_undo_row(brush, shown)))


def _bulk(brush: Brush, shown: ShownSession) -> Card:
    waiting = [one for one in shown.confident if one.status is ProposalStatus.PENDING]
    listed = [
        brush.say(
            "session-bulk-line", name=one.name, title=said(one.title, LINE_TITLE_LIMIT),
            percent=drafts.percent(one.confidence),
        )
        for one in waiting[:_LISTED]
    ]  # fmt: skip
    left = len(waiting) - len(listed)
    more = brush.say("more-left", n=left) if left > 0 else Markup("")
    head = brush.say("session-bulk", n=len(waiting))
    confirm = brush.press(
        Verb.CONFIRM, "button-confirm-bulk", version=version_of(shown.confident), n=len(waiting)
    )
    return Card(lines(head, *listed, more), ((confirm,), brush.back()))
