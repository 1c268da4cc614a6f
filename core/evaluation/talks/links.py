"""How the weights of linking are learned, and linkers that have not seen what they are scored on."""

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np

from core.domain.message import Message
from core.evaluation.fitting import Fit, Learned
from core.evaluation.score import Labelled
from core.evaluation.talks.exports import Export, export_in
from core.evaluation.talks.grouping import Link
from core.evaluation.talks.lines import Line, messages_of
from core.evaluation.talks.simple import by_address
from core.evaluation.talks.training import Lesson, networks
from core.rules.linking.features import own_features, pair_columns
from core.rules.linking.network import STARTS, WEIGHTS, Linker, features_of, linker_of
from core.rules.linking.past import Past
from core.rules.linking.recent import Recent
from core.rules.linking.said import Listener
from core.rules.weights import digest_of, weights

UBUNTU, NEW_DOMAINS = "threads_irc_ubuntu.jsonl", "threads_irc_newdomains.jsonl"
LOGS = (UBUNTU, NEW_DOMAINS)
EXPORT = "telegram/qa_load_ru_2018-11_2020-03.json"
EVERY = 3
"""Of so many replies one is learned from: people press reply where the plain order does not say it."""
SEED = 0


@dataclass(frozen=True)
class LogLine(Line):
    """One line of a log; what the server says has no user."""

    system: bool = False


@dataclass(frozen=True)
class Log:
    """A log whose messages from `annotated_from` on people linked to earlier ones, or to themselves."""

    log: str
    annotated_from: int
    links: tuple[Link, ...]
    messages: tuple[LogLine, ...]

    @cached_property
    def said(self) -> list[Message]:
        """What people say, in order."""
        return messages_of(line for line in self.messages if not line.system)

    @cached_property
    def digest(self) -> str:
        """Tells whether weights know its links."""
        return digest_of("\n".join(line.text for line in self.messages if line.i >= self.annotated_from))

    @cached_property
    def lessons(self) -> list[Lesson]:
        """What its links teach; talks before them are taken as the reply-and-address rule finds them."""
        return list(_log_lessons(self))


def learn_links(data: Path, seed: int) -> Learned:
    """The weights of `linking.Linker`."""
    logs = _logs_in(data)
    replies = _taught(export_in(Labelled(data / EXPORT, EXPORT)))
    lessons = [*_lessons_of(logs), *replies.values()]
    return Learned(_values(lessons, seed), [*(log.digest for log in logs), *replies])


def log_linkers(labelled: Labelled, logs: Sequence[Log]) -> tuple[list[Linker | None], bool]:
    """For each log of a file the linker to score it by: None for the shipped, or one learned without it.

    The second value tells whether the shipped weights know any.
    """
    known = known_in(labelled.folder)
    linkers = [known.without(log.digest) if log.digest in known.digests else None for log in logs]
    return linkers, any(linker is not None for linker in linkers)


