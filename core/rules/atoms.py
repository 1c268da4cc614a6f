"""Notes of a conversation: claims merged, titled, given content, quotes, a subject and links."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from core.domain.conversation import Extraction, Finding, Reading
from core.domain.evidence import SHOWN_QUOTES, Quote
from core.domain.knowledge import Atom, AtomDraft, AtomType, LinkType, TopicDraft
from core.ports.analysis import Candidate, Matcher
from core.rules.claims import Claim, asks_for_work, claims_of, is_problem, place_of, still_claims
from core.rules.cues import Cue, phrases_of, says
from core.rules.deadlines import due_of
from core.rules.embedding import WordVectors, vector_of
from core.rules.sentences import Sentence, clean, is_chatter
from core.rules.talk import Talk, Turn, talk_of
from core.rules.terms import terms_of
from core.rules.titles import clause_from, titles_of
from core.rules.topics import Named, Topics

LEAST = 0.55
"""Confidence from which a claim becomes a note; below it silence is the better answer."""
MOST_SHARE = 8
"""One note for so many messages at most, and never fewer than `MOST_LEAST` allowed."""
MOST_LEAST = 3
CONTENT_MAX = 400
"""Characters of a note's text."""
_TROUBLE = frozenset({AtomType.PROBLEM, AtomType.PATTERN})
_FACTS = _TROUBLE | {AtomType.SOLUTION}
"""What one clause of a long sentence may say by itself; a decision or request is told by its start."""
_WORK = frozenset({AtomType.REQUIREMENT, AtomType.DECISION})
_SHARED = 2
"""Meaningful words that make two claims of one type in one talk the same claim."""


