"""Forgetting: what was deleted, kept as ids alone, and which texts hold words that have to go with it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.domain.evidence import Evidence, is_quoted
from core.domain.ids import ChatId, MessageId, MessageKey, PersonId
from core.domain.knowledge import AtomDraft, TopicDraft
from core.domain.proposal import Content
from core.domain.task import Due, Gain, TaskDraft

BLANK = "🙈"
"""Stands where a title was that consisted of removed words; the same in every language."""
RUN = 3
"""So many words in the order somebody said them are theirs, however common each of them is."""
SHORTEST = 3
"""Characters of a word worth looking for by itself."""
TITLE_LIMIT = 100
_WORD = re.compile(r"\w+")


class DeletionKind(StrEnum):
    """What was asked for. `left_out` and `taken_in` are choices that a restored copy must know too."""

    PERSON = "person"
    MESSAGES = "messages"
    CHAT = "chat"
    LEFT_OUT = "left_out"
    TAKEN_IN = "taken_in"


@dataclass(frozen=True)
class Deletion:
    """One wish to be forgotten, as ids: enough to do it again on an older copy, and no word of it.

    A person's counts for all they said before `at`; a chat's for all that was said there before.
    """

    id: UUID
    kind: DeletionKind
    at: datetime
    person_id: PersonId | None = None
    chat_id: ChatId | None = None
    message_ids: tuple[MessageId, ...] = ()

    @property
    def keys(self) -> tuple[MessageKey, ...]:
        """The messages it names."""
        if self.chat_id is None:
            return ()
        return tuple(MessageKey(self.chat_id, message_id) for message_id in self.message_ids)


def words_of(text: str) -> list[str]:
    """The words of a text in their order, case apart."""
    return _WORD.findall(text.casefold())


def telling_words(texts: Iterable[str]) -> frozenset[str]:
    """Words long enough to be looked for."""
    return frozenset(word for text in texts for word in words_of(text) if len(word) >= SHORTEST)


@dataclass(frozen=True)
class Gone:
    """What one item loses: `texts` it rested on, and `rare` words nobody else has said anywhere."""

    texts: tuple[str, ...] = ()
    rare: frozenset[str] = frozenset()
    left: Evidence = field(default_factory=Evidence)

    def takes(self, text: str) -> bool:
        """Whether a text is made of what is gone: a rare word, or a run nobody who is left said."""
        if not self.rare.isdisjoint(words_of(text)):
            return True
        said = _runs(self.texts) - _runs(quote.text for quote in self.left.quotes)
        return any(run in said for run in _runs([text])) or any(_is_whole(text, one) for one in self.texts)

    def text(self, text: str) -> str:
        """The text, or nothing."""
        return "" if self.takes(text) else text

    def title(self, text: str) -> str:
        """The title, else the beginning of what is left of the evidence, else BLANK."""
        if not self.takes(text):
            return text
        for quote in self.left.quotes:
            line = next((line.strip() for line in quote.text.splitlines() if line.strip()), "")
            if line and not self.takes(line):
                return line[:TITLE_LIMIT]
        return BLANK

    def texts_of(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Those that stay."""
        return tuple(text for text in texts if not self.takes(text))

    def content(self, content: Content) -> Content:
        """A draft without what is gone."""
        if isinstance(content, TopicDraft):
            name = BLANK if self.takes(content.name) else content.name
            return replace(content, name=name, description=self.text(content.description))
        if isinstance(content, AtomDraft):
            return replace(
                content,
                title=self.title(content.title),
                content=self.text(content.content),
                replaces=self.text(content.replaces),
            )
        return self.draft(content)

    def draft(self, draft: TaskDraft) -> TaskDraft:
        """A task's fields without what is gone; its date stays, its phrase where what is left has it."""
        classified = draft.classified
        return replace(
            draft,
            title=self.title(draft.title),
            description=self.text(draft.description),
            tags=self.texts_of(draft.tags),
            due=None if draft.due is None else self.due(draft.due),
            done_criterion=self.text(draft.done_criterion),
            sub_tasks=self.texts_of(draft.sub_tasks),
            ticked=self.texts_of(draft.ticked),
            classified=None
            if classified is None
            else replace(classified, matched=self.texts_of(classified.matched)),
        )

    def due(self, due: Due) -> Due:
        """The date, with its phrase only where somebody who is left said it."""
        is_left = any(is_quoted(due.phrase, quote.text) for quote in self.left.quotes)
        return due if is_left else Due(due.on)

    def gain(self, gain: Gain) -> Gain:
        """What a merge gave, without what is gone."""
        return replace(gain, description=self.text(gain.description), tags=self.texts_of(gain.tags))


def _runs(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for text in texts:
        words = words_of(text)
        found |= {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}
    return frozenset(found)


def _is_whole(text: str, said: str) -> bool:
    """Whether a short text is all that somebody said."""
    words = words_of(text)
    return bool(words) and len(words) < RUN and words == words_of(said)
