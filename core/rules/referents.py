"""What "it" is where a team goes through its issues: the pull request or issue spoken of just before."""

import re
from dataclasses import dataclass

from core.rules.cues import Cue, phrases_of, straight
from core.rules.sentences import Sentence
from core.rules.talk import Talk, Turn

BACK = 8
"""Messages before a sentence among which it finds what it speaks of."""
_REFERENCE = re.compile(
    r"https?://[^\s)]+/(?P<kind>pull|pulls|merge_requests|issues?)/#?(?P<number>\d{1,7})"
    r"|(?<![\w&/#])#(?P<bare>\d{1,7})(?![\w;])",
)
_IT = re.compile(
    r"(?<!\w)(?:it|this one|that one|this|that|them)(?=$|[\s.,;:!?)]*$|,? (?:now|soon|tomorrow|today"
    r"|tonight|asap|on|by|before|until|after|if|once|when|and|for|in|this|next|over|again|as)(?!\w))",
    re.IGNORECASE,
)
_FEW = 1
"""Words between the verb and "it" that still leave it the verb's own object."""


@dataclass(frozen=True)
class Referent:
    """An issue or pull request by its number, and the sentence that names it."""

    name: str
    turn: Turn
    sentence: Sentence


def is_reference(text: str) -> bool:
    """Whether a text names an issue or a pull request."""
    return _REFERENCE.search(text) is not None


def referent_of(talk: Talk, turn: Turn) -> Referent | None:
    """The one issue named last before a message, or in it; None when none or several are."""
    for one in reversed(talk.turns[max(0, turn.index - BACK) : turn.index + 1]):
        found = {name: sentence for sentence in one.sentences for name in _names(sentence.text)}
        if found:
            (name, sentence), *others = found.items()
            return None if others else Referent(name, one, sentence)
    return None


def resolved(text: str, referent: Referent) -> str:
    """Work on "it" with what that is; unchanged when the first work it names is not on "it"."""
    plain = straight(text)
    verb = phrases_of(Cue.WORK).search(plain)
    found = _IT.search(plain, verb.end()) if verb else None
    if verb is None or found is None or len(plain[verb.end() : found.start()].split()) > _FEW:
        return text
    return plain[: found.start()] + referent.name + plain[found.end() :]


def _names(text: str) -> list[str]:
    """Numbers as people say them, each once; a link's own copy of its number is the same number."""
    kinds: dict[str, str] = {}
    for found in _REFERENCE.finditer(text):
        number = found["number"] or found["bare"]
        if found["kind"] or number not in kinds:
            kinds[number] = "pull request " if found["kind"] in {"pull", "pulls", "merge_requests"} else ""
    return [f"{kind}#{number}" for number, kind in kinds.items()]
