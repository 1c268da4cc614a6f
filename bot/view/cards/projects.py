"""Where a project stands and how it is set up: status, settings, reviewers, schedule."""

import re

from bot.view.brush import LINE_TITLE_LIMIT, Brush, Rows, rows_of
from bot.view.cards.drafts import NAME_LIMIT
from bot.view.cards.money import bar
from bot.view.cards.runs import tally_line
from bot.view.html import Markup, joined, lines, said
from bot.view.payload import Verb
from core.domain.daily.schedule import Job, Schedule
from core.domain.person import Binding, Chat, Person, ReviewPlace
from core.domain.run import Progress, Run, RunStatus, Tally
from core.domain.showing.shown_lists import ShownStatus
from core.domain.showing.shown_setup import ShownOpening, ShownProject, ShownReviewers, ShownSchedule
from core.ports.chat import Button, Card

PEOPLE = 30
"""Telegram takes 100 buttons; so many people are enough to choose from."""
_CHATS = 12
_ROOMS = 4
_REVIEWERS = 12
_CLOCK = re.compile(r"\d\d:\d\d")
_DAILY = re.compile(r"(?P<minute>\d{1,2}) (?P<hour>\d{1,2}) \* \* (?P<days>\*|mon-fri)")
_TOLD_JOBS = (Job.EXTRACT, Job.ANALYSE, Job.DIGEST)


def status_card(brush: Brush, shown: ShownStatus) -> Card:
    """Open runs, what waits, what is unread, what comes next, and the button for the next step."""
    body = [_open_run(brush, run, progress, tally) for run, progress, tally in shown.runs]
    if not body:
        body = [brush.say("status-idle")]
    waiting = joined(
        " · ",
        (
            brush.say("status-notes", n=shown.pending_notes) if shown.pending_notes else Markup(""),
            brush.say("status-proposals", n=shown.pending_tasks) if shown.pending_tasks else Markup(""),
        ),
    )
    body.append(brush.say("status-waiting", what=waiting) if waiting else brush.say("status-no-waiting"))
    body.append(brush.say("status-unread", n=shown.unread))
    if shown.unstudied_notes:
        body.append(brush.say("status-unstudied", n=shown.unstudied_notes))
    body.append(brush.say("status-tasks", n=shown.open_tasks))
    body.append(_next(brush, shown.schedules))
    return Card(
        lines(brush.say("status-head", project=shown.project.name), *body), _status_rows(brush, shown)
    )


def _open_run(brush: Brush, run: Run, progress: Progress, tally: Tally) -> Markup:
    if run.status is RunStatus.RUNNING:
        told = Markup(f"{bar(progress.done + progress.failed, progress.batches)}")
    else:
        told = tally_line(brush, tally, run.stage)
    line = brush.say("status-run", status=run.status.value, name=run.name, stage=run.stage.value)
    return joined(" · ", (line, told))


def _next(brush: Brush, schedules: tuple[Schedule, ...]) -> Markup:
    due = [(one.next_at, one.job) for one in schedules if one.next_at and one.job in _TOLD_JOBS]
    if not due:
        return Markup("")
    at, job = min(due)
    return brush.say("status-next", job=job.value, at=brush.moment(at))


def _status_rows(brush: Brush, shown: ShownStatus) -> Rows:
    row: list[Button] = []
    if shown.pending_notes or shown.pending_tasks:
        row.append(brush.press(Verb.REVIEW, "button-review"))
    if shown.unread:
        row.append(brush.press(Verb.READ_NEW, "button-read"))
    if shown.unstudied_notes:
        row.append(brush.press(Verb.FIND_TASKS, "button-find-tasks"))
    return rows_of(row, 2)


