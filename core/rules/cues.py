"""What a text gives away by its words: lists by language in `words/`, compiled once."""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import TypedDict

LANGUAGES = ("en", "ru", "uk")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[a-z0-9+]", re.IGNORECASE)
# Typographic and Ukrainian apostrophes and the back tick, double quotation marks, the no-break space.
_STRAIGHT = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u02bc": "'", "`": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " "}
)


class Cue(StrEnum):
    """What a phrase may say; each is a list in `words/<language>.toml`, explained in `en.toml`."""

    PROBLEM = "problem"
    NO_PROBLEM = "no_problem"
    CONFIRMS = "confirms"
    REPEATS = "repeats"
    TROUBLE = "trouble"
    BUG_NAMED = "bug_named"
    SETUP = "setup"
    SHOWN = "shown"
    CHANGED = "changed"
    CIRCUMSTANCE = "circumstance"
    HAVE_OTHERS = "have_others"
    HOW_TO = "how_to"
    WISHES = "wishes"
    WAY = "way"
    PART = "part"
    OTHER_THAN = "other_than"
    NAMES_FEATURE = "names_feature"
    BEGINS_WORK = "begins_work"
    BEGINS_ASKING = "begins_asking"
    WANTS_TO_KNOW = "wants_to_know"
    ASKS_PEOPLE = "asks_people"
    HOPES = "hopes"
    OF_ONESELF = "of_oneself"
    SOLUTION = "solution"
    DECISION = "decision"
    UNDECIDED = "undecided"
    RUNS_TALK = "runs_talk"
    REVERSAL = "reversal"
    REQUEST = "request"
    NEEDED = "needed"
    WANTED = "wanted"
    COMMITS = "commits"
    ONES_OWN = "ones_own"
    TEAMS = "teams"
    NOT_NEEDED = "not_needed"
    ONCE = "once"
    AT_ONCE = "at_once"
    ABLE = "able"
    TRIES = "tries"
    ACCEPTS = "accepts"
    REFUSES = "refuses"
    INSIGHT = "insight"
    DONE = "done"
    FINISHED = "finished"
    DEADLINE = "deadline"
    DONE_WHEN = "done_when"
    EXPECTED = "expected"
    CRITICAL = "critical"
    URGENT = "urgent"
    MINOR = "minor"
    IMPROVES = "improves"
    BUILDS = "builds"
    WORK = "work"
    NEEDS_ANSWER = "needs_answer"
    OWNERLESS = "ownerless"
    QUESTION_START = "question_start"
    SMALL_TALK = "small_talk"
    GREETING = "greeting"
    THANKS = "thanks"
    AGREEMENT = "agreement"
    CALLS = "calls"
    OF_SELF = "of_self"
    TO_YOU = "to_you"
    GOES_ON = "goes_on"
    LEAD = "lead"
    TRAIL = "trail"
    DANGLING = "dangling"
    OPENING = "opening"
    BOT_LOG = "bot_log"
    SENSITIVE = "sensitive"


class _Subject(TypedDict, total=False):
    name: str
    icon: str
    words: list[str]


class _Words(TypedDict):
    cues: dict[str, list[str]]
    subjects: dict[str, _Subject]
    terms: dict[str, list[str]]
    forms: dict[str, list[str]]
    general: dict[str, str]


@dataclass(frozen=True)
class Subject:
    """A matter teams talk about: its key, its names by language, its icon and its words."""

    key: str
    names: dict[str, str]
    icon: str
    words: "Phrases"

    def name_in(self, language: str) -> str:
        """Its name in a language, in English where that language has none."""
        return self.names.get(language, self.names["en"])


@dataclass(frozen=True)
class Phrases:
    """Phrases of one meaning, by script: most texts need only one of the two searched."""

    latin: re.Pattern[str]
    cyrillic: re.Pattern[str]

    def search(self, text: str) -> re.Match[str] | None:
        """The first place one of them stands as whole words, None when nowhere."""
        if _LATIN.search(text) and (found := self.latin.search(text)):
            return found
        return self.cyrillic.search(text) if _CYRILLIC.search(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        """One of them at the very start."""
        return self.latin.match(text) or self.cyrillic.match(text)

    def count(self, text: str) -> int:
        """How many times they stand in the text."""
        latin = len(self.latin.findall(text)) if _LATIN.search(text) else 0
        return latin + (len(self.cyrillic.findall(text)) if _CYRILLIC.search(text) else 0)


def straight(text: str) -> str:
    """The text with plain quotation marks and spaces; every character keeps its place."""
    return text.translate(_STRAIGHT)


def says(cue: Cue, text: str) -> bool:
    """Whether a text, straightened before, holds a phrase of that meaning."""
    return phrases_of(cue).search(text) is not None


@cache
def phrases_of(cue: Cue) -> Phrases:
    """The phrases of one cue in all languages."""
    words = {language: _words(language)["cues"].get(cue.value, []) for language in LANGUAGES}
    return _phrases(words["en"], words["ru"] + words["uk"])


@cache
def subjects() -> tuple[Subject, ...]:
    """The matters teams commonly talk about, in the order of `en.toml`."""
    by_language = {language: _words(language)["subjects"] for language in LANGUAGES}
    return tuple(_subject(key, by_language) for key in by_language["en"])


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing about the matter, casefolded, of all languages."""
    return frozenset(word for language in LANGUAGES for word in _words(language)["terms"]["stop"])


@cache
def infinitives(language: str) -> dict[str, str]:
    """Verbs as people take or ask for work, casefolded, to the title's infinitive.

    A form two languages share gives that language's infinitive; one it has not, the other's.
    """
    return {
        form: infinitive
        for one in (*LANGUAGES, language)
        for infinitive, forms in _words(one)["forms"].items()
        for form in forms
    }


@cache
def general_name(language: str) -> str:
    """What the subject without a name is called."""
    known = language if language in LANGUAGES else "en"
    return _words(known)["general"]["name"]


def _subject(key: str, by_language: dict[str, dict[str, _Subject]]) -> Subject:
    there = {language: table[key] for language, table in by_language.items() if key in table}
    words = {language: one.get("words", []) for language, one in there.items()}
    return Subject(
        key=key,
        names={language: one.get("name", key) for language, one in there.items()},
        icon=there["en"].get("icon", "📁"),
        words=_phrases(words["en"], words.get("ru", []) + words.get("uk", [])),
    )


def _phrases(latin: list[str], cyrillic: list[str]) -> Phrases:
    return Phrases(_compiled(latin), _compiled(cyrillic))


def _compiled(phrases: list[str]) -> re.Pattern[str]:
    # An empty list must match nothing.
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases) or '(?!)'})(?!\w)", re.IGNORECASE)


@cache
def _words(language: str) -> _Words:
    text = resources.files("core.rules.words").joinpath(f"{language}.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    return _Words(
        cues=tables["cues"],
        subjects=tables["subjects"],
        terms=tables["terms"],
        forms=tables.get("forms", {}),
        general=tables["general"],
    )
