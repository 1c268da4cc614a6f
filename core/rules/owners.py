"""Who is to do it: whoever took it, or was asked by name; nobody on a mere guess."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.evidence import Quote
from core.domain.message import Message
from core.domain.person import Person
from core.domain.task import Assignee
from core.rules.cues import Cue, says, straight
from core.rules.sentences import Sentence, sentences_of
from core.rules.talk import quote_of
from core.rules.terms import terms_of

_NAME = re.compile(r"@?[^\W\d_][\w.-]*", re.UNICODE)
_TAKE = re.compile(
    r"(?<!\w)(?:(?:take|fix|handle|own|review|merge|test|check|update|write|rebase|close|finish|do|ask|open)"
    r" (?:it|this|that|them)|on it|assign|беру|возьму|на мне|исправлю|починю"
    r"|візьму|на мені|виправлю|полагоджу)(?!\w)",
    re.IGNORECASE,
)
_NAMES_WORK = 2
"""Meaningful words of a promise that says what is promised."""
_NEAR = 4
"""Words around the start of a request in which a name addresses its person."""


@dataclass(frozen=True)
class Owner:
    """An assignee with the quotes that make them one."""

    assignee: Assignee
    quotes: tuple[Quote, ...]


def owner_of(
    messages: Sequence[Message], people: Sequence[Person], *, is_trouble: bool = False
) -> Owner | None:
    """The last to take it; else the last to be asked; None when neither, or when the asked one declines.

    `messages` are those a task rests on, in the order they were said. Whoever reports a trouble first
    mostly says next what they will try themselves; only outright taking makes them its owner.
    """
    asked: Owner | None = None
    taken: Owner | None = None
    for message in messages:
        for sentence in sentences_of(message.text):
            is_trying = is_trouble and message.author == messages[0].author and not _takes(sentence)
            taken = (None if is_trying else _taken(message, sentence, asked)) or taken
            asked = _asked(message, sentence, people) or asked
        if asked is not None and _declines(message, asked.assignee):
            asked = None
    return taken or asked


def _takes(sentence: Sentence) -> bool:
    return _TAKE.search(sentence.plain) is not None


def _names_work(sentence: Sentence) -> bool:
    """Whether it takes "it", or says what is taken: a bare "sure, I will update" answers something else."""
    return _takes(sentence) or len(terms_of(sentence.text)) >= _NAMES_WORK


def _taken(message: Message, sentence: Sentence, asked: Owner | None) -> Owner | None:
    if sentence.asks or says(Cue.REFUSES, sentence.plain):
        return None
    quote = quote_of(message, sentence)
    author = message.author
    is_asked_one = asked is not None and _is(author.name, author.person_id, asked.assignee)
    if (says(Cue.COMMITS, sentence.plain) and _names_work(sentence)) or (
        is_asked_one and says(Cue.ACCEPTS, sentence.plain)
    ):
        before = asked.quotes if asked is not None and is_asked_one else ()
        return Owner(Assignee(author.name, author.person_id, has_agreed=True), (*before, quote))
    return None


def _asked(message: Message, sentence: Sentence, people: Sequence[Person]) -> Owner | None:
    if not says(Cue.REQUEST, sentence.plain):
        return None
    words = _NAME.findall(sentence.plain)
    near = [*words[:_NEAR], *words[-1:], *(word for word in words if word.startswith("@"))]
    found = {
        person.id: person
        for word in near
        for person in people
        if _answers_to(person, word) and person.id != message.author.person_id
    }
    if len(found) != 1:
        return None
    (person,) = found.values()
    return Owner(Assignee(person.name, person.id), (quote_of(message, sentence),))


def _answers_to(person: Person, word: str) -> bool:
    """Whether a word is that person's user name or, written with a capital, first or full name."""
    bare = word.lstrip("@")
    if person.username and bare.casefold() == person.username.casefold():
        return True
    first = person.name.split(" ")[0]
    is_called = word.startswith("@") or bare[:1].isupper()
    return is_called and bare.casefold() in {first.casefold(), person.name.casefold()}


def _declines(message: Message, assignee: Assignee) -> bool:
    author = message.author
    return _is(author.name, author.person_id, assignee) and says(Cue.REFUSES, straight(message.text))


def _is(name: str, person_id: int | None, assignee: Assignee) -> bool:
    if person_id is not None and assignee.person_id is not None:
        return person_id == assignee.person_id
    return name.casefold() == assignee.name.casefold()
