"""What a proposal could be split into: its steps, the items of a list, or its sentences."""

import re
from dataclasses import dataclass, replace

from core.domain.evidence import Evidence, is_quoted
from core.domain.knowledge import AtomDraft, AtomType, LinkType, TopicDraft
from core.domain.proposal import Content, Proposal
from core.domain.task import Category, TaskDraft

MOST_PARTS = 6
PART_LIMIT = 120
"""Characters of a part's title."""
_LEAST = 2
_ITEM = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+(?P<text>\S.*)$", re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_WORDS_OF_A_PART = 2

_CATEGORIES = {
    AtomType.PROBLEM: Category.BUG,
    AtomType.PATTERN: Category.IMPROVEMENT,
    AtomType.QUESTION: Category.QUESTION,
    AtomType.REQUIREMENT: Category.FEATURE,
}


@dataclass(frozen=True)
class Part:
    """What one of several proposals would be, with what it rests on."""

    content: Content
    evidence: Evidence


def parts_in(proposal: Proposal) -> tuple[str, ...]:
    """The titles it could be split into, at most six; none where it says one thing only."""
    content = proposal.content
    if isinstance(content, TopicDraft):
        return ()
    if isinstance(content, TaskDraft) and len(content.sub_tasks) >= _LEAST:
        return _bounded(content.sub_tasks)
    text = (content.description if isinstance(content, TaskDraft) else content.content) or content.title
    for said in (text, *(quote.text for quote in proposal.evidence.quotes)):
        items = [found["text"] for found in _ITEM.finditer(said)]
        if len(items) >= _LEAST:
            return _bounded(items)
    sentences = [one for one in _SENTENCE.split(text) if len(one.split()) >= _WORDS_OF_A_PART]
    return _bounded(sentences) if len(sentences) >= _LEAST else ()


def _bounded(parts: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    clean = [part.strip().rstrip(".;,").strip() for part in parts]
    told = [part if len(part) <= PART_LIMIT else part[: PART_LIMIT - 1] + "…" for part in clean if part]
    unique = tuple(dict.fromkeys(told))[:MOST_PARTS]
    return unique if len(unique) >= _LEAST else ()


def split(proposal: Proposal, left_out: frozenset[int]) -> tuple[Part, ...]:
    """A part for each title but those left out, which stay together under the title there was.

    Each rests on the quotes that say it, or on all where none does.
    """
    titles = parts_in(proposal)
    apart = [title for index, title in enumerate(titles) if index not in left_out]
    rest = [title for index, title in enumerate(titles) if index in left_out]
    parts = [
        Part(_part_of(proposal.content, title, is_first=index == 0), _saying(proposal.evidence, title))
        for index, title in enumerate(apart)
    ]
    if rest and apart:
        parts.append(Part(_rest_of(proposal.content, rest), proposal.evidence))
    return tuple(parts)


def task_of(note: AtomDraft) -> TaskDraft:
    """The task a note asks for."""
    text = "" if note.content == note.title else note.content
    return TaskDraft(note.title, text, category=_CATEGORIES.get(note.type, Category.CHORE))


def _part_of(content: Content, title: str, *, is_first: bool) -> Content:
    if isinstance(content, TaskDraft):
        return replace(content, title=title, description="", done_criterion="", sub_tasks=())
    if isinstance(content, AtomDraft):
        # Only one of several can take the place of what the whole contradicted.
        links = tuple(link for link in content.links if is_first or link.type is not LinkType.CONTRADICTS)
        replaces = content.replaces if is_first else ""
        return replace(content, title=title, content=title, links=links, replaces=replaces)
    return content


def _rest_of(content: Content, rest: list[str]) -> Content:
    if isinstance(content, TaskDraft):
        steps = tuple(rest) if content.sub_tasks else ()
        return replace(content, description="" if steps else "\n".join(rest), sub_tasks=steps)
    if isinstance(content, AtomDraft):
        return replace(content, content="\n".join(rest), links=(), replaces="")
    return content


def _saying(evidence: Evidence, title: str) -> Evidence:
    said = tuple(quote for quote in evidence.quotes if is_quoted(title.rstrip("…"), quote.text))
    return Evidence(said) if said else evidence
