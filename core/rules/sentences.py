"""Sentences of chat messages, and titles a person would accept made of them."""

import re
from dataclasses import dataclass

from core.rules.cues import Cue, phrases_of, says, straight
from core.rules.terms import terms_of

TITLE_MAX = 80
"""Characters of a title."""
TITLE_MIN = 10
MIN_WORDS = 3
MIN_TERMS = 2
_CLAUSE_MIN = 24
"""Characters a title keeps when it is cut at a clause."""
_CODE = re.compile(r"```.*?```", re.DOTALL)
_QUOTED = re.compile(r"^\s*>.*$", re.MULTILINE)
_BREAK = re.compile(r"(?<=[.!?…])[)\"'»]*\s+|\n+|\s+(?=[•*]\s)|(?<=[a-zа-яіїєґ]{2})\s*:?[)(]{1,}\s+")
# A full stop after these ends no sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|etc|approx|no|mr|mrs|dr|т\.е|т\.д|т\.к|т\.п|тис|тыс|см|напр)|\b\w)\.$",
    re.IGNORECASE,
)
_LINK = re.compile(r"\[[^\]]{0,80}\]\(https?://\S+?\)|<?https?://[^\s>]+>?|www\.\S+|\[<-\w+->\]|t\.me/\S+")
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\ufe0f\u200d]+|(?<!\\w)[:;=8]-?[)(DPpSо/\\\\|*]+(?!\\w)|:[a-z_+-]{2,30}:|\\){2,}"
)
_MARKUP = re.compile(r"(?<!\w)[*_~]{1,2}(?=\S)|(?<=\S)[*_~]{1,2}(?!\w)|`")
_ASIDE = re.compile(r",\s(?=(?:that|which|so|but|because|what|and)\s)")
"""Where a second thought begins."""
_PREPOSITION = re.compile(
    r"\s(?=(?:in|on|at|after|before|from|with|for|by|during|under|via|в|на|при|после|для|через|с|під|після|з)\s)"
)
_EMPTY = re.compile(r"\(\s*\)|\[\s*\]")
# Points at something the title does not have, or at nothing at all.
_POINTING = re.compile(
    r"(?<!\w)(?:following|below|above|attached|(?:do|did|try|tried|use|used|make|made|see|saw|get|got) "
    r"(?:it|this|that|them|these|those)"
    r"|(?:that|this|these|those) (?:errors?|issues?|problems?|bugs?|one|thing)"
    r"|(?:it|this|that|them)$|ниже|выше|нижче|вище|следующ\w+|наступн\w+|эт\w{1,3} ошибк\w+)(?!\w)",
    re.IGNORECASE,
)
# Pasted from a terminal, a log or code.
_MACHINE = re.compile(r"^[\[\d]|[{}<>\\=|]|\$\w|\S{41,}|::|\w_\w+:|0x[0-9a-f]{4}|\w\(\)")
# Stems that alone say nothing of what is broken or wanted.
_VAGUE = frozenset(
    {"error", "bug", "fail", "crash", "occur", "messag", "broken", "issu", "ошибк", "падает", "помилк"}
)
# What a cut title must not end with.
_LOOSE = re.compile(
    r"\s(?:and|or|but|also|any|the|a|an|to|of|with|in|on|for|at|by|from|as|is|are|that|when|и|а|но|или|с|в|на|по"
    r"|к|та|і|й|або|з|у|до|за|не|ни|в соответствии|/)$",
    re.IGNORECASE,
)
_GAP = re.compile(r"[\s,]+")
_TRAIL_WORDS = 3
_MENTION = re.compile(r"^\s*@[\w.-]+[\s,:;!-]*")
_ADDRESS = re.compile(r"^\s*([\w\[\]|^{}.-]{2,25})\s*[:,]\s+(?=\S)")
_TAIL = re.compile(r"[\s.,;:!…\-–—(/]+$|[\s.,;:!…(/-]+(?=\?+$)")
_HEAD = re.compile(r"^[\s.,;:!?…\-–—>()•*/\d]{0,2}(?=[\s.,;:!?…\-–—>()•*/])[\s.,;:!?…\-–—>()•*/]+")
_CLAUSE = re.compile(
    r",\s|\s[-–—]\s|;\s|\s\(|:\s|\s(?=(?:because|but|so that|which|although|when|while|since|unless"
    r"|and then|потому что|но|чтобы|который|так как|тому що|але|щоб|який)\s)"
)


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
    """The sentences of a message, in order; code blocks and quoted lines are left out."""
    hidden = _CODE.sub(_blank, _QUOTED.sub(_blank, text))
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
    return _without_trail(bare)


