"""Subjects for notes: an existing one first, else a new one named by what the talk is about."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from core.domain.conversation import Reading
from core.domain.knowledge import Atom, AtomType, Topic
from core.ports.analysis import Candidate, Matcher
from core.rules.cues import Subject, general_name, straight, subjects
from core.rules.embedding import WordVectors, vector_of
from core.rules.terms import stem_of, terms_of

NEAR = 0.55
"""Cosine from which a note goes to an existing subject whose name it does not say (English, by hand)."""
LIKE_ITS_NOTES = 0.5
"""Likeness to a subject's note from which a note goes there: likelier one matter than two."""
OWN_WEIGHT = 3
"""A word in the note itself counts as much as three in the talk around it."""
SALIENT = 3
"""Times a word must stand in the talk to name a subject of its own."""
_ICONS = {
    AtomType.PROBLEM: "🐞",
    AtomType.SOLUTION: "🛠️",
    AtomType.DECISION: "✅",
    AtomType.QUESTION: "❓",
    AtomType.INSIGHT: "💡",
    AtomType.PATTERN: "🔁",
    AtomType.REQUIREMENT: "📋",
}
_MIN_NAME = 4
# Capitals inside a sentence: after a lower-case word, not after its end.
_PROPER = re.compile(r"(?<=[a-zа-яіїєґ,] )[A-ZА-ЯІЇЄҐ][\w-]+")


Held = tuple[Candidate, UUID]
"""A note, and the subject that holds it."""


@dataclass(frozen=True)
class Named:
    """A subject for a note: its name, its icon when it is new, and whether the project has it."""

    name: str
    icon: str
    is_known: bool


@dataclass(frozen=True)
class Topics:
    """Picks a subject for each note of one reading."""

    words: WordVectors
    matcher: Matcher

    def name(self, notes: Sequence[tuple[AtomType, str]], reading: Reading) -> list[Named]:
        """One subject a note, given as type and text; few names, the same for notes on one matter."""
        around = " ".join(message.text for message in reading.conversation.messages)
        held = self._held(reading.recalled.atoms, reading.topics)
        return [self._one(kind, text, around, reading, held) for kind, text in notes]

    def nearest(
        self, new: Candidate, topics: Sequence[Topic], held: Sequence[Held]
    ) -> tuple[Topic | None, float]:
        """The subject a text belongs to as far as notes tell that subjects hold, and how surely in [0, 1].

        Its name said in the text is sure; else the notes most alike vote, each by its likeness.
        """
        named = _by_name(f"{new.title}. {new.text}", topics)
        if named is not None:
            return named, 1.0
        votes: dict[UUID, float] = {}
        likeness: dict[UUID, float] = {}
        for note, topic_id in held:
            score = self.matcher.compare(new, note).score
            votes[topic_id] = votes.get(topic_id, 0.0) + score * score
            likeness[topic_id] = max(likeness.get(topic_id, 0.0), score)
        best = next(
            (one for one in topics if votes and one.id == max(votes, key=lambda id_: votes[id_])), None
        )
        return best, likeness[best.id] if best is not None else 0.0

    def _held(self, atoms: Sequence[Atom], topics: Sequence[Topic]) -> list[Held]:
        """Recalled notes with the subjects that hold them."""
        known = {topic.id for topic in topics}
        held = [(atom, atom.topic.id) for atom in atoms if atom.topic and atom.topic.id in known]
        rows = self.words.rows([f"{atom.title}\n{atom.content}" for atom, _ in held])
        return [
            (Candidate(atom.title, atom.content, frozenset(), vector_of(row)), topic_id)
            for (atom, topic_id), row in zip(held, rows, strict=True)
        ]

    def _one(self, kind: AtomType, text: str, around: str, reading: Reading, held: Sequence[Held]) -> Named:
        new = Candidate(text, "", frozenset(), vector_of(self.words.rows([text])[0]))
        topic, score = self.nearest(new, reading.topics, held)
        if topic is None or score < LIKE_ITS_NOTES:
            topic = self._by_vector(text, reading.topics)
        if topic is not None:
            return Named(topic.name, topic.icon, is_known=True)
        name, icon = _new_name(kind, text, around, reading)
        same = next((one for one in reading.topics if one.name.casefold() == name.casefold()), None)
        return Named(same.name if same else name, icon, is_known=same is not None)

    def _by_vector(self, text: str, topics: Sequence[Topic]) -> Topic | None:
        if not topics or not text.isascii():
            return None
        rows = self.words.rows([text, *(f"{topic.name}. {topic.description}" for topic in topics)])
        scores = rows[1:] @ rows[0]
        best = int(np.argmax(scores))
        return topics[best] if scores[best] >= NEAR else None


def _by_name(text: str, topics: Sequence[Topic]) -> Topic | None:
    """The subject whose name's words, or whose common matter's words, stand in the note."""
    terms = set(terms_of(text))
    for topic in topics:
        name = set(terms_of(topic.name))
        if name and name <= terms:
            return topic
    matter = _subject_of(text, "")
    names = {name.casefold() for name in matter.names.values()} if matter else set[str]()
    return next((topic for topic in topics if topic.name.casefold() in names), None)


def _new_name(kind: AtomType, text: str, around: str, reading: Reading) -> tuple[str, str]:
    project = reading.project
    own = straight(text).casefold()
    for component in project.components:
        if component.casefold() in own:
            return component, _ICONS[kind]
    matter = _subject_of(text, around)
    if matter is not None:
        return matter.name_in(project.language), matter.icon
    for keyword in project.keywords:
        if keyword.casefold() in own and keyword.casefold() != project.name.casefold():
            return keyword[0].upper() + keyword[1:], _ICONS[kind]
    return _salient(text, around) or general_name(project.language), _ICONS[kind]


def _subject_of(text: str, around: str) -> Subject | None:
    """The common matter most spoken of, in the note three times as much as around it."""
    own, talk = straight(text), straight(around)
    best, most = None, 0
    for subject in subjects():
        here = subject.words.count(own)
        count = OWN_WEIGHT * here + min(subject.words.count(talk), OWN_WEIGHT) if here else 0
        if count > most:
            best, most = subject, count
    return best


def _salient(text: str, around: str) -> str:
    """A proper name of the note that the talk keeps coming back to, "" when there is none."""
    own = set(terms_of(text))
    names = (found.group() for found in _PROPER.finditer(around) if len(found.group()) >= _MIN_NAME)
    written = Counter(name for name in names if stem_of(name.casefold()) in own)
    name, count = max(written.items(), key=lambda pair: pair[1], default=("", 0))
    return name if count >= SALIENT else ""
