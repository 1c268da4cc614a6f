"""The prefilter's judgement: how much a message carries for knowledge and tasks."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.message import Message
from core.domain.person import Project
from core.rules.cues import Cue, says, straight
from core.rules.referents import is_reference
from core.rules.sensitive import is_sensitive
from core.rules.sentences import is_chatter
from core.rules.terms import terms_of

WEIGHTS: tuple[tuple[Cue, float], ...] = (
    (Cue.PROBLEM, 1.6),
    (Cue.DECISION, 1.6),
    (Cue.WANTED, 1.8),
    (Cue.NEEDED, 1.6),
    (Cue.REQUEST, 1.5),
    (Cue.COMMITS, 1.9),
    (Cue.INSIGHT, 0.9),
    (Cue.SOLUTION, 0.8),
    (Cue.REVERSAL, 0.6),
    (Cue.URGENT, 0.5),
    (Cue.NEEDS_ANSWER, 0.9),
    (Cue.CONFIRMS, 0.8),
    (Cue.SMALL_TALK, -1.3),
)
"""Log-odds by hand: what the analysis can use raises them, chatter lowers them."""
BIAS = -3.0
LENGTH = 0.33
"""Log-odds a meaningful word, up to `LENGTH_MOST` words."""
LENGTH_MOST = 8
QUESTION = 0.7
KEYWORD = 1.2
MENTION = 0.3
REFERENCE = 2.2
"""An issue by its number or link: what is said next is about it."""
CHATTER_SIGNAL = 0.02
BOT_LINES = 12
"""Lines; longer machine-looking text is a log."""
_LOG_LINE = re.compile(
    r"^\s*(?:\d{2,4}[-/:.]\d{2}|at |\[|\$ |#|[A-Z]+[:\s]|\S+\.(?:go|py|js|java|c|rb):\d+)"
)
_ONLY_LINK = re.compile(r"^\W*(?:<?https?://\S+>?\W*)+$")


@dataclass(frozen=True)
class RuleNoise:
    """The Noise port: words and shape of each message by itself, one logistic score."""

    def signal(self, messages: Sequence[Message], project: Project) -> list[float]:
        """How much each carries, in [0, 1]; bots, bare links, logs and small talk are near 0."""
        keywords = tuple(word.casefold() for word in (*project.keywords, *project.components))
        return [_signal(message, keywords) for message in messages]

    def withholds(self, message: Message) -> bool:
        """Pay, health, hiring, dismissal, quarrels, judgements of people and credentials."""
        return is_sensitive(message.text)


def _signal(message: Message, keywords: tuple[str, ...]) -> float:
    text = straight(message.text)
    if message.author.is_bot or _is_empty_talk(text) or says(Cue.BOT_LOG, text):
        return CHATTER_SIGNAL
    score = BIAS + LENGTH * min(len(terms_of(text)), LENGTH_MOST)
    score += sum(weight for cue, weight in WEIGHTS if says(cue, text))
    score += QUESTION if "?" in text else 0.0
    score += MENTION if message.mentions else 0.0
    score += REFERENCE if is_reference(text) else 0.0
    score += KEYWORD if any(keyword in text.casefold() for keyword in keywords) else 0.0
    return 1.0 / (1.0 + math.exp(-score))


def _is_empty_talk(text: str) -> bool:
    if is_reference(text):
        return _is_log(text)
    return _ONLY_LINK.match(text) is not None or _is_log(text) or is_chatter(text)


def _is_log(text: str) -> bool:
    """Pasted machine output: many lines, most of them machine-shaped."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < BOT_LINES:
        return False
    return sum(_LOG_LINE.match(line) is not None for line in lines) * 2 > len(lines)
