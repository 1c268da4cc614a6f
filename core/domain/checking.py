"""The evidence check: nothing an analyst says is believed until code has found it in the messages."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from core.domain.conversation import C, Checked, Finding
from core.domain.evidence import is_quoted
from core.domain.ids import MessageKey
from core.domain.knowledge import TopicDraft
from core.domain.message import Message
from core.domain.task import Assignee, Due, TaskDraft

TITLE_LIMIT = 200
"""Characters; a longer title is cut at a word."""
TEXT_LIMIT = 4000
"""Characters of a description or note."""


def check(
    finding: Finding[C], shown: Mapping[MessageKey, Message], new: frozenset[MessageKey]
) -> Checked[C]:
    """Drop a finding that cites what it was not shown; take fields no message supports.

    `new` are the messages of which at least one must be cited. The reasons counted are `not_shown`,
    `not_quoted`, `nothing_new`, `no_title` (each drops the draft), `assignee` and `due` (each takes that
    field).
    """
    reason = _reason_to_drop(finding, shown, new)
    if reason:
        return Checked(None, {reason: 1})
    taken: Counter[str] = Counter()
    bounded = _signed(_bounded(finding), shown)
    if isinstance(bounded.content, TaskDraft):
        texts = [shown[quote.key] for quote in finding.quotes]
        supported = _supported(bounded.content, texts, taken)
        bounded = replace(bounded, content=supported)
    return Checked(bounded, dict(taken))


def check_sources(finding: Finding[TaskDraft], atoms: frozenset[UUID]) -> bool:
    """Whether a task stands on at least one note and only on notes the analyst was shown."""
    return bool(finding.sources) and set(finding.sources) <= atoms


def _reason_to_drop(
    finding: Finding[C], shown: Mapping[MessageKey, Message], new: frozenset[MessageKey]
) -> str:
    content = finding.content
    title = content.name if isinstance(content, TopicDraft) else content.title
    if not title.strip():
        return "no_title"
    if any(quote.key not in shown for quote in finding.quotes):
        return "not_shown"
    if not all(is_quoted(quote.text, shown[quote.key].text) for quote in finding.quotes):
        return "not_quoted"
    return "" if any(quote.key in new for quote in finding.quotes) else "nothing_new"


def _bounded(finding: Finding[C]) -> Finding[C]:
    content = finding.content
    confidence = min(1.0, max(0.0, finding.confidence))
    if isinstance(content, TopicDraft):
        return replace(finding, confidence=confidence, content=replace(content, name=_cut(content.name)))
    if isinstance(content, TaskDraft):
        bounded = replace(content, title=_cut(content.title), description=content.description[:TEXT_LIMIT])
        return replace(finding, confidence=confidence, content=bounded)
    note = replace(content, title=_cut(content.title), content=content.content[:TEXT_LIMIT])
    return replace(finding, confidence=confidence, content=note)


def _signed(finding: Finding[C], shown: Mapping[MessageKey, Message]) -> Finding[C]:
    """With whose words they are, so that they can be forgotten once the message itself is gone."""
    authors = {key: message.author.person_id for key, message in shown.items()}
    quotes = tuple(replace(quote, author_id=authors[quote.key]) for quote in finding.quotes)
    return replace(finding, quotes=quotes)


def _cut(title: str) -> str:
    one_line = " ".join(title.split())
    if len(one_line) <= TITLE_LIMIT:
        return one_line
    return one_line[: TITLE_LIMIT - 1].rsplit(" ", 1)[0] + "…"


def _supported(draft: TaskDraft, messages: list[Message], taken: Counter[str]) -> TaskDraft:
    if draft.assignee is not None and not _names(draft.assignee, messages):
        taken["assignee"] += 1
        draft = replace(draft, assignee=None)
    if draft.due is not None and not _says(draft.due, messages):
        taken["due"] += 1
        draft = replace(draft, due=None)
    return draft


def _names(assignee: Assignee, messages: list[Message]) -> bool:
    """Whether a cited message was written by that person, names or addresses them."""
    first_name = assignee.name.casefold().lstrip("@").split(" ")[0]
    for message in messages:
        by_id = assignee.person_id is not None and message.author.person_id == assignee.person_id
        by_name = message.author.name.casefold() == assignee.name.casefold()
        if by_id or by_name or first_name in message.text.casefold():
            return True
    return False


def _says(due: Due, messages: list[Message]) -> bool:
    return any(is_quoted(due.phrase, message.text) for message in messages)
