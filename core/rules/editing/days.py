"""Days people name when they change a date: whole clauses, nothing else beside them."""

import re
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from core.domain.patch import Instruction
from core.rules.deadlines import due_of, weekdays_in
from core.rules.editing.vocabulary import left_of, vocabulary, without

_WORD = re.compile(r"@?[\w'-]+")
_WEEK = 7
_NEXT_WEEK = re.compile(
    r"next week|(?:на |следующ\w+ |наступн\w+ )+(?:недел\w+|тижн\w+|тиждень)", re.IGNORECASE
)


def day_in(clause: str, instruction: Instruction) -> date | None:
    """The day a clause names, when it says nothing else."""
    bare, _ = without(vocabulary().fields["due"], clause)
    bare, _ = without(vocabulary().around["order"], bare)
    said = " ".join(bare.split()).strip(" :=-—→")
    for tried in (said, _stripped(said)):
        for form in (tried, f"by {tried}", f"до {tried}", f"в {tried}"):
            due = due_of(form, instruction.at, instruction.timezone, is_work=True)
            if due is not None and not left_of(form.replace(due.phrase, " "))[0]:
                return due.on
    return _same_day(said, instruction) or _some_week(said, instruction)


def _stripped(said: str) -> str:
    """Without the little words before it: `it to Friday` is Friday."""
    small = vocabulary().around["small"]
    while (found := small.match(said)) is not None and found.end() < len(said):
        said = said[found.end() :].strip()
    return said


def _same_day(said: str, instruction: Instruction) -> date | None:
    """A weekday said on that very day is the next one: today would be called today."""
    today = instruction.at.astimezone(ZoneInfo(instruction.timezone)).date()
    words = [word for word in _WORD.findall(said) if not vocabulary().around["small"].fullmatch(word)]
    is_today = len(words) == 1 and today.weekday() in weekdays_in(said)
    return today + timedelta(days=_WEEK) if is_today else None


def _some_week(said: str, instruction: Instruction) -> date | None:
    """`next week` is its Friday, as `by the end of next week` is."""
    if not _NEXT_WEEK.search(said) or left_of(_NEXT_WEEK.sub(" ", said))[0]:
        return None
    due = due_of("by end of next week", instruction.at, instruction.timezone, is_work=True)
    return None if due is None else due.on
