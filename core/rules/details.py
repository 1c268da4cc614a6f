"""The fields of a task: priority, date, done-criterion, sub-tasks, tags, project."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.conversation import Study
from core.domain.evidence import Quote
from core.domain.knowledge import Atom, AtomType
from core.domain.message import Message
from core.domain.person import Project
from core.domain.task import Category, Classified, Due, Priority
from core.rules.cues import Cue, phrases_of, says, straight
from core.rules.deadlines import due_of
from core.rules.judges.work import asks_for_work
from core.rules.sentences import Sentence, clean, sentences_of
from core.rules.talk import quote_of

SOON_DAYS = 2
"""Due this soon is high priority."""
MANY_REPORTERS = 3
TAGS_MOST = 5
BETTER = 2
"""Another project's matched words must be so many, and more than so many times this project's."""
_ITEM = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+(?P<text>\S.{2,118})$", re.MULTILINE)
_LEAST_ITEMS = 2


@dataclass(frozen=True)
class Dated:
    """A due date with the quote that says it."""

    due: Due
    quote: Quote


def priority_of(messages: Sequence[Message], due: Due | None, category: Category) -> Priority:
    """How soon, from urgency and impact words, the date and how many report it."""
    text = straight("\n".join(message.text for message in messages))
    last = max((message.sent_at for message in messages), default=None)
    is_soon = due is not None and last is not None and (due.on - last.date()).days <= SOON_DAYS
    reporters = len({message.author.person_id or message.author.name for message in messages})
    if says(Cue.CRITICAL, text) and category is Category.BUG:
        return Priority.CRITICAL
    if says(Cue.MINOR, text) and not is_soon:
        return Priority.LOW
    is_many = category is Category.BUG and reporters >= MANY_REPORTERS
    if says(Cue.URGENT, text) or says(Cue.CRITICAL, text) or is_soon or is_many:
        return Priority.HIGH
    return Priority.MEDIUM


def dated_of(messages: Sequence[Message], atoms: Sequence[Atom], project: Project) -> Dated | None:
    """The date said last; a date in a note's own sentence counts as work, elsewhere the words must ask."""
    own = {(quote.key, quote.text) for atom in atoms for quote in atom.evidence.quotes}
    is_work_note = any(atom.type in {AtomType.DECISION, AtomType.REQUIREMENT} for atom in atoms)
    found: Dated | None = None
    for message in messages:
        for sentence in sentences_of(message.text):
            is_work = asks_for_work(sentence) or (is_work_note and (message.key, sentence.text) in own)
            if sentence.asks:
                is_work = says(Cue.REQUEST, sentence.plain)
            due = due_of(sentence.text, message.sent_at, project.timezone, is_work=is_work)
            if due is not None:
                found = Dated(due, quote_of(message, sentence))
    return found


def done_criterion_of(messages: Sequence[Message]) -> str:
    """What somebody said must be true for it to be done, "" when nobody did."""
    for message in messages:
        for sentence in sentences_of(message.text):
            found = phrases_of(Cue.DONE_WHEN).search(sentence.plain)
            if found and not sentence.asks:
                return clean(sentence.text[found.end() :].lstrip(" :,—-"))
    return ""


def sub_tasks_of(messages: Sequence[Message]) -> tuple[str, ...]:
    """The items of an enumeration of work in one of the messages, as written, cleaned."""
    for message in messages:
        found = list(_ITEM.finditer(message.text))
        told = [item[0].upper() + item[1:] for one in found if (item := clean(one["text"]))]
        if len(told) >= _LEAST_ITEMS and _is_work_list(message.text[: found[0].start()], told):
            return tuple(told)
    return ()


def _is_work_list(before: str, items: Sequence[str]) -> bool:
    """Whether what is listed is to be done: the items begin so, or what leads to them asks for it."""
    works = phrases_of(Cue.WORK)
    lead = before.strip().rsplit("\n", 1)[-1]
    is_led = bool(lead) and (works.match(clean(lead)) is not None or asks_for_work(Sentence(lead, 0)))
    return is_led or 2 * sum(works.match(item) is not None for item in items) >= len(items)


def tags_of(study: Study, text: str) -> tuple[str, ...]:
    """The project's keywords and components the text names, and the subject's name; lower case."""
    low = text.casefold()
    words = [*study.project.components, *study.project.keywords]
    found = [word.casefold() for word in words if word.casefold() in low]
    subject = [study.topic.name.casefold()] if study.topic is not None else []
    return tuple(dict.fromkeys((*found, *subject)))[:TAGS_MOST]


def classified_of(study: Study, text: str) -> Classified | None:
    """Another project whose words clearly fit better than this one's, None when none does."""
    own = len(_matched(study.project, text))
    others = [(project, _matched(project, text)) for project in study.projects]
    others = [(project, words) for project, words in others if project.id != study.project.id]
    best = max(others, key=lambda pair: len(pair[1]), default=None)
    if best is None or len(best[1]) < BETTER or len(best[1]) <= BETTER * own:
        return None
    return Classified(best[0].id, round(len(best[1]) / (len(best[1]) + own + 1), 2), best[1])


def _matched(project: Project, text: str) -> tuple[str, ...]:
    words = (*project.keywords, *project.components, *project.glossary)
    return tuple(
        word
        for word in dict.fromkeys(words)
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)
    )
