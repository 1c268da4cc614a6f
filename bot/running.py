"""The program at work: hearing, speaking, keeping time and working, side by side until it is stopped."""

import asyncio
import signal
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any

import structlog
import typer
from structlog.contextvars import clear_contextvars
from telegram.error import TelegramError

from bot.config import Config, secrets_of
from bot.hear.hearing import Drain, build_dispatcher
from bot.hear.waiting import Waiting
from bot.listening import listening
from bot.main import App, copies_of, open_app
from bot.schedule import Keeper, Timetable
from bot.speak.asking import asking_as
from bot.speak.masking import write_lines
from bot.speak.menus import register_menus
from bot.trouble import SET_CLOCK, damaged, drift_of, ensure_same_bot, ensure_whole
from bot.view.commands import command_menu
from bot.view.texts import SOURCE_LANGUAGE, Texts
from bot.world import SystemClock
from core.domain.person import Role
from core.errors import TelegramAway, WorldFailed
from core.ports.meter import Part
from core.ports.world import Lane
from core.services.access.rights import reviewers_of
from core.services.privacy.traces import Traces

WORK_IDLE_SECONDS = 5.0
"""How long an idle worker sleeps when nobody wakes it."""
AFTER_FAILURE_SECONDS = 2.0
NAME_RETRY_SECONDS = 30.0

_log = structlog.get_logger(__name__)


@asynccontextmanager
async def running(app: App) -> AsyncGenerator[None]:
    """Hearing, speaking, keeping time and working while the block runs."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(task) for task in (*_talking(app), *_minding(app), *_working(app))]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()


def _talking(app: App) -> list[Coroutine[Any, Any, None]]:
    use = app.services
    waiting = Waiting(use)
    drain = Drain(use, build_dispatcher(use), app.hearing, app.wakeups, waiting)
    return [_introduce(app), *listening(app, waiting), drain.run(), app.use_cases.delivery.run()]


def _minding(app: App) -> list[Coroutine[Any, Any, None]]:
    """What happens by the clock, what follows a deletion, and the end where going on helps nobody."""
    keeper = Keeper(copies_of(app.config), app.services.clock)
    traces = Traces(app.scrubber, app.wakeups)
    return [Timetable(app.use_cases.schedules).run(), keeper.run(), traces.run(), _end_when_damaged(app)]


async def _end_when_damaged(app: App) -> None:
    await app.engine.damaged.wait()
    raise damaged(app.config)


def _working(app: App) -> list[Coroutine[Any, Any, None]]:
    readers = [
        _work(app, app.use_cases.work.step, Lane.BATCHES)
        for _ in range(app.config.settings.analysis.concurrency)
    ]
    return [*readers, _work(app, app.use_cases.imports.step, Lane.IMPORTS)]


async def run(config: Config) -> None:
    """The whole program until SIGTERM or SIGINT; prints the owner's link while there is no owner.

    Raises BadConfig for a token Telegram does not know, or no longer, or which is another bot's, and for a
    damaged database; Telegram being away is waited out.
    """
    write_lines(secrets_of(config), as_json=not sys.stdout.isatty())
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signal_ in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signal_, stopped.set)
    await ensure_whole(config)
    with suppress(TelegramAway):
        await _ask_telegram(config)
    async with open_app(config) as app:
        await ensure_same_bot(app)
        async with running(app), asyncio.TaskGroup() as group:
            telling = group.create_task(_tell_owner_link(app))
            await stopped.wait()
            telling.cancel()


async def _ask_telegram(config: Config) -> None:
    """Whether it knows the token, and what time it has; raises BadConfig, TelegramAway."""
    me = await asking_as(config.telegram).me()
    drift = drift_of(me.server_time, SystemClock().now())
    if drift:
        _log.warning("this machine's clock is off", by=drift, mend=SET_CLOCK)


async def _tell_owner_link(app: App) -> None:
    """Print the one-time link while there is no owner; again until it could be made."""
    while True:
        try:
            link = await app.owner_link()
        except WorldFailed as failure:
            _log.warning("the owner's link has to wait", error=repr(failure))
            await asyncio.sleep(NAME_RETRY_SECONDS)
            continue
        if link is not None:
            typer.echo(f"Open this link in Telegram; it works once and makes you the owner:\n  {link}")
        return


async def _work(app: App, step: Callable[[], Awaitable[bool]], lane: Lane) -> None:
    """One worker for ever. One of the two outermost loops: a bug in a step must not end the program."""
    while True:
        clear_contextvars()
        try:
            did_something = await step()
        except WorldFailed as failure:
            app.meter.failed(Part.WORKING, failure)
            _log.warning("work rests", error=repr(failure))
            await asyncio.sleep(AFTER_FAILURE_SECONDS)
            continue
        except Exception as broken:  # noqa: BLE001 # see above
            app.meter.failed(Part.WORKING, broken)
            # A batch's lease runs out, and after its last attempt it is told as failed.
            _log.exception("work broke", lane=lane)
            await asyncio.sleep(AFTER_FAILURE_SECONDS)
            continue
        if not did_something:
            await app.wakeups.wait(lane, WORK_IDLE_SECONDS)


async def _introduce(app: App) -> None:
    """Learn the bot's name, register the menus; again until Telegram answers."""
    while True:
        try:
            await _introduced(app)
        except (WorldFailed, TelegramError) as error:
            _log.warning("the menus have to wait", error=repr(error))
            await asyncio.sleep(NAME_RETRY_SECONDS)
        else:
            return


async def _introduced(app: App) -> None:
    if not app.identity.username:
        await app.learn_name()
    async with app.transactions.reading() as tx:
        projects = await tx.projects.list_all()
        people = {person for project in projects for person in await reviewers_of(tx, project)}
        known = await tx.people.list_ids(people)
    started = [person.id for person in known.values() if person.has_direct_chat]
    # Reading the sentences takes a while, and the first updates need not wait for it.
    members, reviewers = await asyncio.to_thread(_menus, app.services.texts)
    await register_menus(app.speaking, members, reviewers, started)


def _menus(texts: Texts) -> list[list[tuple[str, str]]]:
    return [command_menu(texts, SOURCE_LANGUAGE, role) for role in (Role.MEMBER, Role.REVIEWER)]