def project_card(brush: Brush, shown: ShownProject) -> Card:
    """A project's settings, and where its reviewers decide as buttons."""
    project = shown.project
    reviewers = said(", ".join(shown.reviewers[:_REVIEWERS]), LINE_TITLE_LIMIT * 2)
    keywords = said(", ".join(project.keywords), LINE_TITLE_LIMIT)
    html = lines(
        brush.say("project-head", project=project.name, version=project.version),
        said(project.description, LINE_TITLE_LIMIT * 2),
        brush.say("project-time", timezone=project.timezone),
        brush.say("project-reviewers", names=reviewers) if reviewers else brush.say("project-no-reviewers"),
        brush.say("project-keywords", words=keywords) if keywords else Markup(""),
        *(_chat(brush, chat, binding) for chat, binding in shown.chats[:_CHATS]),
        brush.say("project-place"),
    )
    rooms = tuple((_room(brush, room, is_open=is_open),) for room, is_open in shown.rooms[:_ROOMS])
    return Card(html, (place_row(brush, project.place), *rooms))


def opening_card(brush: Brush, shown: ShownOpening) -> Card:
    """Whether a review room may read a chat, or that it does, with the way back."""
    key = "opening-is" if shown.is_open else "opening-may"
    html = brush.say(
        key, room=said(shown.room.title, LINE_TITLE_LIMIT), chat=said(shown.chat.title, LINE_TITLE_LIMIT)
    )
    return Card(html, ((_room(brush, shown.room, is_open=shown.is_open),),))


def _room(brush: Brush, room: Chat, *, is_open: bool) -> Button:
    key = "button-close-chat" if is_open else "button-open-chat"
    return brush.press(Verb.OPEN_CHAT, key, on=str(abs(room.id)), room=room.title)


def _chat(brush: Brush, chat: Chat, binding: Binding) -> Markup:
    use = "both" if binding.is_source and binding.is_review else "review" if binding.is_review else "source"
    return brush.say("project-chat", title=said(chat.title, LINE_TITLE_LIMIT), use=use)


def place_row(brush: Brush, present: ReviewPlace | None) -> tuple[Button, ...]:
    """Where reviewers decide, the present place marked."""
    return tuple(
        brush.choice(Verb.PLACE, brush.label(f"place-{one}"), one, is_chosen=one is present)
        for one in ReviewPlace
    )


def reviewers_card(brush: Brush, shown: ShownReviewers) -> Card:
    """Who decides, as toggles."""
    head = brush.say("reviewers-head", project=shown.project.name)
    return Card(lines(head, brush.say("reviewers-hint")), reviewer_rows(brush, shown.people))


def reviewer_rows(brush: Brush, people: tuple[tuple[Person, bool], ...]) -> Rows:
    """A toggle a person, two a row."""
    toggles = [
        brush.named(
            Verb.REVIEWER,
            f"{'☑' if is_reviewer else '☐'} {person.name or person.handle}",
            on=str(person.id),
        )
        for person, is_reviewer in people[:PEOPLE]
    ]
    return rows_of(toggles, 2)


def schedule_card(brush: Brush, shown: ShownSchedule) -> Card:
    """When things happen by themselves, and how to change it."""
    known = {one.job: one for one in shown.schedules}
    body = [_job(brush, job, known.get(job)) for job in _TOLD_JOBS]
    paused = brush.say("schedule-paused") if shown.project.runs_paused_at else Markup("")
    head = brush.say("schedule-head", project=shown.project.name, timezone=shown.project.timezone)
    return Card(lines(head, *body, paused, brush.say("schedule-hint")))


def _job(brush: Brush, job: Job, schedule: Schedule | None) -> Markup:
    if schedule is None or not schedule.rule or schedule.next_at is None:
        return brush.say("schedule-off", job=job.value)
    rule = rule_words(brush, schedule.rule)
    return brush.say("schedule-job", job=job.value, rule=rule, at=brush.moment(schedule.next_at))


def rule_words(brush: Brush, rule: str) -> Markup:
    """A schedule's rule in words where it is a simple one: `14:00 on workdays`, else as it is."""
    clock = _CLOCK.fullmatch(rule)
    if clock:
        return brush.say("rule-workdays", at=rule)
    cron = _DAILY.fullmatch(rule)
    if cron is None:
        return said(rule, NAME_LIMIT)
    at = f"{int(cron['hour']):02}:{int(cron['minute']):02}"
    return brush.say("rule-daily" if cron["days"] == "*" else "rule-workdays", at=at)