# Work on "it" or "his" in the first words cannot be told from the title.
_LEANING = re.compile(
    r"(?:\S+\s){0,3}(?:it|this|that|them|him|her|his|these|those|anything|something|это|его|их|це|його)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Note:
    """A claim with its title and what else bears on it."""

    claim: Claim
    title: str
    content: str
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True)
class Atoms:
    """Finds the notes of one reading."""

    words: WordVectors
    matcher: Matcher

    def extract(self, reading: Reading) -> Extraction:
        """Notes worth keeping with their subjects; none is an answer."""
        talk = talk_of(reading.conversation)
        notes = self._notes(talk, reading.project.timezone)
        named = Topics(self.words, self.matcher).name(
            [(note.claim.type, f"{note.title}. {note.content}") for note in notes], reading
        )
        findings = [
            self._finding(note, subject, reading) for note, subject in zip(notes, named, strict=True)
        ]
        return Extraction(topics=_topic_findings(notes, named), atoms=tuple(findings))

    def _notes(self, talk: Talk, timezone: str) -> list[Note]:
        claims = [claim for claim in claims_of(talk) if claim.confidence >= LEAST]
        chosen: list[Note] = []
        for claim in sorted(claims, key=lambda one: -one.confidence):
            title = _title(claim, talk)
            if title and not any(self._is_same(claim, title, note) for note in chosen):
                chosen.append(Note(claim, title, _content(claim, title, talk)))
        most = max(MOST_LEAST, len(talk.turns) // MOST_SHARE)
        kept = sorted(self._in_force(chosen[:most]), key=lambda note: note.claim.turn.index)
        work = frozenset(note.claim.turn.index for note in kept if note.claim.type in _WORK)
        return [replace(note, quotes=_quotes(note.claim, talk, timezone, work)) for note in kept]

    def _is_same(self, claim: Claim, title: str, note: Note) -> bool:
        """Whether a surer note already says it: the same message or the same words."""
        if claim.turn.index == note.claim.turn.index:
            return claim.type is note.claim.type or len(note.claim.turn.sentences) == 1
        is_same_kind = claim.type is note.claim.type or {claim.type, note.claim.type} <= _TROUBLE
        if not is_same_kind:
            return False
        shared = set(terms_of(title)) & set(terms_of(note.title))
        return (
            len(shared) >= _SHARED and self._likeness(title, note.title) and not self._replaces(note, title)
        )

    def _likeness(self, title: str, other: str) -> bool:
        rows = self.words.rows([title, other])
        new, known = (
            Candidate(text, "", frozenset(), vector_of(row))
            for text, row in zip((title, other), rows, strict=True)
        )
        return self.matcher.compare(new, known).is_shown

    def _replaces(self, note: Note, title: str) -> bool:
        draft = AtomDraft(note.claim.type, note.title, "")
        return self.matcher.contradicts(draft, title, "")

    def _in_force(self, notes: list[Note]) -> list[Note]:
        """Without decisions a later one of the same talk takes back."""
        decisions = [note for note in notes if note.claim.type is AtomType.DECISION]
        return [
            note
            for note in notes
            if note not in decisions
            or not any(
                later.claim.turn.index > note.claim.turn.index
                and self.matcher.contradicts(_draft(later), note.title, note.content)
                for later in decisions
            )
        ]

    def _finding(self, note: Note, subject: Named, reading: Reading) -> Finding[AtomDraft]:
        return Finding(
            content=_draft(note),
            confidence=round(note.claim.confidence, 2),
            reasoning="; ".join(note.claim.reasons).capitalize() + ".",
            quotes=note.quotes,
            topic=subject.name,
            links=self._links(note, reading.recalled.atoms),
        )

    def _links(self, note: Note, known: Sequence[Atom]) -> tuple[tuple[LinkType, UUID], ...]:
        draft = _draft(note)
        in_force = [atom for atom in known if atom.valid_until is None]
        if draft.type is AtomType.DECISION:
            return tuple(
                (LinkType.CONTRADICTS, atom.id)
                for atom in in_force
                if atom.type is AtomType.DECISION
                and self.matcher.contradicts(draft, atom.title, atom.content)
            )
        if draft.type is AtomType.SOLUTION:
            said = set(terms_of(f"{draft.title} {draft.content}"))
            return tuple(
                (LinkType.SOLVES, atom.id)
                for atom in in_force
                if atom.type in _TROUBLE and len(said & set(terms_of(atom.title))) >= _SHARED
            )
        return ()


def _draft(note: Note) -> AtomDraft:
    return AtomDraft(note.claim.type, note.title, note.content)


def _title(claim: Claim, talk: Talk) -> str:
    """The claim's own sentence as a title that still makes the claim; "" when it leans on others."""
    text = clause_from(claim.sentence.text, place_of(claim))
    for title in titles_of(
        text, names=talk.names, by_clause=claim.type in _FACTS, is_work=claim.type is AtomType.REQUIREMENT
    ):
        told = title if claim.type is AtomType.QUESTION else title.rstrip("?! ")
        is_leaning = claim.type in _WORK and _LEANING.match(told) is not None
        is_asking = told != title and phrases_of(Cue.QUESTION_START).match(told) is not None
        if still_claims(claim, told) and not (is_leaning or is_asking):
            return told
    return ""


def _content(claim: Claim, title: str, talk: Talk) -> str:
    """What else the message says, and for a solution what it solves; the title when nothing."""
    others = [one for one in claim.turn.sentences if one != claim.sentence and not is_chatter(one.text)]
    parts = [clean(one.text) for one in others]
    if claim.type is AtomType.SOLUTION:
        asked = next((one for one in talk.leading_to(claim.turn) if _trouble_in(one) is not None), None)
        trouble = _trouble_in(asked) if asked else None
        parts = [f"To: {clean(trouble.text)}" if trouble else "", *parts]
    whole = (
        [clean(claim.sentence.text)] if clean(claim.sentence.text).casefold() != title.casefold() else []
    )
    text = " ".join(part if part.endswith("?") else f"{part}." for part in (*whole, *parts) if part)
    text = text[:CONTENT_MAX].rsplit(" ", 1)[0] if len(text) > CONTENT_MAX else text
    return text[0].upper() + text[1:] if text else title


def _trouble_in(turn: Turn) -> Sentence | None:
    return next((one for one in turn.sentences if is_problem(one) or one.asks), None)


def _quotes(claim: Claim, talk: Talk, timezone: str, apart: frozenset[int]) -> tuple[Quote, ...]:
    """The claim's own quote and at most two that bear on it, in the order they were said.

    `apart` are the turns of notes that ask for work of their own: what answers them is theirs.
    """
    found: list[tuple[int, Quote]] = []
    for turn in _bearing(claim, talk):
        if not _is_free(claim, turn, talk, apart):
            continue
        goes_on = claim.turn in talk.leading_to(turn)
        weighed = [
            (weight, one)
            for one in turn.sentences
            if (weight := _bears(claim, turn, one, timezone, goes_on=goes_on))
        ]
        if weighed:
            weight, sentence = max(weighed, key=lambda pair: pair[0])
            found.append((weight, turn.quote(sentence)))
    best = sorted(found, key=lambda pair: -pair[0])[: SHOWN_QUOTES - 1]
    quotes = [claim.turn.quote(claim.sentence), *(quote for _, quote in best)]
    return tuple(sorted(quotes, key=lambda quote: (quote.sent_at, quote.key)))


def _is_free(claim: Claim, turn: Turn, talk: Talk, apart: frozenset[int]) -> bool:
    """Whether a turn is no other note's work and answers none before it answers the claim."""
    for one in (turn, *talk.leading_to(turn)):
        if one.index == claim.turn.index:
            return True
        if one.index in apart:
            return False
    return True


def _bearing(claim: Claim, talk: Talk) -> list[Turn]:
    if claim.type in {AtomType.SOLUTION, AtomType.INSIGHT}:
        return [*talk.following(claim.turn), *talk.leading_to(claim.turn)[:1]]
    return talk.bearing_on(claim.turn)


def _bears(claim: Claim, turn: Turn, sentence: Sentence, timezone: str, *, goes_on: bool) -> int:
    """How much a sentence of another turn supports the claim; 0 when it does not.

    `goes_on` says that the turn answers the claim's, directly or not.
    """
    plain = sentence.plain
    if claim.type is AtomType.SOLUTION:
        return 2 if says(Cue.DONE, plain) else int(is_problem(sentence) or sentence.asks)
    if claim.type in {AtomType.QUESTION, AtomType.INSIGHT}:
        return 0
    if not _is_near(claim, turn, sentence, goes_on=goes_on):
        return 0
    dated = due_of(sentence.text, turn.message.sent_at, timezone, is_work=asks_for_work(sentence))
    owned = any(says(cue, plain) for cue in (Cue.COMMITS, Cue.REQUEST))
    if claim.type not in _TROUBLE:
        return 2 * int(dated is not None) + 2 * int(owned)
    told = is_problem(sentence) or says(Cue.CONFIRMS, plain)
    pressing = says(Cue.URGENT, plain) or says(Cue.CRITICAL, plain)
    return 2 * int(dated is not None) + 2 * int(owned) + int(pressing) + int(told and not sentence.asks)


def _is_near(claim: Claim, turn: Turn, sentence: Sentence, *, goes_on: bool) -> bool:
    """Whether a sentence is on the claim's matter: it answers it, or speaks of the same things."""
    said = set(terms_of(sentence.plain))
    shared = len(said & set(terms_of(claim.sentence.text)))
    if turn.parent == claim.turn.index:
        return True
    return shared >= _SHARED or (goes_on and (shared > 0 or len(said) <= _SHARED))


def _topic_findings(notes: Sequence[Note], named: Sequence[Named]) -> tuple[Finding[TopicDraft], ...]:
    """One finding a new subject, resting on its notes' quotes."""
    found: dict[str, Finding[TopicDraft]] = {}
    for note, subject in zip(notes, named, strict=True):
        if subject.is_known:
            continue
        draft = Finding(
            content=TopicDraft(name=subject.name, icon=subject.icon),
            confidence=round(note.claim.confidence, 2),
            reasoning="What these notes are about.",
            quotes=note.quotes,
        )
        before = found.setdefault(subject.name, draft)
        joined = tuple(dict.fromkeys((*before.quotes, *note.quotes)))[:SHOWN_QUOTES]
        sure = max(before.confidence, draft.confidence)
        found[subject.name] = replace(before, quotes=joined, confidence=sure)
    return tuple(found.values())
