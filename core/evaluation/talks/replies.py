"""Replies of Telegram exports, hidden and found again."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from core.domain.ids import ThreadId
from core.domain.message import Message
from core.evaluation.score import Labelled, Score, Task
from core.evaluation.talks.exports import FILES, Export, export_in
from core.evaluation.talks.grouping import f_of
from core.evaluation.talks.links import reply_linkers
from core.evaluation.talks.simple import Parents, by_previous
from core.rules.conversations import parents_of

Links = Mapping[int, int]


def score_replies(labelled: Labelled) -> Sequence[Score]:
    """F1 of the messages that replies answer, of those that do reply; the baseline is the message before.

    All replies of the chat are hidden. A reply to a message that is not there, or to a forum topic's first
    message, is none; a chat without replies gives no figure.
    """
    export = export_in(labelled)
    if not export.replies:
        return ()
    linkers, is_refitted = reply_linkers(labelled, export)
    found: dict[int, int] = {}
    for linker, places in linkers:
        links = _found(export, lambda messages, by=linker: parents_of(messages, by))
        found.update({place: links[place] for place in places if place in links})
    return (
        Score(
            labelled.name,
            "replies",
            "reply_f",
            _f(export.replies, found),
            len(export.replies),
            baseline=reply_f(export, by_previous),
            is_refitted=is_refitted,
        ),
    )


def reply_f(export: Export, link: Callable[[Sequence[Message]], Parents]) -> float:
    """F1 of one way to link."""
    return _f(export.replies, _found(export, link))


def _found(export: Export, link: Callable[[Sequence[Message]], Parents]) -> Links:
    """What each message goes on from, told without any reply."""
    threads = defaultdict[ThreadId | None, list[int]](list)
    for place, message in enumerate(export.hidden):
        threads[message.thread_id].append(place)
    return {
        place: places[parent]
        for places in threads.values()
        for place, parent in zip(places, link([export.hidden[one] for one in places]), strict=True)
        if parent is not None
    }


def _f(replies: Links, found: Links) -> float:
    ours = {place: found[place] for place in replies if place in found}
    right = sum(replies[place] == target for place, target in ours.items())
    return f_of(right, len(ours), len(replies))


TASK = Task(FILES, "replies", score_replies)
