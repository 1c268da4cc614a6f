"""What the doctor looks at, and in which order: configuration, machine, database, Telegram, chats."""

import os
import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import typer

from bot import databases, main
from bot.config import Config, TelegramConfig, ensure_token, load_config
from bot.doctor.checks import (
    TELEGRAM,
    Line,
    Seen,
    away_line,
    backup_line,
    carrier_line,
    chat_line,
    clock_line,
    config_line,
    consumer_line,
    database_line,
    disk_line,
    inbox_line,
    model_line,
    queue_line,
    token_line,
    vectors_line,
    webhook_line,
)
from bot.doctor.models import model_lines
from bot.main import App
from bot.speak.asking import asking_as
from bot.work.joining import ask_queue
from bot.world import SystemClock
from core.domain.daily.schedule import Job
from core.domain.person import Chat, ChatState
from core.domain.run import Batch, BatchStatus, RunStatus
from core.errors import BadConfig, NotFound, StorageFailed, TelegramAway
from core.ports.world import Clock
from core.rules.embedding import WordLlamaEmbedder, WordVectors

POLL_SECONDS = 5
"""Long enough for another long poll to come back and end ours with a 409."""
GRACE = timedelta(seconds=10)
"""How late a bot that runs may be with its half-minute job."""
_MOST_WAITING = 1000
_UNDONE = frozenset({BatchStatus.WAITING, BatchStatus.CLAIMED})
_STANDS_ON = frozenset({"token", TELEGRAM})
"""Lines without which nothing can be asked about chats."""


async def examine(path: Path | None, *, poll_seconds: int = POLL_SECONDS) -> int:
    """Prints every line as it is known; returns 0 when all is fine, else 1.

    Args:
        path: The configuration's file; None is `config.toml` here, or the defaults without one.
        poll_seconds: How long to listen for another consumer of the token.
    """
    is_fine = True
    async for line in look(path, poll_seconds=poll_seconds):
        typer.echo(f"{'✓' if line.is_fine else '✗'} {line.what}: {line.says}")
        if not line.is_fine:
            typer.echo(f"    → {line.mend}")
        is_fine = is_fine and line.is_fine
    return 0 if is_fine else 1


async def look(path: Path | None, *, poll_seconds: int = POLL_SECONDS) -> AsyncGenerator[Line]:
    """Everything the doctor looks at, one after another; what stands on a broken thing is left out."""
    try:
        config = load_config(path, os.environ)
    except BadConfig as wrong:
        yield config_line(wrong)
        return
    yield config_line(None)
    if not databases.is_on_server(config):
        yield disk_line(shutil.disk_usage(_folder_of(config.database.url)).free)
    words = WordLlamaEmbedder(WordVectors())
    yield vectors_line(words.name, (await words.embed(["login"]))[0])
    yield model_line(config.settings.llm.analyst, config.settings.llm.model)
    database = await _database(config)
    yield database
    async with _opened(config, is_whole=database.is_fine) as app:
        async for line in _lines_of(config, app, poll_seconds):
            yield line


async def _database(config: Config) -> Line:
    if not databases.is_on_server(config) and not _file_of(config.database.url).exists():
        return database_line(StorageFailed("missing", "there is none yet"))
    try:
        await databases.check(config)
    except (BadConfig, StorageFailed) as wrong:
        return database_line(wrong)
    return database_line(None)


@asynccontextmanager
async def _opened(config: Config, *, is_whole: bool) -> AsyncGenerator[App | None]:
    """The app, None over a database that cannot be used."""
    if not is_whole:
        yield None
        return
    async with main.open_app(config) as app:
        yield app


