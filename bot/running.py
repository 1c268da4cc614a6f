"""The program at work: hearing, speaking, keeping time and working, side by side until it is stopped."""

import asyncio
import gc
import signal
import sys
from collections.abc import AsyncGenerator, Callable, Collection, Coroutine
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any

import structlog
import typer
from telegram.error import TelegramError

from bot.config import Config, secrets_of
from bot.databases import copies_of, deletions_of, is_on_server
from bot.hear.hearing import Drain, build_dispatcher
from bot.hear.stream.waiting import Waiting
from bot.listening import Written, answering, polling
from bot.main import App, open_app
from bot.schedule import Keeper, Timetable
from bot.shift import FINISH_SECONDS, Shift
from bot.speak.asking import asking_as
from bot.speak.masking import write_lines
from bot.speak.menus import Menus, register_menus
from bot.trouble import SET_CLOCK, damaged, drift_of, ensure_same_bot, ensure_whole
from bot.view.commands import command_menu
from bot.view.texts import LANGUAGES, SOURCE_LANGUAGE, Texts
from bot.world import SystemClock, is_gone
from core.domain.duty import EVERY_DUTY, Duty
from core.domain.person import Role
from core.errors import TelegramAway, WorldFailed
from core.ports.shortcuts import Shortcuts
from core.services.access.rights import reviewers_of
from core.services.privacy.traces import Traces
from core.services.sharing.seats import BEAT_SECONDS

IDLE_SECONDS = 5.0
"""How long whoever is idle sleeps when nobody wakes it."""
TICK_SECONDS = 1.0
"""The same where others are at work and nothing carries a wake-up: answers wait for this look."""
NAME_RETRY_SECONDS = 30.0
LOOK_SECONDS = 1.0
SHORTCUT_SECONDS = 600.0
"""How often it is seen whether search by likeness needs a shortcut; many notes do not come in minutes."""

COLLECTIONS = (5_000, 20, 50)
"""New objects before the youngest are looked through, such looks before the middle ones are, and those
before all are. A look at all stops everything for tens of milliseconds, and hardly any garbage lives so
long: with Python's (700, 10, 10) the p99 of a press was 48 ms on SQLite where it is 26."""

_log = structlog.get_logger(__name__)

Endless = Coroutine[Any, Any, None]


@asynccontextmanager
async def running(app: App, duties: frozenset[Duty] = EVERY_DUTY) -> AsyncGenerator[None]:
    """What this process does, while the block runs; then what is in hand is finished or given back."""
    await _forget_again(app)
    seats, shift = app.use_cases.seats, Shift(app, partial(_idle_seconds, app, duties))
    # Who cannot write now takes its seat at the next beat.
    with suppress(WorldFailed):
        await seats.clear(is_gone)
        await seats.beat(duties)
    _rest_collector()
    async with asyncio.TaskGroup() as group:
        endless = [group.create_task(one) for one in _endless(app, duties)]
        working = [group.create_task(one) for one in _working(app, duties, shift)]
        keeping = group.create_task(shift.keep_leases())
        try:
            yield
        finally:
            shift.leave()
            for task in endless:
                task.cancel()
            await _end(working)
            keeping.cancel()
    with suppress(WorldFailed):
        await seats.leave()


def _rest_collector() -> None:
    """Leave out of collections what is built by now and stays, and make full ones rare."""
    gc.freeze()
    gc.set_threshold(*COLLECTIONS)


async def _forget_again(app: App) -> None:
    """Before anybody can see it: a server's database is put back by programs that know no deletions."""
    count = await app.use_cases.forgetting.catch_up(deletions_of(app.config).list_all())
    if count:
        _log.warning("what was deleted after this database was copied is deleted again", deletions=count)


def _idle_seconds(app: App, duties: frozenset[Duty]) -> float:
    has_others = duties != EVERY_DUTY or bool(app.use_cases.seats.others())
    return TICK_SECONDS if has_others and app.carrier is None else IDLE_SECONDS


def _endless(app: App, duties: frozenset[Duty]) -> list[Endless]:
    """What may be cancelled at any moment."""
    waiting, written = Waiting(app.services), Written()
    of_duty: dict[Duty, Callable[[], list[Endless]]] = {
        Duty.HEAR: lambda: [_hear(app, waiting)],
        Duty.SPEAK: lambda: [app.use_cases.delivery.run(partial(_idle_seconds, app, duties))],
        Duty.SCHEDULE: lambda: _minding(app),
        Duty.WORK: list,
    }
    is_hearing = Duty.HEAR in duties
    return [
        _introduce(app, with_menus=is_hearing),
        _keep_seats(app, duties, written),
        _end_when_damaged(app),
        answering(app, waiting, written, hears=is_hearing),
        *(one for duty in duties for one in of_duty[duty]()),
    ]


