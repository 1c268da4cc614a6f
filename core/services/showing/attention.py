"""Attention: when something nobody asked for may be said, and what is said together then."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from core.domain.daily.hours import Hours
from core.domain.proposal import ProposalStatus
from core.domain.rest import Rest, rest_of
from core.domain.showing.shown import (
    Shown,
    ShownBundle,
    ShownDigest,
    ShownNotes,
    ShownProposal,
    ShownSession,
)
from core.domain.showing.shown_following import ShownNews, ShownWeek
from core.domain.showing.shown_living import ShownReminder
from core.domain.showing.spot import Spot, Urgency, place_of
from core.domain.showing.view import Bundle
from core.ports.unit_of_work import UnitOfWork
from core.services.showing.placing import Placing
from core.settings import AttentionSettings

PATIENCE = timedelta(hours=2)
"""A chat that never falls silent is told after this long all the same."""


@dataclass(frozen=True)
class Attention:
    """The rules of `[attention]`. They are for what the clock does; what a person does never waits."""

    placing: Placing
    settings: AttentionSettings

    async def holds(self, tx: UnitOfWork, spot: Spot, now: datetime) -> bool:
        """Whether an unasked spot about to be sent must not be; what becomes of it is written.

        It waits for a good moment, and goes into one message with whatever else waits at the same place.
        """
        moment = await self.good_moment(tx, spot, now)
        if moment > now:
            await tx.spots.record(replace(spot, not_before=moment, lease_until=None))
            return True
        others = [one for one in await tx.spots.list_unsaid(spot.chat_id, now) if _is_beside(one, spot)]
        if others:
            await self._gather(tx, [spot, *others])
        return bool(others)

    async def good_moment(self, tx: UnitOfWork, spot: Spot, now: datetime) -> datetime:
        """The first moment from `now` on at which an unasked spot may be sent, as things stand."""
        settings = self._settings(spot.unasked_in)
        hours = hours_of(self.settings, spot.unasked_in)
        opens = hours.open_at(now)
        if opens > now:
            return opens
        told = await tx.spots.list_told(spot.chat_id, hours.today(now))
        if len(told) >= settings.messages_per_day:
            return hours.tomorrow(now)
        chat = await tx.chats.find(spot.chat_id)
        heard = [] if chat is None or chat.last_heard_at is None else [chat.last_heard_at]
        pause = max((*heard, *told), default=now - PATIENCE) + timedelta(
            minutes=self.settings.quiet_minutes
        )
        return max(now, min(pause, hours.open_at(spot.created_at) + PATIENCE))

    def _settings(self, unasked_in: str) -> AttentionSettings:
        return _chosen(self.settings, rest_of(unasked_in))

    async def _gather(self, tx: UnitOfWork, spots: list[Spot]) -> None:
        """One message instead of several, oldest first."""
        spots = sorted(spots, key=lambda one: (one.created_at, one.id))
        about = {id_ for one in spots for id_ in one.about}
        first = spots[0]
        view = Bundle(tuple(id_ for one in spots for id_ in _parts_of(one)))
        await self.placing.show(
            tx, view, place_of(first), about=about, urgency=Urgency.CARD, unasked_in=first.unasked_in
        )
        for one in spots:
            await tx.spots.record(one.dropped())


def hours_of(settings: AttentionSettings, unasked_in: str) -> Hours:
    """The quiet hours of a spot's `unasked_in`, or a project's `rest`."""
    rest = rest_of(unasked_in)
    settings = _chosen(settings, rest)
    return Hours(
        ZoneInfo(rest.timezone),
        time.fromisoformat(settings.quiet_from),
        time.fromisoformat(settings.quiet_until),
        settings.weekends,
    )


def _chosen(settings: AttentionSettings, rest: Rest) -> AttentionSettings:
    own = {name: value for name, value in vars(rest).items() if name != "timezone" and value is not None}
    return replace(settings, **own)


def is_over(shown: Shown) -> bool:
    """Whether everything in it was decided before it was ever shown: nobody needs to be told of that."""
    if isinstance(shown, ShownBundle):
        return all(is_over(part) for part in shown.parts)
    if isinstance(shown, ShownNews | ShownDigest | ShownWeek):
        return _is_empty(shown)
    return _is_decided(shown)


def _is_decided(shown: Shown) -> bool:
    match shown:
        case ShownProposal():
            return shown.proposal.status is not ProposalStatus.PENDING
        case ShownNotes():
            return shown.pending == 0
        case ShownSession():
            return shown.total == 0
        case ShownReminder():
            return not (shown.is_on and shown.agenda.is_urgent)
        case _:
            return False


def _is_empty(shown: ShownNews | ShownDigest | ShownWeek) -> bool:
    """Whether nothing is left of it for this reader, who may not read all of it."""
    if isinstance(shown, ShownNews):
        return not (shown.news.runs or shown.news.proposals or shown.tasks)
    is_done = isinstance(shown, ShownWeek) and shown.done > 0
    return shown.digest.is_empty and not shown.is_for_reviewers and not is_done


def _is_beside(one: Spot, other: Spot) -> bool:
    """Two spots of one place."""
    return one.id != other.id and (one.thread_id, one.reader_id) == (other.thread_id, other.reader_id)


def _parts_of(spot: Spot) -> tuple[UUID, ...]:
    return spot.view.parts if isinstance(spot.view, Bundle) else (spot.id,)
