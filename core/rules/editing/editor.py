"""The built-in editor: what a reply to a card asks to change, word by word, or that it asks nothing.

A clause counts only when every word of it is understood, so that talk stays talk.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from core.domain.knowledge import AtomDraft
from core.domain.patch import Instruction, Patch
from core.domain.proposal import Content
from core.domain.task import TaskDraft, TaskStatus
from core.rules.cues import straight
from core.rules.editing.clauses import read
from core.rules.editing.vocabulary import vocabulary

LONGEST_ANSWER = 80
"""Characters of an answer that says where a task stands: "fixed in #42, thanks"."""
MOST_TAGS = 5
MOST_UNCLEAR = 2
"""More parts than this that change nothing are talk in which a change happens to be named."""
_CLAUSES = re.compile(
    r"\s*(?:[,;\n]+|[.!](?=\s|$)|(?<!\w)(?:and|but|then|и|а|но|та|і|й|але)(?!\w))\s*", re.IGNORECASE
)
_QUOTED = re.compile(r'\s*(?:"([^"\n]+)"|«([^»\n]+)»|„([^“”\n]+)[“”])')
_TAG = re.compile(r"#?(\w[\w-]{0,29})")
_WORD = re.compile(r"@?[\w'-]+")


class RuleEditor:
    """Understands the common changes in English, Russian and Ukrainian; implements `Editor`."""

    async def patch(self, instruction: Instruction) -> Patch | None:
        """What the reply asks to change; None for talk that asks for nothing."""
        text, patch = _verbatim(straight(instruction.text), instruction.content)
        has_order = patch != Patch()
        text, tags = _tags(text, instruction.content)
        has_order = has_order or tags != Patch()
        patch = patch.joined(tags)
        unclear: list[str] = []
        for clause in _clauses_of(text):
            understood = read(clause, instruction)
            if understood is None:
                unclear.append(clause)
                continue
            patch = patch.joined(understood.patch)
            has_order = has_order or understood.is_order
        is_talk = bool(unclear) and (not has_order or len(unclear) > MOST_UNCLEAR)
        if patch == Patch() or is_talk or _only_asks(text):
            return None
        return replace(patch, unclear=tuple(unclear))

    def status_said(self, text: str) -> TaskStatus | None:
        """Where a task stands by a short answer; None for anything else."""
        plain = straight(text).strip()
        if not plain or len(plain) > LONGEST_ANSWER:
            return None
        found = [name for name, way in vocabulary().status.items() if way.fullmatch(plain)]
        return TaskStatus(found[0]) if found else None


def _only_asks(text: str) -> bool:
    """Whether it is a question, and none that asks for a change."""
    return text.rstrip().endswith("?") and not vocabulary().around["asks"].search(text)


def _clauses_of(text: str) -> Iterator[str]:
    for part in _CLAUSES.split(text):
        clause = part.strip(" ?!:")
        if _WORD.search(clause):
            yield clause


def _verbatim(text: str, content: Content) -> tuple[str, Patch]:
    """A title or text that is taken as it stands, and what is left of the reply."""
    kept: list[str] = []
    patch = Patch()
    for line in text.splitlines():
        found = _taken(line, content)
        if found is None:
            kept.append(line)
        else:
            patch = patch.joined(found[1])
            kept.append(found[0])
    return "\n".join(kept), patch


def _taken(line: str, content: Content) -> tuple[str, Patch] | None:
    for name, way in vocabulary().verbatim.items():
        start = way.match(line)
        if start is None:
            continue
        quoted = _QUOTED.match(line, start.end())
        taken = next(filter(None, quoted.groups())) if quoted else line[start.end() :]
        taken = taken.strip().strip('"')
        is_said = bool(start["colon"] or quoted) or " " in start.group().strip() or name != "title"
        if not taken or not is_said:
            continue
        rest = line[quoted.end() :] if quoted else ""
        if name == "title":
            return rest, Patch(title=taken)
        before = _text_of(content)
        return rest, Patch(text="\n".join(filter(None, (before, taken))) if name == "more" else taken)
    return None


def _text_of(content: Content) -> str:
    return content.content if isinstance(content, AtomDraft) else content.description


def _tags(text: str, content: Content) -> tuple[str, Patch]:
    """Tags named as tags at the beginning of a clause, and what is left of the reply."""
    found = _tag_shape().search(text) if isinstance(content, TaskDraft) else None
    if found is None:
        return text, Patch()
    named = tuple(dict.fromkeys(tag.casefold() for tag in _TAG.findall(found["all"])))[:MOST_TAGS]
    left = f"{text[: found.start()]} {text[found.end() :]}"
    return left, Patch(removed=named) if found["blank"] else Patch(added=named)


@cache
def _tag_shape() -> re.Pattern[str]:
    """`add tag login`, `remove the tag ios`, `tags: login, auth`; a bare noun needs its colon."""
    words = vocabulary()
    noun, blank, add = (
        words.fields["tag"].pattern,
        words.around["blank"].pattern,
        words.around["add"].pattern,
    )
    one = r"#?\w[\w-]{0,29}"
    more = rf"(?:\s*,\s*{one}(?=\s*(?:[,;.!\n]|$)))*"
    ordered = rf"(?:(?P<blank>{blank})|{add})\s+(?:the |a )?{noun}\s*[:=]?\s*"
    return re.compile(
        rf"(?:^|(?<=[,;.\n])|(?<=\band )|(?<=\bи )|(?<=\bта ))\s*"
        rf"(?:{ordered}|tag (?:it|this) (?:with |as )?|{noun}\s*[:=]\s*)(?P<all>{one}{more})",
        re.IGNORECASE,
    )