def _working(app: App, duties: frozenset[Duty], shift: Shift) -> list[Endless]:
    """What ends once its shift is over."""
    workers = shift.workers() if Duty.WORK in duties else []
    if app.carrier is not None:
        workplace = shift.workplace() if Duty.WORK in duties else None
        workers.append(app.carrier.run(shift.leaving, workplace))
    return workers


async def _end(working: Collection[asyncio.Task[None]]) -> None:
    """Let what is in hand be finished; what takes too long is cancelled, and gives its batch back."""
    if not working:
        return
    _, late = await asyncio.wait(working, timeout=FINISH_SECONDS)
    for task in late:
        task.cancel()
    if late:
        _log.warning("work is given back unfinished", count=len(late))


def _minding(app: App) -> list[Endless]:
    """What happens by the clock, and what follows a deletion."""
    minding: list[Coroutine[Any, Any, None]] = [
        Timetable(app.use_cases.schedules).run(),
        Traces(app.scrubber, app.wakeups).run(),
    ]
    if not is_on_server(app.config):
        minding.append(Keeper(copies_of(app.config), app.services.clock).run())
    if app.shortcuts is not None:
        minding.append(_keep_shortcuts(app.shortcuts))
    return minding


async def _keep_shortcuts(shortcuts: Shortcuts) -> None:
    while True:
        await asyncio.sleep(SHORTCUT_SECONDS)
        try:
            await shortcuts.keep()
        except WorldFailed as failure:
            _log.warning("search stays as quick as it is for now", error=repr(failure))


async def _end_when_damaged(app: App) -> None:
    await app.engine.damaged.wait()
    raise damaged(app.config)


async def _hear(app: App, waiting: Waiting) -> None:
    """Poll and drain while it is this process's turn, else stand by: updates of a chat have an order."""
    seats, has_told = app.use_cases.seats, False
    while True:
        if seats.is_first(Duty.HEAR):
            has_told = False
            await _hear_in_turn(app, waiting)
        elif not has_told:
            has_told = True
            _log.warning(
                "another `triagram run` hears for this database; this one stands by, and hears as soon as"
                " that one ends"
            )
        await asyncio.sleep(LOOK_SECONDS)


async def _hear_in_turn(app: App, waiting: Waiting) -> None:
    use = app.services
    drain = Drain(use, build_dispatcher(use), app.hearing, app.wakeups, waiting)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one) for one in (*polling(app, waiting), drain.run())]
        while app.use_cases.seats.is_first(Duty.HEAR):  # noqa: ASYNC110 # a row is looked at
            await asyncio.sleep(LOOK_SECONDS)
        for task in tasks:
            task.cancel()


async def _keep_seats(app: App, duties: frozenset[Duty], written: Written) -> None:
    seats = app.use_cases.seats
    while True:
        await asyncio.sleep(BEAT_SECONDS)
        try:
            if any(map(is_gone, seats.others())):
                await seats.clear(is_gone)
            await seats.beat(duties)
            written.error = None
        except WorldFailed as failure:
            written.error = failure
            # Who cannot write cannot act either: what was seen last stays.
            _log.warning("seats are not kept for now", error=repr(failure))


async def run(config: Config, duties: frozenset[Duty] = EVERY_DUTY) -> None:
    """The whole program, or these duties of it, until SIGTERM or SIGINT.

    Prints the owner's link while there is no owner, where it hears. Raises BadConfig for a token Telegram
    does not know, or no longer, or which is another bot's, and for a damaged database; Telegram being away
    is waited out.
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
        async with running(app, duties), asyncio.TaskGroup() as group:
            telling = group.create_task(_tell_owner_link(app)) if Duty.HEAR in duties else None
            await stopped.wait()
            if telling is not None:
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


async def _introduce(app: App, *, with_menus: bool) -> None:
    """Learn the bot's name, register the menus; again until Telegram answers."""
    while True:
        try:
            if not app.identity.username:
                await app.learn_name()
            if with_menus:
                await _register_menus(app)
        except (WorldFailed, TelegramError) as error:
            _log.warning("the menus have to wait", error=repr(error))
            await asyncio.sleep(NAME_RETRY_SECONDS)
        else:
            return


async def _register_menus(app: App) -> None:
    async with app.transactions.reading() as tx:
        projects = await tx.projects.list_all()
        people = {person for project in projects for person in await reviewers_of(tx, project)}
        known = await tx.people.list_ids(people)
    started = {person.id: person.language[:2] for person in known.values() if person.has_direct_chat}
    # Reading the sentences takes a while, and the first updates need not wait for it.
    menus = await asyncio.to_thread(_menus, app.services.texts)
    await register_menus(app.speaking, menus.pop(SOURCE_LANGUAGE), menus, started)


def _menus(texts: Texts) -> dict[str, Menus]:
    return {
        code: Menus(command_menu(texts, code, Role.MEMBER), command_menu(texts, code, Role.REVIEWER))
        for code in LANGUAGES
    }
