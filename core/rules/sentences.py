"""Sentences of chat messages, and what is left of one without greeting and filler."""

import re
from dataclasses import dataclass

from core.rules.cues import Cue, phrases_of, says, straight
from core.rules.terms import terms_of

CHATTER_WORDS = 3
"""Words; small talk of so few says nothing else."""
_CODE = re.compile(r"```.*?```", re.DOTALL)
_QUOTED = re.compile(r"^\s*>.*$", re.MULTILINE)
# A line a machine wrote: it starts with a moment, a level or a prompt.
_PRINTED = re.compile(
    r"^\s*(?:\w{3} +\d{1,2} \d\d:\d\d:\d\d|\[?\d{4}[-/]\d\d[-/]\d\d[ T]\d\d:\d\d|\d\d:\d\d:\d\d[.,\]]"
    r"|\[?(?:ERROR|WARN|WARNING|INFO|DEBUG|FATAL|TRACE|SEVERE)\]?[\s:]|(?:time|level|ts)=|at [\w.$]+\("
    r"|Caused by: |Traceback |\S+@\S+[:~]\S*[#$] |\$ \w).*$",
    re.MULTILINE,
)
_BREAK = re.compile(r"(?<=[.!?…])[)\"'»]*\s+|\n+|\s+(?=[•*]\s)|(?<=[a-zа-яіїєґ]{2})\s*:?[)(]{1,}\s+")
# A full stop after these ends no sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|etc|approx|no|mr|mrs|dr|т\.е|т\.д|т\.к|т\.п|тис|тыс|см|напр)|\b\w)\.$",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\[[^\]]{0,80}\]\(https?://\S+?\)|\(?<?https?://[^\s>)]+>?\)?|www\.\S+|\[<-\w+->\]|t\.me/\S+"
)
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\ufe0f\u200d]+|(?<!\\w)[:;=8]-?[)(DPpSо/\\\\|*]+(?!\\w)|:[a-z_+-]{2,30}:|\\){2,}"
)
_MARKUP = re.compile(r"(?<!\w)[*_~]{1,2}(?=\S)|(?<=\S)[*_~]{1,2}(?!\w)|`")
_EMPTY = re.compile(r"\(\s*\)|\[\s*\]")
# What a cut title must not end with.
_LOOSE = re.compile(
    r"\s(?:and|or|but|also|any|the|a|an|to|of|with|in|on|for|at|by|from|as|is|are|that|when|even|still|so|because|which|who"
    r"|where|if|than|into|about|[-–—]|что|чтобы|который|если|при|для|от|до|через|як|щоб|що|якщо|від|через|и|а|но|или|с|в|на|по"
    r"|к|та|і|й|або|з|у|до|за|не|ни|в соответствии|/)$",
    re.IGNORECASE,
)
_GAP = re.compile(r"[\s,]+")
_TRAIL_WORDS = 3
_MENTION = re.compile(r"^\s*@[\w.-]+[\s,:;!-]*")
_TAIL = re.compile(r"[\s.,;:!…\-–—(/]+$|[\s.,;:!…(/-]+(?=\?+$)")
_HEAD = re.compile(r"^[\s.,;:!?…\-–—>()•*/\d]{0,2}(?=[\s.,;:!?…\-–—>()•*/])[\s.,;:!?…\-–—>()•*/]+")


@dataclass(frozen=True)
class Sentence:
    """One sentence: an exact piece of its message's text from `start` on."""

    text: str
    start: int

    @property
    def plain(self) -> str:
        """The text as cues are matched: straight quotation marks, no links, single spaces."""
        return " ".join(_LINK.sub(" ", straight(self.text)).split())

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        bare = _LINK.sub(" ", self.text).rstrip(" )\"'»")
        return bare.endswith("?") or "?!" in bare[-4:]


def sentences_of(text: str) -> list[Sentence]:
    """The sentences of a message, in order; code blocks, printed and quoted lines are left out."""
    hidden = _CODE.sub(_blank, _PRINTED.sub(_blank, _QUOTED.sub(_blank, text)))
    found: list[Sentence] = []
    start = 0
    for cut in [*_BREAK.finditer(hidden), None]:
        end = cut.start() if cut else len(hidden)
        if cut and "\n" not in cut.group() and _ABBREVIATION.search(hidden[start:end]):
            continue
        piece = text[start:end]
        if hidden[start:end].strip():
            found.append(Sentence(piece.strip(), start + len(piece) - len(piece.lstrip())))
        start = cut.end() if cut else end
    return found


def clean(text: str) -> str:
    """A sentence without links, emoji, markup, address, greeting and filler, as people would repeat it."""
    bare = _MARKUP.sub("", _EMOJI.sub(" ", _LINK.sub(" ", straight(text))))
    bare = " ".join(_EMPTY.sub(" ", bare).split())
    before = ""
    while before != bare:
        before = bare
        bare = _without_lead(bare)
    return without_trail(bare)


def _without_lead(text: str) -> str:
    text = _HEAD.sub("", _MENTION.sub("", text))
    text = text.lstrip(" ,;:!-")
    found = phrases_of(Cue.LEAD).match(text)
    if found and (found.end() == len(text) or text[found.end()] in " ,:;!-."):
        return text[found.end() :].lstrip(" ,;:!-.")
    return text


def without_trail(text: str) -> str:
    """Without filler, loose words and punctuation at the end."""
    before = ""
    while before != text:
        before = text
        text = _LOOSE.sub("", _TAIL.sub("", text))
        for start in [gap.end() for gap in _GAP.finditer(text)][-_TRAIL_WORDS:]:
            found = phrases_of(Cue.TRAIL).match(text[start:])
            if found and found.end() == len(text.rstrip("?!")) - start:
                text = text[:start] + text[start + found.end() :]
                break
    return text


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def is_chatter(text: str) -> bool:
    """Whether nothing is left of a text once greetings, thanks and agreement are taken off."""
    bare = straight(_EMOJI.sub(" ", _LINK.sub(" ", text)))
    for cue in (Cue.THANKS, Cue.GREETING, Cue.AGREEMENT, Cue.SMALL_TALK):
        bare = phrases_of(cue).latin.sub(" ", bare)
        bare = phrases_of(cue).cyrillic.sub(" ", bare)
    return not terms_of(bare) or (len(bare.split()) <= CHATTER_WORDS and says(Cue.SMALL_TALK, text))
