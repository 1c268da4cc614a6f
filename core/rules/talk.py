"""A conversation laid out for judging: who answers whom, sentence by sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from core.domain.conversation import Conversation
from core.domain.evidence import Quote
from core.domain.message import Message
from core.rules.conversations import parents_of
from core.rules.cues import Cue, says
from core.rules.sensitive import is_sensitive
from core.rules.sentences import Sentence, is_chatter, sentences_of

REACH = 4
"""Following messages that may bear on one without answering it outright."""


@dataclass(frozen=True)
class Turn:
    """One message in its place: `parent` is the index it goes on from."""

    index: int
    message: Message
    parent: int | None
    is_new: bool
    sentences: tuple[Sentence, ...]

    @property
    def author(self) -> str:
        """Whoever speaks, as something to compare."""
        author = self.message.author
        return str(author.person_id or author.chat_id or author.name)

    @property
    def asks(self) -> bool:
        """Whether any sentence of it is a question."""
        return any(sentence.asks for sentence in self.sentences)

    def says(self, cue: Cue) -> bool:
        """Whether any sentence of it says so."""
        return any(says(cue, sentence.plain) for sentence in self.sentences)

    def quote(self, sentence: Sentence) -> Quote:
        """The exact quote of one of its sentences."""
        return quote_of(self.message, sentence)


@dataclass(frozen=True)
class Talk:
    """All turns of one conversation, context first, in the order they were said."""

    turns: tuple[Turn, ...]

    @cached_property
    def names(self) -> frozenset[str]:
        """Casefolded names people here may be addressed by."""
        return names_of([turn.message for turn in self.turns])

    @cached_property
    def _answers(self) -> dict[int, list[int]]:
        answers: dict[int, list[int]] = {}
        for turn in self.turns:
            if turn.parent is not None:
                answers.setdefault(turn.parent, []).append(turn.index)
        return answers

    def following(self, turn: Turn) -> list[Turn]:
        """What answers a turn, directly or not, in order."""
        found: list[int] = []
        waiting = list(self._answers.get(turn.index, ()))
        while waiting:
            index = waiting.pop(0)
            found.append(index)
            waiting += self._answers.get(index, ())
        return [self.turns[index] for index in sorted(found)]

    def bearing_on(self, turn: Turn) -> list[Turn]:
        """Later turns that answer one, and the next few of the conversation."""
        after = {one.index for one in self.following(turn)}
        after |= {
            index for index in range(turn.index + 1, turn.index + 1 + REACH) if index < len(self.turns)
        }
        return [self.turns[index] for index in sorted(after)]

    def leading_to(self, turn: Turn) -> list[Turn]:
        """What a turn goes on from, nearest first."""
        found: list[Turn] = []
        parent = turn.parent
        while parent is not None:
            found.append(self.turns[parent])
            parent = self.turns[parent].parent
        return found

    def is_answered(self, turn: Turn) -> bool:
        """Whether somebody else answered with more than a nod."""
        return any(
            one.author != turn.author and not is_chatter(one.message.text) for one in self.following(turn)
        )


def talk_of(conversation: Conversation) -> Talk:
    """Lay a conversation out; what must be withheld is not in it."""
    new = {message.key for message in conversation.messages}
    context = [message for message in conversation.context if message.key not in new]
    readable = [
        message
        for message in sorted((*context, *conversation.messages), key=lambda one: (one.sent_at, one.key))
        if message.is_readable and not is_sensitive(message.text)
    ]
    turns = (
        Turn(index, message, parent, message.key in new, tuple(sentences_of(message.text)))
        for index, (message, parent) in enumerate(zip(readable, parents_of(readable), strict=True))
    )
    return Talk(tuple(turns))


def names_of(messages: Sequence[Message]) -> frozenset[str]:
    """Casefolded full names, first names, user names and mentions of a conversation."""
    found: set[str] = set()
    for message in messages:
        author = message.author
        found |= {author.name, author.name.split(" ")[0], author.username or "", *message.mentions}
    return frozenset(name.casefold() for name in found if name)


def quote_of(message: Message, sentence: Sentence) -> Quote:
    """The exact quote of one sentence of a message."""
    return Quote(message.key, sentence.text, message.author.name, message.sent_at, message.thread_id)
