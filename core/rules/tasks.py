"""Tasks from notes: what is broken, wanted, decided or waits for an answer. Never from raw messages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.conversation import Finding, Study, Suggestions
from core.domain.evidence import Evidence, Quote
from core.domain.ids import MessageKey
from core.domain.knowledge import Atom, AtomDraft, AtomType, LinkType
from core.domain.message import Message
from core.domain.proposal import ProposalStatus, Recommendation
from core.domain.task import Category, TaskDraft
from core.ports.analysis import Candidate, Matcher
from core.rules.categories import category_of
from core.rules.cues import Cue, phrases_of, says, straight
from core.rules.descriptions import arranged, expected_of
from core.rules.details import (
    Dated,
    classified_of,
    dated_of,
    done_criterion_of,
    priority_of,
    sub_tasks_of,
    tags_of,
)
from core.rules.embedding import WordVectors, vector_of
from core.rules.judges.troubles import tells_own
from core.rules.owners import Owner, owner_of
from core.rules.sensitive import is_sensitive
from core.rules.sentences import sentences_of
from core.rules.terms import terms_of
from core.rules.titles import titles_of

LEAST = 0.55
"""Confidence from which a task is proposed."""
_TROUBLE = frozenset({AtomType.PROBLEM, AtomType.PATTERN})
_SHARED = 2
"""Meaningful title words that make two troubles one, or a solution that trouble's."""
_MOST_QUOTES = 6
_HELP_COSTS = 0.3
"""Confidence a trouble loses where one person asks how to get over it: it is theirs, not yet the team's."""
_OWN = re.compile(
    r"(?<!\w)(?:i|i'm|i've|me|my(?! (?:phone|iphone|android|ipad|browser|mac|account))|anyone|anybody"
    r"|somebody|(?:trying|getting|having|seeing)(?= (?:to|an?|this|the|some|following))"
    r"|я|мне|меня|мой|моя|мо[её]м|кто-?(?:нибудь|то)|мені|мене|мій|хтось)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Work:
    """Notes that make one task, with the messages they rest on in the order they were said."""

    atoms: tuple[Atom, ...]
    messages: tuple[Message, ...]

    @property
    def text(self) -> str:
        """Everything said and noted of it, straightened."""
        noted = (f"{atom.title}. {atom.content}" for atom in self.atoms)
        return straight("\n".join((*noted, *(message.text for message in self.messages))))


@dataclass(frozen=True)
class Tasks:
    """Finds the tasks of one study."""

    words: WordVectors
    matcher: Matcher

    def propose(self, study: Study) -> Suggestions:
        """Tasks the notes ask for, surest first; none is an answer."""
        by_key = {message.key: message for message in study.messages}
        open_ = [atom for atom in study.atoms if atom.valid_until is None and not _is_withheld(atom)]
        fresh = [atom for atom in open_ if not self._is_overtaken(atom, (*study.atoms, *study.others))]
        groups = self._groups([atom for atom in fresh if self._is_work(atom, study)])
        works = [Work(tuple(group), _messages(group, by_key)) for group in groups]
        found = [finding for work in works if (finding := self._finding(work, study)) is not None]
        return Suggestions(tuple(sorted(found, key=lambda one: -one.confidence)))

    def _is_work(self, atom: Atom, study: Study) -> bool:
        if atom.type in _TROUBLE:
            known = [one for one in (*study.atoms, *study.others) if one.type is AtomType.SOLUTION]
            return not any(_solves(solution, atom) for solution in known)
        if atom.type is AtomType.DECISION:
            return phrases_of(Cue.WORK).match(straight(atom.title)) is not None
        if atom.type is AtomType.QUESTION:
            return says(Cue.OWNERLESS, straight(atom.title))
        return atom.type is AtomType.REQUIREMENT

    def _is_overtaken(self, atom: Atom, known: Sequence[Atom]) -> bool:
        """Whether a later decision takes this one back, marked so or not yet."""
        if atom.type is not AtomType.DECISION:
            return False
        later = (one for one in known if one.type is atom.type and one.valid_from > atom.valid_from)
        return any(
            self.matcher.contradicts(AtomDraft(one.type, one.title, one.content), atom.title, atom.content)
            for one in later
        )

    def _groups(self, atoms: Sequence[Atom]) -> list[list[Atom]]:
        """Troubles alike together, every other note by itself."""
        groups: list[list[Atom]] = []
        for atom in atoms:
            home = next(
                (group for group in groups if any(self._is_alike(atom, one) for one in group)), None
            )
            if home is None:
                groups.append([atom])
            else:
                home.append(atom)
        return groups

    def _is_alike(self, atom: Atom, other: Atom) -> bool:
        if not {atom.type, other.type} <= _TROUBLE:
            return False
        shared = set(terms_of(atom.title)) & set(terms_of(other.title))
        new, known = self._candidates((atom.title, atom.content), (other.title, other.content))
        return len(shared) >= _SHARED or self.matcher.compare(new, known).is_shown

    def _candidates(self, *items: tuple[str, str]) -> list[Candidate]:
        rows = self.words.rows([f"{title}\n{text}" for title, text in items])
        return [
            Candidate(title, text, frozenset(), vector_of(row))
            for (title, text), row in zip(items, rows, strict=True)
        ]

    def _finding(self, work: Work, study: Study) -> Finding[TaskDraft] | None:
        lead = max(work.atoms, key=lambda atom: atom.confidence)
        if is_sensitive(work.text) or not work.messages:
            return None
        is_trouble = lead.type in _TROUBLE
        owner = owner_of(work.messages, study.people, is_trouble=is_trouble)
        dated = dated_of(work.messages, work.atoms, study.project)
        title = _title(lead, dated)
        confidence = _confidence(work, owner, dated)
        if confidence < LEAST:
            return None
        draft = _draft(work, study, title, owner, dated)
        return Finding(
            content=draft,
            confidence=confidence,
            reasoning=_reasoning(work, owner, dated),
            quotes=_quotes(work, owner, dated),
            recommendation=self._recommendation(draft, study),
            sources=tuple(atom.id for atom in work.atoms),
        )

    def _recommendation(self, draft: TaskDraft, study: Study) -> Recommendation:
        """What is best done with it, seen what the project has and has rejected."""
        rejected = [one for one in study.recalled.proposals if one.status is ProposalStatus.REJECTED]
        known = [(task.whole.title, task.whole.description) for task in study.recalled.tasks]
        refused = [(one.title, "") for one in rejected if isinstance(one.content, TaskDraft)]
        new, *others = self._candidates((draft.title, draft.description), *known, *refused)
        verdicts = [self.matcher.compare(new, other) for other in others]
        tasks, refusals = verdicts[: len(known)], verdicts[len(known) :]
        if any(verdict.is_duplicate for verdict in tasks):
            return Recommendation.MERGE
        if any(verdict.is_duplicate for verdict in refusals):
            return Recommendation.REJECT
        is_related = any(verdict.is_shown for verdict in tasks)
        return Recommendation.UPDATE_EXISTING if is_related else Recommendation.NEW_TASK


def _draft(work: Work, study: Study, title: str, owner: Owner | None, dated: Dated | None) -> TaskDraft:
    category = category_of(work.atoms, work.text)
    due = dated.due if dated else None
    return TaskDraft(
        title=title,
        description=_description(work),
        priority=priority_of(work.messages, due, category),
        category=category,
        tags=tags_of(study, work.text),
        assignee=owner.assignee if owner else None,
        due=due,
        done_criterion=done_criterion_of(work.messages) or _expected(work, title, category),
        sub_tasks=sub_tasks_of(work.messages),
        classified=classified_of(study, work.text),
    )


def _title(lead: Atom, dated: Dated | None) -> str:
    """The surest note's title, the date left to its own field where the title ends with it."""
    phrase = dated.due.phrase if dated else ""
    is_deadline = dated is not None and says(Cue.DEADLINE, straight(phrase)) and lead.title.endswith(phrase)
    shorter = titles_of(lead.title[: -len(phrase)]) if is_deadline else []
    return shorter[0] if shorter else lead.title


def _description(work: Work) -> str:
    """What the notes say beyond their titles, a line each; a single note's title is not said twice."""
    lines: list[str] = []
    for atom in work.atoms:
        says_more = atom.content.casefold() != atom.title.casefold()
        told = arranged(atom.title, atom.content) if says_more else atom.title
        lines.append(told if says_more or len(work.atoms) > 1 else "")
    return "\n".join(dict.fromkeys(line for line in lines if line))


def _expected(work: Work, title: str, category: Category) -> str:
    """What somebody said should be so, of something broken; said of the work itself it is the title."""
    return expected_of(title, work.messages) if category is Category.BUG else ""


def _quotes(work: Work, owner: Owner | None, dated: Dated | None) -> tuple[Quote, ...]:
    """The notes' evidence with what supports owner and date, in the order it was said."""
    shown = {message.key for message in work.messages}
    needed = (*(owner.quotes if owner else ()), *((dated.quote,) if dated else ()))
    noted = [quote for atom in work.atoms for quote in atom.evidence.quotes if quote.key in shown]
    first = {quote.key for quote in needed}
    kept = [*needed, *(quote for quote in noted if quote.key not in first)][:_MOST_QUOTES]
    return Evidence(tuple(kept)).joined(Evidence()).quotes


def _confidence(work: Work, owner: Owner | None, dated: Dated | None) -> float:
    """The surest note's, more with an owner, a date or several people, less for a call for help."""
    score = max(atom.confidence for atom in work.atoms) - 0.05
    score -= _HELP_COSTS * (owner is None and dated is None and _calls_for_help(work))
    score += 0.08 * (owner is not None) + 0.08 * (dated is not None)
    score += 0.06 * (len({message.author.name for message in work.messages}) > 1)
    return round(min(0.95, score), 2)


def _has_it_too(message: Message, work: Work) -> bool:
    """Whether another than who told of a trouble says it is theirs as well."""
    if message.author == work.messages[0].author:
        return False
    return any(says(Cue.CONFIRMS, one.plain) or tells_own(one) for one in sentences_of(message.text))


def _calls_for_help(work: Work) -> bool:
    """Whether it is a trouble one person has and speaks of as their own, or asks about."""
    kinds = {atom.type for atom in work.atoms}
    if not kinds <= _TROUBLE or any(_has_it_too(message, work) for message in work.messages):
        return False
    told = straight(work.messages[0].text)
    return ("?" in told or _OWN.search(told) is not None) and not says(Cue.REQUEST, told)


def _reasoning(work: Work, owner: Owner | None, dated: Dated | None) -> str:
    people = len({message.author.name for message in work.messages})
    kinds = {atom.type for atom in work.atoms}
    lead = max(work.atoms, key=lambda atom: atom.confidence)
    parts = [f"{len(work.atoms)} notes alike" if len(work.atoms) > 1 else f"a kept {lead.type}"]
    parts += [f"{people} people speak of it"] if people > 1 else []
    parts += ["no solution known"] if kinds & _TROUBLE else []
    if owner is not None:
        parts.append("somebody took it" if owner.assignee.has_agreed else "somebody was asked")
    parts += ["a date is named"] if dated is not None else []
    return ", ".join(parts).capitalize() + "."


def _messages(atoms: Sequence[Atom], by_key: dict[MessageKey, Message]) -> tuple[Message, ...]:
    keys = {key for atom in atoms for key in atom.evidence.keys if key in by_key}
    found = [by_key[key] for key in keys if not is_sensitive(by_key[key].text)]
    return tuple(sorted(found, key=lambda message: (message.sent_at, message.key)))


def _solves(solution: Atom, trouble: Atom) -> bool:
    """Whether a kept solution is that trouble's: linked, said in the same talk, or in the same words."""
    if any(link.type is LinkType.SOLVES and link.target.id == trouble.id for link in solution.links):
        return True
    if solution.evidence.keys & trouble.evidence.keys:
        return True
    said = set(terms_of(f"{solution.title} {solution.content}"))
    return solution.valid_from >= trouble.valid_from and len(said & set(terms_of(trouble.title))) > _SHARED


def _is_withheld(atom: Atom) -> bool:
    return is_sensitive(f"{atom.title}. {atom.content}")
