"""What people follow: the choice, the news, the week; and hint."""

from bot.view.brush import LINE_TITLE_LIMIT, Brush, Rows, rows_of
from bot.view.cards.digests import atoms_line, left_out_line, tasks_line, waiting_line
from bot.view.cards.lists import withheld_line
from bot.view.cards.settings import kind_words, value_words
from bot.view.cards.tasks import short_facts
from bot.view.html import Markup, joined, lines, plain, said
from bot.view.payload import Verb
from core.domain.knobs import Knob
from core.domain.showing.shown_following import ShownHint, ShownNews, ShownWatches, ShownWeek
from core.domain.showing.view_following import Answered
from core.domain.watching import SETTLED, Watched
from core.ports.chat import Card

_RUNS = 4
_TASKS = 6
_VALUE_LIMIT = 60


def watches_card(brush: Brush, shown: ShownWatches) -> Card:
    """What can be followed, as toggles."""
    toggles = [
        brush.named(Verb.WATCH, f"{_box(shown, one)}{brush.label(f'watch-what-{one}')}", on=one)
        for one in Watched
    ]
    hint = brush.say("watch-hint" if shown.followed is not None else "watch-hint-group")
    return Card(lines(brush.say("watch-head", project=shown.project.name), hint), rows_of(toggles, 2))


def _box(shown: ShownWatches, what: Watched) -> str:
    if shown.followed is None:
        return ""
    return "☑ " if what in shown.followed else "☐ "


def news_card(brush: Brush, shown: ShownNews) -> Card:
    """Runs that ended, proposals counted, tasks with where they stand."""
    body = [*_runs(brush, shown), _proposals(brush, shown), *_tasks(brush, shown)]
    if shown.withheld:
        body.append(withheld_line(brush, shown.withheld))
    return Card(lines(brush.say("news-head", project=shown.project.name), *body))


def _runs(brush: Brush, shown: ShownNews) -> list[Markup]:
    runs = shown.news.runs
    told = [brush.say("news-run", name=said(name, 20), ended=ended) for name, ended in runs[-_RUNS:]]
    more = len(runs) - len(told)
    return [*told, brush.say("digest-more", n=more)] if more else told


def _proposals(brush: Brush, shown: ShownNews) -> Markup:
    counts = shown.news.proposals or {}
    told = [brush.say(f"news-as-{one}", n=counts[one]) for one in SETTLED if counts.get(one)]
    return brush.say("news-proposals", what=joined(", ", told)) if told else Markup("")


def _tasks(brush: Brush, shown: ShownNews) -> list[Markup]:
    told = [
        brush.say(
            "news-task", name=task.name, title=said(task.whole.title, LINE_TITLE_LIMIT),
            status=brush.say(f"task-status-{task.status}"), facts=short_facts(brush, task),
        )
        for task in shown.tasks[:_TASKS]
    ]  # fmt: skip
    more = len(shown.tasks) - len(told)
    return [*told, brush.say("digest-more", n=more)] if more else told


def week_card(brush: Brush, shown: ShownWeek) -> Card:
    """What was decided, found and done in a week, and what is open, in at most twelve lines."""
    digest = shown.digest
    head = brush.say("week-head", project=digest.project.name, day=brush.day(shown.view.monday))
    body = [
        atoms_line(brush, digest.decided, "digest-decided", (shown.chats, shown.replaced)),
        tasks_line(brush, digest.tasks, shown.chats),
        atoms_line(brush, digest.questions, "digest-open", (shown.chats, shown.replaced)),
        _standing(brush, shown),
    ]
    if shown.is_for_reviewers:
        body += [waiting_line(brush, digest), left_out_line(brush, digest)]
    return Card(lines(head, *body), _week_rows(brush, shown))


def _standing(brush: Brush, shown: ShownWeek) -> Markup:
    counts = (("week-done", shown.done), ("week-open", shown.open_tasks), ("week-overdue", shown.overdue))
    told = joined(" · ", (brush.say(key, n=n) for key, n in counts if n))
    return brush.say("week-standing", what=told) if told else Markup("")


def _week_rows(brush: Brush, shown: ShownWeek) -> Rows:
    if not (shown.is_for_reviewers and shown.digest.waiting):
        return ()
    return ((brush.press(Verb.REVIEW, "button-review-now"),),)


def hint_card(brush: Brush, shown: ShownHint) -> Card:
    """What decisions say, what taking it would cost, and the tap that takes it."""
    if shown.view.answered is not Answered.NOT_YET:
        return Card(_answered(brush, shown))
    hint, project = shown.hint, shown.project.name
    if hint.knob is Knob.PROPOSE_FROM:
        told = brush.say(
            "hint-threshold", project=project, below=said(hint.value, 10),
            right=hint.share.hits, n=hint.share.of,
        )  # fmt: skip
        cost, key = brush.say("hint-lost", n=hint.lost_a_month), "button-hint-hide"
    else:
        told = brush.say(
            "hint-free", project=project, kind=kind_words(brush, hint.value),
            right=hint.share.hits, n=hint.share.of, low=hint.share.bounds[0],
        )  # fmt: skip
        cost, key = Markup(""), "button-hint-free"
    yes = brush.press(Verb.HINTED, key, on="yes")
    no = brush.press(Verb.HINTED, "button-hint-no", on="no")
    return Card(lines(told, cost, brush.say("hint-owner")), ((yes, no),))


def _answered(brush: Brush, shown: ShownHint) -> Markup:
    knob = Markup(plain(brush.say(f"knob-{shown.view.knob}")))
    if shown.view.answered is Answered.NO:
        return brush.say("hint-declined", knob=knob)
    held = shown.project.knobs.told.get(shown.view.knob, "")
    value = value_words(brush, shown.view.knob, held, _VALUE_LIMIT)
    return brush.say("hint-taken", knob=knob, value=value)
