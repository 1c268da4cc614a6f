"""Notes of a conversation: claims merged, titled, given content, quotes, a subject and links."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from core.domain.conversation import Extraction, Finding, Reading
from core.domain.evidence import SHOWN_QUOTES, Quote
from core.domain.knowledge import Atom, AtomDraft, AtomType, LinkType, TopicDraft
from core.ports.analysis import Candidate, Matcher
from core.rules.bearing import quotes_of
from core.rules.claims import Claim, claims_of, place_of, still_claims
from core.rules.cues import Cue, phrases_of
from core.rules.embedding import WordVectors, vector_of
from core.rules.judges.troubles import is_problem
from core.rules.referents import Referent, referent_of, resolved
from core.rules.sentences import Sentence, is_chatter
from core.rules.talk import Talk, Turn, talk_of
from core.rules.terms import terms_of
from core.rules.titles import advised, clause_from, titles_of, unaddressed
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
    r"(?:\S+\s){0,3}(?:to me|it|this(?! (?:week|month|year|sprint|release|morning|evening))|that|them"
    r"|him|her|his|these|those|anything|something|это|его|их|це|його)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Note:
    """A claim with its title and what else bears on it."""

    claim: Claim
    title: str
    content: str
    about: Referent | None = None
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
            text, about = _worded(claim, talk)
            title = _title(claim, text, talk)
            if title and not any(self._is_same(claim, title, note, talk) for note in chosen):
                chosen.append(Note(claim, title, _content(claim, title, talk), about))
        most = max(MOST_LEAST, len(talk.turns) // MOST_SHARE)
        kept = sorted(self._in_force(chosen[:most]), key=lambda note: note.claim.turn.index)
        work = frozenset(note.claim.turn.index for note in kept if note.claim.type in _WORK)
        return [
            replace(note, quotes=quotes_of(note.claim, talk, timezone, apart=work, about=note.about))
            for note in kept
        ]

    def _is_same(self, claim: Claim, title: str, note: Note, talk: Talk) -> bool:
        """Whether a surer note already says it: the same message or the same words."""
        if claim.turn.index == note.claim.turn.index:
            return claim.type is note.claim.type or len(note.claim.turn.sentences) == 1
        is_same_kind = claim.type is note.claim.type or {claim.type, note.claim.type} <= _TROUBLE
        if not is_same_kind:
            return False
        if claim.type in _TROUBLE and _is_one_story(claim.turn, note.claim.turn, talk):
            return True
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


def _is_one_story(turn: Turn, other: Turn, talk: Talk) -> bool:
    """Whether two troubles are told by one person who asks for help: one trouble in many messages."""
    return turn.author == other.author and any(one.asks for one in talk.turns if one.author == turn.author)


def _worded(claim: Claim, talk: Talk) -> tuple[str, Referent | None]:
    """The claim's sentence, work on "it" told by what that is, and where that was named."""
    text = claim.sentence.text
    about = referent_of(talk, claim.turn) if claim.type in _WORK else None
    told = resolved(text, about) if about is not None else text
    return (text, None) if told == text else (told, about)


def _title(claim: Claim, text: str, talk: Talk) -> str:
    """The claim's own words as a title that still makes the claim; "" when it leans on others."""
    advice = advised(text) if claim.type is AtomType.SOLUTION else ""
    if advice and (titles := _titles(claim, advice, talk)):
        return titles[0]
    titles = _titles(claim, clause_from(text, place_of(claim)), talk)
    if claim.type is AtomType.REQUIREMENT:
        # Work is told by its own clause, whatever leads to it.
        own = _titles(claim, clause_from(text, place_of(claim), is_whole=False), talk)
        titles = [*(title for title in own if phrases_of(Cue.WORK).match(title)), *titles]
    return next((title for title in titles if still_claims(claim, title)), "")


def _titles(claim: Claim, text: str, talk: Talk) -> list[str]:
    """What a text offers as the claim's title, best first."""
    offered = titles_of(
        text, names=talk.names, by_clause=claim.type in _FACTS, is_work=claim.type is AtomType.REQUIREMENT
    )
    if claim.type is AtomType.QUESTION:
        return offered
    told = [(title, title.rstrip("?! ")) for title in offered]
    return [bare for title, bare in told if not (_leans(claim, bare) or _still_asks(title, bare))]


def _leans(claim: Claim, title: str) -> bool:
    return claim.type in _WORK and _LEANING.match(title) is not None


def _still_asks(title: str, bare: str) -> bool:
    return bare != title and phrases_of(Cue.QUESTION_START).match(bare) is not None


def _content(claim: Claim, title: str, talk: Talk) -> str:
    """What else the message says, and for a solution what it solves; the title when nothing."""
    others = [one for one in claim.turn.sentences if one != claim.sentence and not is_chatter(one.text)]
    parts = [unaddressed(one.text, talk.names) for one in others]
    if claim.type is AtomType.SOLUTION:
        asked = next((one for one in talk.leading_to(claim.turn) if _trouble_in(one) is not None), None)
        trouble = _trouble_in(asked) if asked else None
        parts = [f"To: {unaddressed(trouble.text, talk.names)}" if trouble else "", *parts]
    said = unaddressed(claim.sentence.text, talk.names)
    whole = [said] if said.casefold() != title.casefold() else []
    text = " ".join(part if part.endswith("?") else f"{part}." for part in (*whole, *parts) if part)
    text = text[:CONTENT_MAX].rsplit(" ", 1)[0] if len(text) > CONTENT_MAX else text
    return text[0].upper() + text[1:] if text else title


def _trouble_in(turn: Turn) -> Sentence | None:
    return next((one for one in turn.sentences if is_problem(one) or one.asks), None)


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
