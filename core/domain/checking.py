"""The evidence check: nothing an analyst says is believed until code has found it in the messages."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from uuid import UUID

from core.domain.conversation import C, Checked, Finding
from core.domain.evidence import is_quoted
from core.domain.ids import MessageKey
from core.domain.knowledge import TopicDraft
from core.domain.message import Message
from core.domain.proposal import Content
from core.domain.task import Assignee, Due, TaskDraft

TITLE_LIMIT = 200
"""Characters; a longer title is cut at a word."""
TEXT_LIMIT = 4000
"""Characters of a description or note."""
_SHORTEST_NAME = 3


def check(
    finding: Finding[C],
    shown: Mapping[MessageKey, Message],
    new: frozenset[MessageKey],
    people: Collection[str] = (),
) -> Checked[C]:
    """Drop a finding that cites what it was not shown; take fields no message supports.

    `new` are the messages of which at least one must be cited. The reasons counted are `not_shown`,
    `not_quoted`, `nothing_new`, `no_title`, `named` (each drops the draft), `assignee` and `due` (each
    takes that field). That somebody agreed is believed only where they are quoted. `people` are names of
    others who speak in the project: they too are named only where a cited message is theirs or names them.
    """
    reason = _reason_to_drop(finding, shown, new, people)
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
    finding: Finding[C],
    shown: Mapping[MessageKey, Message],
    new: frozenset[MessageKey],
    people: Collection[str],
) -> str:
    content = finding.content
    title = content.name if isinstance(content, TopicDraft) else content.title
    if not title.strip():
        return "no_title"
    if any(quote.key not in shown for quote in finding.quotes):
        return "not_shown"
    if not all(is_quoted(quote.text, shown[quote.key].text) for quote in finding.quotes):
        return "not_quoted"
    if not any(quote.key in new for quote in finding.quotes):
        return "nothing_new"
    return "named" if _names_others(finding, shown, people) else ""


def _names_others(
    finding: Finding[C], shown: Mapping[MessageKey, Message], people: Collection[str]
) -> bool:
    """Whether it names somebody of the talk whom no cited message was written by or names."""
    cited = {quote.key for quote in finding.quotes}
    written = {message.author.name for key, message in shown.items() if key in cited}
    said = "\n".join(message.text for key, message in shown.items() if key in cited)
    words = "\n".join(words_of(finding.content))
    others = {*people, *(message.author.name for message in shown.values())} - written
    firsts = {name.split(" ")[0] for name in others if name.strip()}
    firsts -= {name.split(" ")[0] for name in written if name.strip()}
    return any(_stands_in(name, words) and not _is_named(name, said) for name in firsts)


def words_of(content: Content) -> tuple[str, ...]:
    """All that a draft says in its own words."""
    if isinstance(content, TopicDraft):
        return content.name, content.description
    if isinstance(content, TaskDraft):
        return content.title, content.description, content.done_criterion, *content.sub_tasks
    return content.title, content.content


def _stands_in(name: str, words: str) -> bool:
    """Whether a name stands there as one: a whole word as it is written, as many are ordinary words too."""
    is_name = len(name) >= _SHORTEST_NAME and name[0].isupper()
    return is_name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words) is not None


def _is_named(name: str, text: str) -> bool:
    """Whether a text names somebody: a short name as a whole word, a longer one with any ending."""
    end = r"(?!\w)" if len(name) < _SHORTEST_NAME else ""
    return bool(name) and re.search(rf"(?<!\w){re.escape(name)}{end}", text, re.IGNORECASE) is not None


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
    elif draft.assignee is not None and not any(_is_by(draft.assignee, one) for one in messages):
        draft = replace(draft, assignee=replace(draft.assignee, has_agreed=False))
    if draft.due is not None and not _says(draft.due, messages):
        taken["due"] += 1
        draft = replace(draft, due=None)
    return draft


def _names(assignee: Assignee, messages: list[Message]) -> bool:
    """Whether a cited message was written by that person, names or addresses them."""
    first_name = assignee.name.lstrip("@").split(" ")[0]
    return any(_is_by(assignee, one) or _is_named(first_name, one.text) for one in messages)


def _is_by(assignee: Assignee, message: Message) -> bool:
    by_id = assignee.person_id is not None and message.author.person_id == assignee.person_id
    return by_id or message.author.name.casefold() == assignee.name.casefold()


def _says(due: Due, messages: list[Message]) -> bool:
    return any(is_quoted(due.phrase, message.text) for message in messages)
