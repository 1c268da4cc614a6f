"""The program at work: hearing, speaking, keeping time and working, side by side until it is stopped."""

import asyncio
import signal
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any

import structlog
import typer
from telegram.error import TelegramError

from bot.config import Config
from bot.hear.hearing import Drain, Poller, build_dispatcher
from bot.hear.muting import Muting
from bot.main import App, copies_of, is_on_server, open_app
from bot.schedule import Keeper, Timetable
from bot.speak.asking import asking_as
from bot.speak.masking import mask_lines
from bot.speak.menus import register_menus
from bot.view.commands import command_menu
from bot.view.texts import SOURCE_LANGUAGE, Texts
from core.domain.person import Role
from core.errors import TelegramAway, WorldFailed
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
    poller = Poller(app.hearing, use.inbox, app.wakeups, use.clock, Muting(app.transactions))
    drain = Drain(use, build_dispatcher(use), app.hearing, app.wakeups)
    return [_introduce(app), poller.run(), drain.run(), app.use_cases.delivery.run()]


def _minding(app: App) -> list[Coroutine[Any, Any, None]]:
    """What happens by the clock, and what follows a deletion."""
    minding: list[Coroutine[Any, Any, None]] = [
        Timetable(app.use_cases.schedules).run(),
        Traces(app.scrubber, app.wakeups).run(),
    ]
    if not is_on_server(app.config):
        minding.append(Keeper(copies_of(app.config), app.services.clock).run())
    return minding


def _working(app: App) -> list[Coroutine[Any, Any, None]]:
    readers = [
        _work(app, app.use_cases.work.step, Lane.BATCHES)
        for _ in range(app.config.settings.analysis.concurrency)
    ]
    return [*readers, _work(app, app.use_cases.imports.step, Lane.IMPORTS)]


async def run(config: Config) -> None:
    """The whole program until SIGTERM or SIGINT; prints the owner's link while there is no owner.

    Raises BadConfig for a token Telegram does not know; Telegram being away is waited out.
    """
    mask_lines(config.telegram.token)
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signal_ in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signal_, stopped.set)
    with suppress(TelegramAway):
        await asking_as(config.telegram).bot_name()
    async with open_app(config) as app, running(app), asyncio.TaskGroup() as group:
        telling = group.create_task(_tell_owner_link(app))
        await stopped.wait()
        telling.cancel()


async def _tell_owner_link(app: App) -> None:
    """Print the one-time link while there is no owner; again until Telegram has told the bot's name."""
    while True:
        try:
            link = await app.owner_link()
        except TelegramAway:
            await asyncio.sleep(NAME_RETRY_SECONDS)
            continue
        if link is not None:
            typer.echo(f"Open this link in Telegram; it works once and makes you the owner:\n  {link}")
        return


async def _work(app: App, step: Callable[[], Awaitable[bool]], lane: Lane) -> None:
    """One worker for ever. One of the two outermost loops: a bug in a step must not end the program."""
    while True:
        try:
            did_something = await step()
        except WorldFailed as failure:
            _log.warning("work rests", error=repr(failure))
            await asyncio.sleep(AFTER_FAILURE_SECONDS)
            continue
        except Exception:  # noqa: BLE001 # see above
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
        except (TelegramAway, TelegramError) as error:
            _log.warning("Telegram does not answer yet", error=repr(error))
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
