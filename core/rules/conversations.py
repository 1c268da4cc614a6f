"""Conversations instead of clock slices: what answers what, in each chat and thread."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.domain.conversation import Conversation
from core.domain.ids import ChatId, MessageId, ThreadId
from core.domain.message import Message
from core.rules.linking import Linker, Stream, shipped
from core.settings import AnalysisSettings

ROOT_SHARE = 0.5
"""A message that this share of a stream answers is its forum topic's root, not something answered."""
ROOT_LEAST = 10
"""Answers; below this a much answered message is only a popular one."""
CONTEXT = 3
"""Messages of the same conversation shown before its next part when it is longer than a batch."""

Place = tuple[ChatId, ThreadId | None]


@dataclass(frozen=True)
class RuleConversations:
    """The Conversations port: explicit replies first, else the best earlier message, else a new start."""

    settings: AnalysisSettings

    def split(self, messages: Sequence[Message]) -> list[Conversation]:
        """Conversations of at most `analysis.batch_messages`, by their first message's time.

        Each message is in exactly one, in the order given; messages of different chats or threads never
        share one.
        """
        gap = self.settings.gap_minutes
        groups: dict[tuple[Place, int], list[Message]] = defaultdict(list)
        for place, stream in _by_place(messages).items():
            for group, message in zip(_groups(stream, gap), stream, strict=True):
                groups[place, group].append(message)
        parts = [part for group in groups.values() for part in self._parts(group)]
        return sorted(parts, key=lambda part: (part.messages[0].sent_at, part.messages[0].key))

    def bounded(self, *, batch_messages: int, gap_minutes: int) -> "RuleConversations":
        """The same with other bounds."""
        return RuleConversations(
            replace(self.settings, batch_messages=batch_messages, gap_minutes=gap_minutes)
        )

    def _parts(self, group: list[Message]) -> list[Conversation]:
        size = self.settings.batch_messages
        return [
            Conversation(tuple(group[start : start + size]), tuple(group[max(0, start - CONTEXT) : start]))
            for start in range(0, len(group), size)
        ]


def parents_of(messages: Sequence[Message], linker: Linker | None = None) -> list[int | None]:
    """For each message of one chat and thread, in order: the index it goes on from, None for a start.

    An explicit reply to a message given here wins; a reply to a forum topic's first message is none.
    `linker` stands for the shipped one.
    """
    roots = roots_of(messages)
    index_of = {message.key.message_id: index for index, message in enumerate(messages)}
    stream = Stream(linker or shipped())
    parents: list[int | None] = []
    for index, message in enumerate(messages):
        target = message.reply_to if message.reply_to not in roots else None
        replied = index_of.get(target) if target is not None else None
        is_earlier = replied is not None and replied < index
        parents.append(stream.add(message, replied=replied if is_earlier else None))
    return parents


def _groups(stream: Sequence[Message], gap_minutes: int) -> list[int]:
    """The number of each message's conversation."""
    roots = roots_of(stream)
    groups: list[int] = []
    of_target: dict[MessageId, int] = {}
    for index, (message, parent) in enumerate(zip(stream, parents_of(stream), strict=True)):
        group = groups[parent] if parent is not None else None
        target = message.reply_to if message.reply_to not in roots else None
        if target is not None:
            # What answers a message left out of the reading belongs with its other answers.
            group = of_target.setdefault(target, index if group is None or parent is None else group)
        elif group is None:
            group = _only_talk(stream, groups, index, gap_minutes)
        groups.append(index if group is None else group)
        of_target[message.key.message_id] = groups[-1]
    return groups


def _only_talk(stream: Sequence[Message], groups: list[int], index: int, gap_minutes: int) -> int | None:
    """The one conversation alive in the last minutes: time speaks only where nothing better does."""
    message = stream[index]
    alive: set[int] = set()
    for earlier in range(index - 1, -1, -1):
        if (message.sent_at - stream[earlier].sent_at).total_seconds() > gap_minutes * 60:
            break
        alive.add(groups[earlier])
    return alive.pop() if len(alive) == 1 and "?" not in message.text else None


def _by_place(messages: Sequence[Message]) -> dict[Place, list[Message]]:
    places: dict[Place, list[Message]] = defaultdict(list)
    for message in messages:
        places[message.key.chat_id, message.thread_id].append(message)
    return places


def roots_of(messages: Sequence[Message]) -> frozenset[MessageId]:
    """First messages of forum topics: by id where the thread is known, else by how many answer them."""
    roots = {MessageId(int(message.thread_id)) for message in messages if message.thread_id is not None}
    answered = Counter(message.reply_to for message in messages if message.reply_to is not None)
    for target, count in answered.items():
        if count >= ROOT_LEAST and count >= ROOT_SHARE * len(messages):
            roots.add(target)
    return frozenset(roots)