def reply_linkers(labelled: Labelled, export: Export) -> tuple[list[tuple[Linker | None, list[int]]], bool]:
    """Linkers to score replies by, each with the places of those that are its to judge.

    None stands for the shipped one. Where its weights know some of the replies, each half of the chat is
    judged by one that has not seen that half; then the second value is true.
    """
    known, places = known_in(labelled.folder), sorted(export.replies)
    digests = {place: export.digest(place) for place in places}
    if not known.digests & set(digests.values()):
        return [(None, places)], False
    halves = places[: len(places) // 2], places[len(places) // 2 :]
    return [(known.without(*(digests[place] for place in half)), half) for half in halves], True


@dataclass(frozen=True)
class Known:
    """What the shipped weights learned from, as far as a folder has it."""

    folder: Path

    @property
    def digests(self) -> frozenset[str]:
        """Of every row it learned from."""
        return weights(WEIGHTS).learned_from

    @cached_property
    def logs(self) -> list[Log]:
        """Those logs of the folder it learned from."""
        return [log for log in _logs_in(self.folder) if log.digest in self.digests]

    @cached_property
    def replies(self) -> Mapping[str, Lesson]:
        """What the replies it learned from taught, by digest."""
        path = self.folder / EXPORT
        taught = _taught(export_in(Labelled(path, EXPORT))) if path.exists() else {}
        return {digest: lesson for digest, lesson in taught.items() if digest in self.digests}

    def without(self, *digests: str) -> Linker:
        """The linker learned from the rest."""
        logs = [log for log in self.logs if log.digest not in digests]
        replies = [lesson for digest, lesson in self.replies.items() if digest not in digests]
        return linker_from([*_lessons_of(logs), *replies])


@cache
def known_in(folder: Path) -> Known:
    """Of one folder; what it teaches is laid out once."""
    return Known(folder)


def linker_from(lessons: Sequence[Lesson], seed: int = SEED) -> Linker:
    """The linker these lessons make."""
    return linker_of(_values(lessons, seed))


@cache
def names() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Every feature of a pair and of a message itself, in the order they are learned."""
    past, listener = Past(), Listener()
    first, second = messages_of([Line(1, "one", "a"), Line(2, "two", "b")])
    past.take(listener.hear(first), None)
    recent = Recent(past, listener.hear(second))
    return (STARTS, *pair_columns(recent)), tuple(own_features(recent))


def _logs_in(folder: Path) -> list[Log]:
    found = [Labelled(folder / name, name) for name in LOGS if (folder / name).exists()]
    return [log for labelled in found for log in labelled.rows(Log)]


def _values(lessons: Sequence[Lesson], seed: int) -> Mapping[str, Any]:
    pairs, own = names()
    return {"pairs": pairs, "own": own, "networks": networks(lessons, seed)}


def _lessons_of(logs: Sequence[Log]) -> list[Lesson]:
    return [lesson for log in logs for lesson in log.lessons]


def _each_wanted(messages: Sequence[Message], wanted: Container[int]) -> Iterator[tuple[int, Recent]]:
    """The wanted messages as they come; talks before them are taken as the simple rule finds them."""
    past, listener = Past(), Listener()
    for index, (message, parent) in enumerate(zip(messages, by_address(messages), strict=True)):
        now = listener.hear(message)
        if index and index in wanted:
            yield index, Recent(past, now)
        past.take(now, parent)


def _log_lessons(log: Log) -> Iterator[Lesson]:
    place = {int(message.key.message_id): index for index, message in enumerate(log.said)}
    right: dict[int, set[int]] = defaultdict(set)
    for earlier, later in log.links:
        if later in place and earlier in place:
            right[place[later]].add(place[earlier])
    for index, recent in _each_wanted(log.said, right):
        lesson = _lesson(recent, index, right[index])
        if lesson.right.any():
            yield lesson


def _taught(export: Export) -> dict[str, Lesson]:
    """Lessons of some of its replies, by digest; whether to start anew is no question where one replies."""
    wanted = dict(list(export.replies.items())[::EVERY])
    lessons: dict[str, Lesson] = {}
    for index, recent in _each_wanted(export.hidden, wanted):
        lesson = _lesson(recent, index, {wanted[index]})
        if lesson.right.any():
            lessons[export.digest(index)] = Lesson(lesson.pairs[1:], lesson.own, lesson.right[1:])
    return lessons


def _lesson(recent: Recent, index: int, right: set[int]) -> Lesson:
    pairs, own = features_of(recent, *names())
    is_right = np.zeros(len(pairs), dtype=np.float32)
    is_right[0] = index in right
    is_right[[target - recent.low + 1 for target in right if recent.low <= target < index]] = 1.0
    return Lesson(pairs, own, is_right)


FIT = Fit(
    (*LOGS, EXPORT),
    "CC-BY-4.0 (jkkummerfeld/irc-disentanglement); Apache-2.0 (qaload/qa_load)",
    SEED,
    learn_links,
)
