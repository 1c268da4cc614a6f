"""Settings, what people follow, and hint, as samples."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from core.domain.hints import Hint
from core.domain.history import Change
from core.domain.ids import Kind, PersonId, Ref
from core.domain.knobs import Knob, Knobs
from core.domain.showing.shown import Shown
from core.domain.showing.shown_following import ShownHint, ShownNews, ShownWatches, ShownWeek
from core.domain.showing.shown_setup import ShownProject
from core.domain.showing.view_following import Answered, HintCard, NewsCard, WatchesCard, WeekCard
from core.domain.showing.view_settings import PAGES, ProjectCard, SettingsPage
from core.domain.trust import Share
from core.domain.watching import News, Watched
from tests.bot.view.samples import CHATS, DIGEST, NOW, PROJECT, ago, task, uid

VALUES = {
    Knob.NAME: "Mobile", Knob.DESCRIPTION: "Our apps", Knob.KEYWORDS: "login, push", Knob.COMPONENTS: "",
    Knob.GLOSSARY: "WAU: weekly active users", Knob.LANGUAGE: "en", Knob.TIMEZONE: "Europe/Kyiv",
    Knob.EXTRACT: "0 14 * * mon-fri", Knob.ANALYSE: "off", Knob.DIGEST: "09:00", Knob.WEEKLY: "0 9 * * mon",
    Knob.DIGEST_IN_GROUP: "off", Knob.PLACE: "direct", Knob.CARDS_PER_RUN: "10",
    Knob.TICK_CONFIDENCE: "0.75", Knob.PROPOSE_FROM: "0.5", Knob.AUTO_APPROVE: "question, bug",
    Knob.QUEUE_LIMIT: "100", Knob.EXPIRE_DAYS: "14", Knob.REJECTION_MEMORY_DAYS: "30",
    Knob.QUIET_FROM: "20:00", Knob.QUIET_UNTIL: "09:00", Knob.WEEKENDS: "off", Knob.MESSAGES_PER_DAY: "3",
    Knob.RETENTION_DAYS: "180",
}  # fmt: skip
OWN = replace(PROJECT, knobs=Knobs(propose_from=0.5, auto_approve=("bug", "question"), expire_days=14))
KINDS = {"bug": Share(109, 110), "decision": Share(12, 20), "question": Share(80, 80)}


def _turned(number: int, knob: str, was: str, now: str, by: str = "Ann") -> Change:
    item = Ref(Kind.PROJECT, PROJECT.id)
    return Change(
        uid(number), item, ago(hours=number), "configured", by, PersonId(1), {knob: was}, {knob: now}
    )


HISTORY = (
    _turned(1, "tick_confidence", "", "0.9"),
    _turned(2, "extract", "0 14 * * mon-fri", "off"),
    _turned(3, "reviewers", "", "Max"),
    _turned(4, "place", "direct", "room"),
    _turned(5, "digest_in_group", "on", "off", by=""),
)


def _page(page: SettingsPage, knob: Knob | None = None) -> ShownProject:
    kinds = KINDS if knob is Knob.AUTO_APPROVE else {}
    return ShownProject(ProjectCard(PROJECT.id, page, knob), OWN, (), values=VALUES, kinds=kinds)


_HINT = HintCard(PROJECT.id, Knob.PROPOSE_FROM, "55", 1, 19)
_FREE = HintCard(PROJECT.id, Knob.AUTO_APPROVE, "question", 80, 80)


def _hint(view: HintCard) -> ShownHint:
    return ShownHint(view, OWN, Hint(view.knob, view.value, Share(view.hits, view.of)))


_NEWS = NewsCard(PROJECT.id, (Watched.RUNS, Watched.TASKS), NOW - timedelta(hours=4), NOW)
FOLLOWING: Mapping[str, Shown] = {
    **{f"settings {page}": _page(page) for page in PAGES},
    **{f"settings {knob}": _page(page, knob) for page, knobs in PAGES.items() for knob in knobs},
    "settings history": ShownProject(
        ProjectCard(PROJECT.id, SettingsPage.HISTORY), OWN, (), history=HISTORY, pages=2
    ),
    "settings history, none": ShownProject(ProjectCard(PROJECT.id, SettingsPage.HISTORY), OWN, ()),
    "watches": ShownWatches(WatchesCard(PROJECT.id), PROJECT, frozenset({Watched.RUNS})),
    "watches, in a group": ShownWatches(WatchesCard(PROJECT.id), PROJECT, None),
    "news": ShownNews(
        _NEWS,
        PROJECT,
        News((("R-24", "completed"), ("R-25", "failed")), {"approved": 3, "rejected": 1}, ("T-42",)),
        (task(),),
        withheld=1,
    ),
    "news, much": ShownNews(
        _NEWS,
        PROJECT,
        News(tuple((f"R-{number}", "closed") for number in range(9)), {}, ()),
        tuple(task(number) for number in range(1, 12)),
    ),
    "week": ShownWeek(
        WeekCard(PROJECT.id, DIGEST.day),
        DIGEST,
        CHATS,
        is_for_reviewers=True,
        done=4,
        open_tasks=7,
        overdue=2,
    ),
    "week, for members": ShownWeek(WeekCard(PROJECT.id, DIGEST.day), DIGEST, CHATS, is_for_reviewers=False),
    "hint, a threshold": _hint(_HINT),
    "hint, a threshold for nothing": _hint(replace(_HINT, hits=0)),
    "hint, taken": _hint(replace(_HINT, answered=Answered.YES)),
    "hint, left": _hint(replace(_HINT, answered=Answered.NO)),
    "hint, a kind": _hint(_FREE),
    "hint, a kind, taken": _hint(replace(_FREE, answered=Answered.YES)),
}