async def _lines_of(config: Config, app: App | None, poll_seconds: int) -> AsyncGenerator[Line]:
    clock = SystemClock()
    if not config.queue.is_memory:
        yield carrier_line(await ask_queue(config.queue))
    if app is not None:
        async for line in _lines_within(config, app, clock):
            yield line
    try:
        ensure_token(config)
    except BadConfig as missing:
        yield Line("token", missing.problem, missing.mend)
        return
    is_ours = app is not None and await _is_running(app, clock.now())
    is_reached = True
    async for line in telegram_lines(
        config.telegram, clock, is_ours_listening=is_ours, poll_seconds=poll_seconds
    ):
        is_reached = is_reached and (line.is_fine or line.what not in _STANDS_ON)
        yield line
    if app is not None and is_reached:
        async for line in _chat_lines(app, clock):
            yield line


async def _lines_within(config: Config, app: App, clock: Clock) -> AsyncGenerator[Line]:
    """What the database says of the bot's work and its models."""
    if not databases.is_on_server(config):
        yield backup_line(databases.copies_of(config).newest_at(), clock.now())
    yield inbox_line(await app.services.inbox.waiting(_MOST_WAITING), clock.now())
    yield queue_line(await _undone(app), clock.now())
    async for line in model_lines(app):
        yield line


async def _chat_lines(app: App, clock: Clock) -> AsyncGenerator[Line]:
    bot_id = int(app.config.telegram.token.partition(":")[0])
    try:
        for chat in await _chats(app):
            yield chat_line(chat, await _seen(app, chat, bot_id), clock.now())
    except TelegramAway as away:
        yield away_line(away.detail)


async def _is_running(app: App, now: datetime) -> bool:
    """Whether a `triagram run` keeps this database's time: its half-minute job is not overdue."""
    async with app.transactions.reading() as tx:
        snooze = await tx.schedules.find(None, Job.SNOOZE)
    return snooze is not None and snooze.next_at is not None and snooze.next_at > now - GRACE


async def _undone(app: App) -> list[Batch]:
    """The batches that running runs wait for."""
    async with app.transactions.reading() as tx:
        found = [await tx.runs.list_batches(run.id) for run in await tx.runs.list_in(RunStatus.RUNNING)]
    return [one for some in found for one in some if one.status in _UNDONE]


async def _chats(app: App) -> list[Chat]:
    """The chats that are read, by title."""
    async with app.transactions.reading() as tx:
        ids = {
            binding.chat_id
            for project in await tx.projects.list_all()
            for binding in await tx.chats.bindings_of_project(project.id)
        }
        chats = await tx.chats.list_ids(ids)
    live = [one for one in chats.values() if one.state is ChatState.READING and not one.is_imported]
    return sorted(live, key=lambda one: one.title)


async def _seen(app: App, chat: Chat, bot_id: int) -> Seen:
    reads_everything = await app.facts.reads_everything()
    try:
        listed = await app.facts.administrators(chat.id)
    except NotFound:
        return Seen(None, reads_everything)
    return Seen(any(one.person_id == bot_id for one in listed), reads_everything)


async def telegram_lines(
    config: TelegramConfig,
    clock: Clock,
    *,
    is_ours_listening: bool,
    poll_seconds: int = POLL_SECONDS,
) -> AsyncGenerator[Line]:
    """What Telegram says about the token, and who listens.

    Asking who listens ends another program's long poll for a moment; it confirms no update.
    """
    asking = asking_as(config)
    try:
        me = await asking.ask("getMe")
        yield token_line(me)
        yield clock_line(me.server_time, clock.now())
        if not me.is_ok:
            return
        yield webhook_line(await asking.ask("getWebhookInfo"), config.mode, config.webhook_url)
        if is_ours_listening:
            yield consumer_line(None)
        else:
            yield consumer_line(await asking.ask("getUpdates", limit=1, timeout=poll_seconds))
    except TelegramAway as away:
        yield away_line(away.detail)


def _folder_of(url: str) -> Path:
    """The nearest folder there is around a database's file."""
    return next(folder for folder in _file_of(url).parents if folder.is_dir())


def _file_of(url: str) -> Path:
    return Path(url.partition(":///")[2]).absolute()
