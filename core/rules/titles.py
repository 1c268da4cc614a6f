"""Titles a person would accept, made of sentences people wrote."""

import re

from core.rules.cues import Cue, infinitives, phrases_of
from core.rules.sentences import clean, without_trail
from core.rules.terms import terms_of

TITLE_MAX = 80
"""Characters of a title."""
TITLE_MIN = 10
MIN_WORDS = 3
MIN_WORK_WORDS = 2
"""Words of a title in Russian or Ukrainian that begins with what is to be done, or of one with an issue's
number: neither needs an article."""
_NUMBERED = re.compile(r"#\d")
MIN_TERMS = 2
_CLAUSE_MIN = 24
"""Characters a title keeps when it is cut at a clause."""
_ASIDE_MIN = 14
"""Characters a title keeps when a second thought is cut off: less, as the whole is the next choice."""
_ASIDE = re.compile(
    r",\s(?=(?:that|which|so|but|because|what|and|any|help|how|why|where|who|(?:i|we|you|my)(?:'\w+)?"
    r"|is|are|do|does|can|could|так|что|кто|как|где|почему|помогите|подскажите|можно|и|а|но|хотя|то"
    r"|що|хто|як|де|чому|допоможіть|підкажіть|можна|і|але|хоча"
    r"|it|they|he|she|он|она|оно|они|він|вона|воно|вони)\s)|\s[-–—]\s(?=(?:это|эта|этот|це|ця|цей)\s)",
    re.IGNORECASE,
)
"""Where a second thought begins."""
# What a sentence begins with when its second part is the thought.
_SUBORDINATE = re.compile(
    r"(?:after|before|when|while|once|since|if|as|for|in|on|at|with|from|during|without|после|когда|если|при"
    r"|для|из-за|до|на|в|с|якщо|коли|після|через|під|у|з)\s",
    re.IGNORECASE,
)
# A word or two before the thought: "separate one, so we need …".
_FALSE_START = re.compile(
    r"(?!(?:for|on|in|at|with|after|before|since|to|from|if|when|на|в|у|для|после|з|після|для|якщо|если|когда)\s)"
    r"[^,]{1,24},\s+(?=(?:so|we|i|i'm|i've|you|they|then|turns out|мы|я|ты|вы|они|ми|ти|ви)\s)",
    re.IGNORECASE,
)
# A verb at the start or joined to it, "те" of politeness apart.
_VERB = re.compile(
    r"(?P<before>^|\s(?:и|й|і|та|а потом|а потім)\s)(?P<verb>[а-яёіїєґ']+?)(?:те)?(?![\w'])", re.IGNORECASE
)
_UKRAINIAN = re.compile("[іїєґ]", re.IGNORECASE)
# Politeness in the middle of a sentence.
_PLEASE = re.compile(r",?\s(?:please|pls|plz|пожалуйста|плиз|плз|будь ласка),?(?=\s)", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
# A sentence that only announces what comes after it.
_ANNOUNCES = re.compile(
    r"(?<!\w)(?:is|are|was|were|follow(?:s|ing)|this|these|that|so|such|like"
    r"|так\w*|вот|следующ\w+|наступн\w+)\s*:$",
    re.IGNORECASE,
)
# Stands for something said before; a title with enough words before it may hold that something itself.
_PRONOUN = re.compile(
    r"(?<!\w)(?:(?<!fixed )(?<!solved )(?<!resolved )it|these|those|them|him|her|they|he|she"
    r"|this(?! (?:week|month|year|sprint|release|morning|evening))|that(?=$|[\s?!.]*$)"
    r"|(?:на|в|во|с|к|о|об|по|из|от|у|для|до|за|при|без) "
    r"(?:нем|нём|нему|ней|них|ним|ними|него|неё|нее|эт\w{1,3}|том|той|того)"
    r"|эт(?:о|от|а|у|и|ого|ому|им|ом|ой|их|ими)|тот|такое|такая|такие|такой|его|её|ее|их|ему|ей|им|он|она|они"
    r"|це(?:й|ю|ї|ього|ьому|им)?|ц(?:я|і|ими|их)|той|таке|таки[йх]|його|її|їх|йому|їй|їм|він|вона|вони"
    r"|нього|неї|ньому)(?!\w)",
    re.IGNORECASE,
)
_ANTECEDENT = 3
"""Meaningful words before an English pronoun among which it finds what it stands for."""
_ANTECEDENT_FAR = 5
"""The same for Russian and Ukrainian, whose pronouns mostly point out of the sentence."""
# Contractions typed without their apostrophe.
_CONTRACTED = re.compile(
    r"(?<!\w)(ca|do|does|did|is|are|was|were|could|would|should|has|have)nt(?!\w)", re.IGNORECASE
)
_SMALL_I = re.compile(r"(?<=\s)i(?=\s|'(?:m|ve|ll|d)\s)")
_PREPOSITION = re.compile(
    r"\s(?=(?:in|on|at|after|before|from|with|for|by|during|under|via"
    r"|в|на|при|после|для|через|с|під|після|з)\s)"
)
# Points at something the title does not have, or at nothing at all.
_POINTING = re.compile(
    r"(?<!\w)(?:following|below|above|attached|(?:do|did|try|tried|use|used|make|made|see|saw|get|got) "
    r"(?:it|this|that|them|these|those)"
    r"|(?:that|this|these|those) (?:errors?|issues?|problems?|bugs?|one|thing)"
    r"|something|anything|any \w+ info|(?:it|this|that|them|there)[?!. ]*$|ниже|выше|нижче|вище"
    r"|следующ\w+|наступн\w+|вот так|ось так"
    r"|так(?:ую|ая|ой|ие|ими?) (?:ошибк|проблем)\w+|(?:надо|нужно|необходимо|треба|потрібно) \w+$"
    r"|эт\w{1,3} ошибк\w+)(?!\w)",
    re.IGNORECASE,
)
# Pasted from a terminal, a log or code.
_MACHINE = re.compile(
    r"^[\[\d']|[{}<>\\=|\u02cb]|\$\w|\S{41,}|::|\w_\w+:|0x[0-9a-f]{4}|\w\(\)|:\s\"|\w: \S+: "
    r"|(?:/[\w.-]+){3}|\.\.\.\s|\d\d:\d\d:\d\d|\w\[\d+\]|#\d+[^\W\d]|\x1b|^[A-Z]{3,} - "
)
# Stems that alone say nothing of what is broken or wanted.
# fmt: off
_VAGUE = frozenset({
    "error", "bug", "fail", "failur", "crash", "occur", "messag", "broken", "issu", "app", "applic",
    "program", "code", "connect", "connection", "refus", "permiss", "deni", "timeout", "thing", "time",
    "screen", "stop", "ошибк", "падает", "пада", "сообщен", "выда", "код", "проблем", "баг", "прилож",
    "помилк", "падають",
})
# fmt: on
_ADVISING = re.compile(
    r"(?<!\w)(?<!do )(?<!did )(?<!that )(?<!which )(?<!what )(?<!where )(?<!how )(?<!if )(?<!when )"
    r"you(?:'ll)? (?:can|could|should|must|may|might|need to|have to|will (?:need|have) to"
    r"|(?:might|may) want to) (?:also |just |simply |always |then |still )?"
    r"(?!(?:not|only|be|have|see|get|want|do|ask|find|you)\b)(?=[a-z])",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"^\s*([\w\[\]|^{}.-]{2,25})\s*[:,]\s+(?=\S)")
_CLAUSE = re.compile(
    r",\s|\s[-–—]\s|;\s|\s\(|:\s|\sand\s(?=(?:i|we)\s)|\s(?=(?:because|but|so that|which|although"
    r"|when|while|since|unless|if|and then|потому что|но|чтобы|который|так как|тому що|але|щоб|який)\s)"
)


def titles_of(
    text: str, *, names: frozenset[str] = frozenset(), by_clause: bool = False, is_work: bool = False
) -> list[str]:
    """Titles of at most 80 characters a sentence offers, best first; none when none stands by itself.

    First the sentence, shortened; then, `by_clause`, its clauses in order. `names` are casefolded names
    people are addressed by; one at the start is left off. A title that `is_work` begins with an infinitive
    where people said "обновлю" or "обнови".
    """
    if _ANNOUNCES.search(text.strip()):
        return []
    bare = _PLEASE.sub("", _opened(unaddressed(text, names)))
    bare = _as_work(bare) if is_work else bare
    clauses = [_opened(clean(part)) for part in _CLAUSE.split(bare)] if by_clause else []
    titles = [title for one in (bare, *clauses) for title in _shortened(_balanced(one))]
    return [_written(title) for title in dict.fromkeys(titles) if _stands(title)]


def clause_from(text: str, position: int, *, is_whole: bool = True) -> str:
    """A sentence from the start of the clause that holds `position`; whole when it may be and is short."""
    if is_whole and len(text) <= TITLE_MAX:
        return text
    starts = [cut.end() for cut in _CLAUSE.finditer(text) if cut.end() <= position]
    return text[starts[-1] :] if starts else text


def advised(text: str) -> str:
    """What "you can", "you need to" and the like are followed by; "" when the text advises nobody so."""
    found = _ADVISING.search(text)
    return text[found.end() :] if found else ""


def _opened(text: str) -> str:
    """Without openings that say who speaks rather than what: "we decided: we will …" has two."""
    while opening := phrases_of(Cue.OPENING).match(text) or _false_start(text):
        text = clean(text[opening.end() :])
    return text


def _false_start(text: str) -> re.Match[str] | None:
    found = _FALSE_START.match(text)
    return found if found and len(terms_of(found.group())) <= 1 else None


def _written(bare: str) -> str:
    """As people write a title: a capital, apostrophes where they belong."""
    bare = _SMALL_I.sub("I", _CONTRACTED.sub(r"\1n't", bare))
    return bare if bare[:2].upper() != bare[:2] and bare[1:2].isupper() else bare[0].upper() + bare[1:]


def _stands(title: str) -> bool:
    words = title.split()
    return (
        (TITLE_MIN if _NUMBERED.search(title) is None else 1) <= len(title) <= TITLE_MAX
        and len(words) >= _least_words(title)
        and len(set(terms_of(title))) >= MIN_TERMS
        and phrases_of(Cue.DANGLING).match(title) is None
        and (title.endswith("?") or not _begins_question(title))
        and _POINTING.search(title) is None
        and not _leans(title)
        and _MACHINE.search(title) is None
        and any(term not in _VAGUE for term in terms_of(title))
    )


def _begins_question(title: str) -> bool:
    """Whether it begins as a question does; "can't" and "don't" begin none."""
    found = phrases_of(Cue.QUESTION_START).match(title)
    return found is not None and title[found.end() : found.end() + 1] != "'"


def _least_words(title: str) -> int:
    is_work = phrases_of(Cue.WORK).cyrillic.match(title) is not None or _NUMBERED.search(title) is not None
    return MIN_WORK_WORDS if is_work else MIN_WORDS


def _as_work(text: str) -> str:
    """With infinitives for the verb it begins with and those joined to it."""
    known = infinitives("uk" if _UKRAINIAN.search(text) else "ru")
    first = _VERB.match(text)
    if first is None or first["verb"].casefold() not in known:
        return text
    return _VERB.sub(
        lambda found: found["before"] + known.get(found["verb"].casefold(), found["verb"]), text
    )


def _leans(title: str) -> bool:
    """Whether it speaks of something it does not name."""
    found = _PRONOUN.search(title)
    if found is None:
        return False
    needed = _ANTECEDENT if found.group().isascii() else _ANTECEDENT_FAR
    return len(set(terms_of(title[: found.start()]))) < needed


def _shortened(text: str) -> list[str]:
    """A sentence up to its second thought, and as a whole; each cut where it may be when it is too long."""
    aside = None if _SUBORDINATE.match(text) else _ASIDE.search(text, _ASIDE_MIN)
    return [_cut(text[: aside.start()]), _cut(text)] if aside else [_cut(text)]


def _cut(title: str) -> str:
    if len(title) > TITLE_MAX:
        title = _IN_BRACKETS.sub("", title)
    if len(title) <= TITLE_MAX:
        return without_trail(title)
    for joint in (_CLAUSE, _PREPOSITION):
        cuts = [cut.start() for cut in joint.finditer(title) if _CLAUSE_MIN <= cut.start() <= TITLE_MAX]
        if cuts:
            return without_trail(title[: cuts[-1]])
    return title


def _balanced(title: str) -> str:
    """Without a bracket or quotation mark that has lost its partner."""
    if title.count("(") != title.count(")"):
        title = title.replace("(", "").replace(")", "")
    return title.replace('"', "") if title.count('"') % 2 else title


def unaddressed(text: str, names: frozenset[str]) -> str:
    """A sentence cleaned, the name it is addressed to left off; `names` are casefolded."""
    return _without_name(clean(text), names)


def _without_name(text: str, names: frozenset[str]) -> str:
    found = _ADDRESS.match(text)
    if found and found.group(1).casefold() in names:
        return clean(text[found.end() :])
    return text
