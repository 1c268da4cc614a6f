"""The simple ways to take talk apart that ours is measured against; each answers as `parents_of` does."""

import re
from collections.abc import Sequence
from datetime import timedelta

from core.domain.message import Message

GAP = timedelta(minutes=10)
PAUSE = timedelta(minutes=30)
_NAME = re.compile(r"\s*@?([^\s,:]{2,40})")
Parents = list[int | None]


def by_previous(messages: Sequence[Message]) -> Parents:
    """Each goes on from the one before."""
    return [index - 1 if index else None for index in range(len(messages))]


def by_gap(messages: Sequence[Message]) -> Parents:
    """Each goes on from the one before unless ten minutes lie between."""
    return [
        index - 1 if index and message.sent_at - messages[index - 1].sent_at <= GAP else None
        for index, message in enumerate(messages)
    ]


def by_address(messages: Sequence[Message]) -> Parents:
    """A name at the start goes on from that author's latest message, and makes the two partners.

    Whoever names nobody goes on from the later of their own message and their partner's; who did not speak
    for half an hour starts anew.
    """
    latest: dict[str, int] = {}
    partners: dict[str, str] = {}
    parents: Parents = []
    for index, message in enumerate(messages):
        me = message.author.name.casefold()
        start = _NAME.match(message.text)
        whom = start.group(1).casefold() if start else ""
        if whom in latest and whom != me:
            partners[me], partners[whom] = whom, me
            parents.append(latest[whom])
        else:
            partner = partners.get(me, "")
            is_mutual = partners.get(partner) == me
            near = [
                latest[one]
                for one in (me, partner if is_mutual else "")
                if one in latest and message.sent_at - messages[latest[one]].sent_at <= PAUSE
            ]
            parents.append(max(near, default=None))
        latest[me] = index
    return parents
