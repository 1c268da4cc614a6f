"""Spots, history, events and schedules."""

from uuid import UUID

from core.domain.daily.schedule import Job, Schedule
from core.domain.history import Change, Event, EventTopic
from core.domain.ids import ChatId, Kind, MessageId, PersonId, Ref, ThreadId
from core.domain.showing.spot import Delivery, Spot, Urgency
from core.domain.showing.view import View
from storage.mapping.packing import Columns, Tagged
from storage.tables import ChangeRow, EventRow, ScheduleRow, SpotRow

_VIEW = Tagged[View](View)
EVERYWHERE = UUID(int=0)
"""Stands for "no project" in the key of schedules."""


def spot_of(row: SpotRow, about: frozenset[UUID]) -> Spot:
    """The spot of a row with what it is about."""
    return Spot(
        id=row.id,
        view=_VIEW.unpacked(row.view),
        chat_id=ChatId(row.chat_id),
        created_at=row.created_at,
        about=about,
        reader_id=None if row.reader_id is None else PersonId(row.reader_id),
        thread_id=None if row.thread_id is None else ThreadId(row.thread_id),
        reply_to=None if row.reply_to is None else MessageId(row.reply_to),
        message_id=None if row.message_id is None else MessageId(row.message_id),
        urgency=Urgency(row.urgency),
        delivery=Delivery(row.delivery),
        wanted=row.wanted,
        painted=row.painted,
        painted_hash=row.painted_hash,
        repaint_at=row.repaint_at,
        not_before=row.not_before,
        lease_until=row.lease_until,
        attempts=row.attempts,
        unasked_in=row.unasked_in,
        sent_at=row.sent_at,
    )


def spot_columns(spot: Spot) -> Columns:
    """The columns of a spot, what it is about apart."""
    return {
        "id": spot.id,
        "view": _VIEW.packed(spot.view),
        "chat_id": spot.chat_id,
        "created_at": spot.created_at,
        "reader_id": spot.reader_id,
        "thread_id": spot.thread_id,
        "reply_to": spot.reply_to,
        "message_id": spot.message_id,
        "urgency": spot.urgency.value,
        "delivery": spot.delivery.value,
        "wanted": spot.wanted,
        "painted": spot.painted,
        "painted_hash": spot.painted_hash,
        "repaint_at": spot.repaint_at,
        "not_before": spot.not_before,
        "lease_until": spot.lease_until,
        "attempts": spot.attempts,
        "unasked_in": spot.unasked_in,
        "sent_at": spot.sent_at,
    }


def change_of(row: ChangeRow) -> Change:
    """The change of a row."""
    return Change(
        id=row.id,
        item=Ref(Kind(row.item_kind), row.item_id),
        at=row.at,
        what=row.what,
        by=row.by,
        by_id=None if row.by_id is None else PersonId(row.by_id),
        before=row.before,
        after=row.after,
    )


def change_columns(change: Change) -> Columns:
    """The columns of a change."""
    return {
        "id": change.id,
        "item_kind": change.item.kind.value,
        "item_id": change.item.id,
        "at": change.at,
        "what": change.what,
        "by": change.by,
        "by_id": change.by_id,
        "before": dict(change.before),
        "after": dict(change.after),
    }


def event_of(row: EventRow) -> Event:
    """The event of a row."""
    return Event(
        id=row.id,
        project_id=row.project_id,
        topic=EventTopic(row.topic),
        name=row.name,
        at=row.at,
        payload=row.payload,
    )


def event_columns(event: Event) -> Columns:
    """The columns of an event."""
    return {
        "id": event.id,
        "project_id": event.project_id,
        "topic": event.topic.value,
        "name": event.name,
        "at": event.at,
        "payload": dict(event.payload),
    }


def schedule_of(row: ScheduleRow) -> Schedule:
    """The schedule of a row."""
    return Schedule(
        job=Job(row.job),
        rule=row.rule,
        next_at=row.next_at,
        project_id=None if row.project_id == EVERYWHERE else row.project_id,
        timezone=row.timezone,
    )


def schedule_columns(schedule: Schedule) -> Columns:
    """The columns of a schedule."""
    return {
        "project_id": schedule.project_id or EVERYWHERE,
        "job": schedule.job.value,
        "rule": schedule.rule,
        "next_at": schedule.next_at,
        "timezone": schedule.timezone,
    }
