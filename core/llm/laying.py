"""How what is to be read is laid out: numbered, fenced as data, within a budget of tokens."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count
from zoneinfo import ZoneInfo

from core.domain.conversation import Conversation, Reading, Recalled, Study
from core.domain.ids import MessageKey
from core.domain.knowledge import Atom
from core.domain.message import Message
from core.domain.person import Project
from core.domain.proposal import Proposal
from core.domain.task import Task
from core.llm.prompting import language_named
from core.llm.tokens import fitting, tokens_of

KNOWN_SHARE = 0.35
"""At most this part of the room goes to what is known already; the rest is for what is to be read."""
_LEAST_MESSAGE = 200
"""Tokens a single message is always given, however little room there is."""
_OVERLAP = 3
"""Messages of one part that are shown again, as said earlier, with the next."""
_CONTENT = 300


@dataclass(frozen=True)
class Laid:
    """A prompt, and what its numbers stand for; `given` is what of the known went along."""

    text: str
    messages: Mapping[int, Message] = field(default_factory=dict[int, Message])
    atoms: Mapping[int, Atom] = field(default_factory=dict[int, Atom])
    given: Recalled = Recalled()


def fenced(text: str, *, name: str, beside: str = "") -> str:
    """Text between marks that stand nowhere in it, so that nothing in it can end them.

    Nor do they stand in what goes along `beside`, so that nothing there can pass for it.
    """
    tags = chain([name], (f"{name}-{number}" for number in count(2)))
    tag = next(tag for tag in tags if f"{tag}>" not in text and f"{tag}>" not in beside)
    return f"<{tag}>\n{text}\n</{tag}>"


def laid_reading(reading: Reading, room: int) -> Laid:
    """One conversation with what is known of it; the room is in tokens."""
    conversation = reading.conversation
    messages = dict(enumerate((*conversation.context, *conversation.messages), start=1))
    known, atoms, given = _known(reading.recalled, int(room * KNOWN_SHARE), first_note=1)
    subjects = "; ".join(topic.name for topic in reading.topics[:60])
    known = block("Known subjects: " + subjects if subjects else "", known)
    earlier = len(conversation.context)
    zone = reading.project.timezone
    lines = _said(messages, zone, room)
    chat = block(
        block("Said earlier, for understanding only:", *lines[:earlier]) if earlier else "",
        "The new conversation:",
        *lines[earlier:],
    )
    text = block(
        facts(reading.project),
        fenced(known, name="known") if known else "",
        fenced(chat, name="chat"),
    )
    return Laid(text, messages, atoms, given)


def laid_study(study: Study, room: int) -> Laid:
    """The notes of one subject with the messages they rest on and what is known; the room is in tokens."""
    atoms = dict(enumerate(study.atoms, start=1))
    messages = dict(enumerate(_resting(study), start=1))
    numbers = {message.key: number for number, message in messages.items()}
    known, others, given = _known(
        replace(study.recalled, atoms=_others(study)), int(room * KNOWN_SHARE), first_note=len(atoms) + 1
    )
    notes = [
        _note(number, atom, sorted({numbers[key] for key in atom.evidence.keys if key in numbers}))
        for number, atom in atoms.items()
    ]
    people = ", ".join(person.name for person in study.people[:40])
    said = fitting(_said(messages, study.project.timezone, room), int(room * (1 - KNOWN_SHARE)))
    text = block(
        facts(study.project),
        fenced(known, name="known") if known else "",
        fenced(block(*notes), name="notes"),
        fenced(block(f"People: {people}" if people else "", *said), name="chat"),
    )
    return Laid(text, messages, {**atoms, **others}, given)


def parts_of(reading: Reading, room: int) -> list[Reading]:
    """The conversation in as few parts as fit the room in tokens; each shows the end of the one before."""
    budget = int(room * (1 - KNOWN_SHARE))
    groups: list[list[Message]] = [[]]
    spent = 0
    for message in reading.conversation.messages:
        tokens = min(tokens_of(message.text) + 20, budget)
        if groups[-1] and spent + tokens > budget:
            groups.append([])
            spent = 0
        groups[-1].append(message)
        spent += tokens
    return _parts(reading, groups)


def halves_of(reading: Reading) -> list[Reading]:
    """The conversation in two halves; raises ValueError for a single message."""
    messages = reading.conversation.messages
    if len(messages) < 2:  # noqa: PLR2004 # two halves
        raise ValueError(len(messages))
    middle = len(messages) // 2
    bare = replace(reading, conversation=replace(reading.conversation, context=()))
    return _parts(bare, [list(messages[:middle]), list(messages[middle:])])


def _parts(reading: Reading, groups: Sequence[Sequence[Message]]) -> list[Reading]:
    parts: list[Reading] = []
    context = reading.conversation.context
    for group in groups:
        parts.append(replace(reading, conversation=Conversation(tuple(group), context)))
        context = tuple(group[-_OVERLAP:])
    return parts


def block(*lines: str) -> str:
    """The lines that are not empty, one below the other."""
    return "\n".join(line for line in lines if line)


def facts(project: Project) -> str:
    """What is said of a project in every question: its name, language, words."""
    glossary = "; ".join(f"{term}: {meaning}" for term, meaning in sorted(project.glossary.items()))
    return block(
        f"Project: {project.name}" + (f". {project.description}" if project.description else ""),
        f"Write titles and texts in: {language_named(project.language)}",
        f"Its words: {', '.join(project.keywords)}" if project.keywords else "",
        f"Its components: {', '.join(project.components)}" if project.components else "",
        f"Its glossary: {glossary}" if glossary else "",
    )


def _said(messages: Mapping[int, Message], timezone: str, room: int) -> list[str]:
    """A message a line, its further lines set in: none of them can pass for a message of its own."""
    numbers = {message.key: number for number, message in messages.items()}
    most = max(_LEAST_MESSAGE, int(room * (1 - KNOWN_SHARE)))
    return [_line(number, one, numbers, timezone, most) for number, one in messages.items()]


def _line(
    number: int, message: Message, numbers: Mapping[MessageKey, int], timezone: str, most: int
) -> str:
    at = message.sent_at.astimezone(ZoneInfo(timezone))
    answered = None
    if message.reply_to is not None:
        answered = numbers.get(MessageKey(message.key.chat_id, message.reply_to))
    about = [
        f"answers [{answered}]" if answered else "",
        f"forum topic {message.thread_id}" if message.thread_id is not None else "",
        "forwarded" if message.is_forwarded else "",
    ]
    told = ", ".join(part for part in about if part)
    text = message.text.encode()[: most * 3].decode(errors="ignore")
    return f"[{number}] {at:%a %Y-%m-%d %H:%M} {one_line(message.author.name)}" + (
        f" ({told}): {set_in(text)}" if told else f": {set_in(text)}"
    )


def one_line(text: str) -> str:
    """White space made single spaces."""
    return " ".join(text.split())


def set_in(text: str) -> str:
    """Every line after the first set in."""
    return "\n    ".join(text.splitlines())


def _note(number: int, atom: Atom, messages: Sequence[int]) -> str:
    rests = " ".join(f"[{one}]" for one in messages)
    text = f"N{number} {atom.type}: {one_line(atom.title)}" + (f" (rests on {rests})" if rests else "")
    return block(text, "    " + set_in(atom.content) if atom.content != atom.title else "")


def _resting(study: Study) -> list[Message]:
    """The messages the notes at hand rest on, in the order they were said."""
    wanted = {key for atom in study.atoms for key in atom.evidence.keys}
    return [message for message in study.messages if message.key in wanted]


def _others(study: Study) -> tuple[Atom, ...]:
    """Other notes: what was recalled, then those in force that rest on the same messages first."""
    at_hand = {atom.id for atom in study.atoms}
    return tuple(atom for atom in study.recalled.atoms if atom.id not in at_hand)


def _known(recalled: Recalled, budget: int, *, first_note: int) -> tuple[str, dict[int, Atom], Recalled]:
    """What is known, within a budget shared evenly: past proposals first, as they prevent repeats."""
    quarter = budget // 4
    proposals = fitting((_proposal(one) for one in recalled.proposals), budget - 3 * quarter)
    tasks = fitting((_task(one) for one in recalled.tasks), quarter)
    notes = fitting(
        (f"- {_known_note(number, atom)}" for number, atom in enumerate(recalled.atoms, first_note)),
        quarter,
    )
    talk = fitting(
        (f"- {one_line(one.author.name)}: {short(one.text)}" for one in recalled.messages), quarter
    )
    given = Recalled(
        recalled.proposals[: len(proposals)],
        recalled.atoms[: len(notes)],
        recalled.tasks[: len(tasks)],
        recalled.messages[: len(talk)],
    )
    text = block(
        *_headed("Proposed before; do not propose these again:", proposals),
        *_headed("Tasks there are:", tasks),
        *_headed("Notes there are:", notes),
        *_headed("Said long before, not to be quoted:", talk),
    )
    return text, dict(enumerate(given.atoms, first_note)), given


def _headed(head: str, lines: Iterable[str]) -> list[str]:
    found = list(lines)
    return [head, *found] if found else []


def _proposal(one: Proposal) -> str:
    reason = one.review.reason if one.review else None
    became = f"{one.status}, {reason}" if reason else f"{one.status}"
    return f"- {one.kind} ({became}): {short(one.title)}"


def _task(one: Task) -> str:
    return f"- {one.name} ({one.status}): {short(one.whole.title)}"


def _known_note(number: int, atom: Atom) -> str:
    state = "" if atom.valid_until is None else ", no longer in force"
    more = f" — {short(atom.content)}" if atom.content and atom.content != atom.title else ""
    return f"N{number} {atom.type}{state}: {short(atom.title)}{more}"


def short(text: str) -> str:
    """One line of at most 300 characters."""
    return one_line(text)[:_CONTENT]