def titles_of(text: str, *, names: frozenset[str] = frozenset(), by_clause: bool = False) -> list[str]:
    """Titles of at most 80 characters a sentence offers, best first; none when none stands by itself.

    First the sentence, shortened; then, `by_clause`, its clauses in order. `names` are casefolded names
    people are addressed by; one at the start is left off.
    """
    bare = _opened(_without_name(clean(text), names))
    clauses = (
        [_opened(clean(part)) for part in _CLAUSE.split(bare)]
        if by_clause and len(bare) > TITLE_MAX
        else []
    )
    titles = [_shortened(_balanced(one)) for one in (bare, *clauses)]
    return [_capital(title) for title in dict.fromkeys(titles) if _stands(title)]


def clause_from(text: str, position: int) -> str:
    """A sentence from the start of the clause that holds `position`; whole when it is short enough."""
    if len(text) <= TITLE_MAX:
        return text
    starts = [cut.end() for cut in _CLAUSE.finditer(text) if cut.end() <= position]
    return text[starts[-1] :] if starts else text


def _opened(text: str) -> str:
    """Without openings that say who speaks rather than what: "we decided: we will …" has two."""
    while opening := phrases_of(Cue.OPENING).match(text):
        text = clean(text[opening.end() :])
    return text


def _capital(bare: str) -> str:
    return bare if bare[:2].upper() != bare[:2] and bare[1:2].isupper() else bare[0].upper() + bare[1:]


def _stands(title: str) -> bool:
    words = title.split()
    return (
        TITLE_MIN <= len(title) <= TITLE_MAX
        and len(words) >= MIN_WORDS
        and len(set(terms_of(title))) >= MIN_TERMS
        and phrases_of(Cue.DANGLING).match(title) is None
        and (title.endswith("?") or phrases_of(Cue.QUESTION_START).match(title) is None)
        and _POINTING.search(title) is None
        and _MACHINE.search(title) is None
        and any(term not in _VAGUE for term in terms_of(title))
    )


def _shortened(title: str) -> str:
    aside = _ASIDE.search(title, _CLAUSE_MIN)
    title = title[: aside.start()] if aside else title
    if len(title) <= TITLE_MAX:
        return title
    for joint in (_CLAUSE, _PREPOSITION):
        cuts = [cut.start() for cut in joint.finditer(title) if _CLAUSE_MIN <= cut.start() <= TITLE_MAX]
        if cuts:
            return _without_trail(title[: cuts[-1]])
    return title


def _balanced(title: str) -> str:
    """Without a bracket or quotation mark that has lost its partner."""
    if title.count("(") != title.count(")"):
        title = title.replace("(", "").replace(")", "")
    return title.replace('"', "") if title.count('"') % 2 else title


def _without_lead(text: str) -> str:
    text = _HEAD.sub("", _MENTION.sub("", text))
    text = text.lstrip(" ,;:!-")
    found = phrases_of(Cue.LEAD).match(text)
    if found and (found.end() == len(text) or text[found.end()] in " ,:;!-."):
        return text[found.end() :].lstrip(" ,;:!-.")
    return text


def _without_trail(text: str) -> str:
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


def _without_name(text: str, names: frozenset[str]) -> str:
    found = _ADDRESS.match(text)
    if found and found.group(1).casefold() in names:
        return clean(text[found.end() :])
    return text


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def is_chatter(text: str) -> bool:
    """Whether nothing is left of a text once greetings, thanks and agreement are taken off."""
    bare = straight(_EMOJI.sub(" ", _LINK.sub(" ", text)))
    for cue in (Cue.THANKS, Cue.GREETING, Cue.AGREEMENT, Cue.SMALL_TALK):
        bare = phrases_of(cue).latin.sub(" ", bare)
        bare = phrases_of(cue).cyrillic.sub(" ", bare)
    return not terms_of(bare) or (len(bare.split()) <= MIN_WORDS and says(Cue.SMALL_TALK, text))
