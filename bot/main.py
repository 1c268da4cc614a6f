"""The composition root: the only module that knows every room."""

import asyncio
import signal
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import structlog
import typer
from aiogram import Bot as HearingBot
from telegram import Bot as SpeakingBot
from telegram.error import TelegramError

from bot.config import Config, DatabaseConfig, TelegramConfig
from bot.hear.connection import open_session
from bot.hear.hearing import Drain, Poller, Services, build_dispatcher
from bot.schedule import Keeper, Timetable, next_fire
from bot.speak.asking import asking_as
from bot.speak.connection import open_bot
from bot.speak.facts import PtbChatFacts
from bot.speak.masking import mask_lines
from bot.speak.menus import register_menus
from bot.speak.messenger import PtbMessenger
from bot.speak.pacing import Pacing
from bot.view.commands import command_menu
from bot.view.links import start_link
from bot.view.painter import CardPainter
from bot.view.texts import SOURCE_LANGUAGE, Texts
from bot.world import LocalWakeups, SystemClock, SystemIds
from core.domain.person import Role
from core.errors import BadConfig, StorageFailed, TelegramAway, WorldFailed
from core.ports.analysis import Analyst
from core.ports.copies import Copies
from core.ports.deletions import Deletions
from core.ports.world import Clock, Lane
from core.rules.analyst import RuleAnalyst
from core.rules.conversations import RuleConversations
from core.rules.embedding import WordLlamaEmbedder, WordVectors
from core.rules.matching import RuleMatcher
from core.rules.noise import RuleNoise
from core.services.access.rights import reviewers_of
from core.services.wiring import Ports, UseCases, wired
from storage.copies import SqlCopies
from storage.deletions import FileDeletions
from storage.engine import Database, open_engine
from storage.form import is_newest
from storage.inbox import SqlInbox
from storage.unit_of_work import SqlTransactions

NO_TOKEN = "0:none"  # noqa: S105 # stands in where nothing is sent, e.g. for an import
WORK_IDLE_SECONDS = 5.0
"""How long an idle worker sleeps when nobody wakes it."""
AFTER_FAILURE_SECONDS = 2.0
NAME_RETRY_SECONDS = 30.0

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class World:
    """What of the world a journey may replace: time, the pace of speaking, the analyst (None: rules)."""

    clock: Clock = field(default_factory=SystemClock)
    pacing: Pacing = field(default_factory=Pacing)
    analyst: Analyst | None = None


@dataclass
class Identity:
    """The bot's own user name, "" until Telegram has told it."""

    username: str = ""


@dataclass(frozen=True)
class App:
    """One running installation: its rooms joined."""

    config: Config
    engine: Database
    transactions: SqlTransactions
    services: Services
    use_cases: UseCases
    messenger: PtbMessenger
    facts: PtbChatFacts
    wakeups: LocalWakeups
    speaking: SpeakingBot
    hearing: HearingBot
    identity: Identity = field(default_factory=Identity)

    async def owner_link(self) -> str | None:
        """A fresh one-time link that makes whoever opens it the owner; None once there is one.

        Raises TelegramAway while the bot's name is unknown.
        """
        token = await self.use_cases.people.new_claim()
        if token is None:
            return None
        if not self.identity.username:
            await self.learn_name()
        return start_link(self.identity.username, token)

    async def learn_name(self) -> None:
        """Ask Telegram whose token this is; raises BadConfig, TelegramAway."""
        self.identity.username = await asking_as(self.config.telegram).bot_name()


def copies_of(config: Config) -> Copies:
    """The copies of the database, whether or not it is open or there at all."""
    return SqlCopies(config.database.url, SystemClock())


def deletions_of(config: Config) -> Deletions:
    """What was deleted from the database, as noted outside of it."""
    return FileDeletions(config.database.url)


async def upgrade(config: Config) -> None:
    """Bring the database to this program's version; raises BadConfig, StorageFailed."""
    from storage import migrations  # noqa: PLC0415 # see storage.form

    await migrations.upgrade(config.database.url)


async def check(config: Config) -> None:
    """Raise BadConfig or StorageFailed where the database is not migrated, or not whole."""
    from storage import migrations  # noqa: PLC0415 # see storage.form

    engine = open_engine(config.database.url)
    try:
        damage = await engine.list_damage()
    finally:
        await engine.dispose()
    if damage:
        raise StorageFailed("corrupt", damage[0])
    await migrations.check(config.database.url)


@asynccontextmanager
async def open_app(config: Config, world: World | None = None) -> AsyncGenerator[App]:
    """The rooms joined over an upgraded database; closes every connection in the end."""
    telegram = config.telegram
    token = telegram.token or NO_TOKEN
    async with AsyncExitStack() as stack:
        engine = open_engine(config.database.url)
        stack.push_async_callback(engine.dispose)
        if not await is_newest(engine):
            await upgrade(config)
        speaking = await stack.enter_async_context(
            open_bot(token, api_base=telegram.api_base, proxy=telegram.proxy)
        )
        session = open_session(telegram.api_base, telegram.proxy)
        stack.push_async_callback(session.close)
        hearing = HearingBot(token, session=session)
        app = _joined(config, engine, speaking, hearing, world or World())
        if telegram.token:
            await _try_to_learn_name(app)
        yield app


def _joined(
    config: Config, engine: Database, speaking: SpeakingBot, hearing: HearingBot, world: World
) -> App:
    identity, wakeups, texts = Identity(), LocalWakeups(), Texts()
    transactions = SqlTransactions(engine, world.clock)
    messenger, facts = PtbMessenger(speaking, world.pacing), PtbChatFacts(speaking)
    words, matcher = WordVectors(), RuleMatcher()
    ports = Ports(
        transactions=transactions,
        clock=world.clock,
        ids=SystemIds(),
        wakeups=wakeups,
        facts=facts,
        messenger=messenger,
        painter=CardPainter(texts),
        embedder=WordLlamaEmbedder(words),
        analyst=world.analyst or RuleAnalyst(words, matcher),
        noise=RuleNoise(),
        conversations=RuleConversations(config.settings.analysis),
        matcher=matcher,
        deletions=deletions_of(config),
        next_fire=next_fire,
        bot_id=hearing.id,
        bot_username=lambda: identity.username,
        allow=config.telegram.allow,
    )
    use_cases = wired(ports, config.settings)
    services = _services(ports, use_cases, SqlInbox(engine), texts)
    return App(
        config=config,
        engine=engine,
        transactions=transactions,
        services=services,
        use_cases=use_cases,
        messenger=messenger,
        facts=facts,
        wakeups=wakeups,
        speaking=speaking,
        hearing=hearing,
        identity=identity,
    )


def _services(ports: Ports, do: UseCases, inbox: SqlInbox, texts: Texts) -> Services:
    return Services(
        transactions=ports.transactions,
        clock=ports.clock,
        inbox=inbox,
        messenger=ports.messenger,
        texts=texts,
        bot_username=ports.bot_username,
        placing=do.placing,
        rights=do.rights,
        acting=do.acting,
        intake=do.intake,
        people=do.people,
        joining=do.joining,
        projects=do.projects,
        capture=do.capture,
        review=do.review,
        runs=do.runs,
        notes=do.notes,
        sessions=do.sessions,
        tasks=do.tasks,
        digests=do.digests,
        schedules=do.schedules,
    )


@asynccontextmanager
async def running(app: App) -> AsyncGenerator[None]:
    """Hearing, speaking, keeping time and working while the block runs."""
    dispatcher = build_dispatcher(app.services)
    drain = Drain(app.services, dispatcher, app.hearing, app.wakeups)
    timetable = Timetable(app.use_cases.schedules)
    poller = Poller(app.hearing, app.services.inbox, app.wakeups, app.services.clock)
    keeper = Keeper(copies_of(app.config), app.services.clock)
    async with asyncio.TaskGroup() as group:
        works = [_work(app) for _ in range(app.config.settings.analysis.concurrency)]
        heard, told = (poller.run(), drain.run()), (app.use_cases.delivery.run(), _introduce(app))
        rooms = (*heard, *told, timetable.run(), keeper.run(), *works)
        tasks = [group.create_task(room) for room in rooms]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()


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


async def _work(app: App) -> None:
    """One worker for ever. One of the two outermost loops: a bug in a batch must not end the program."""
    step: Callable[[], Awaitable[bool]] = app.use_cases.work.step
    while True:
        try:
            did_something = await step()
        except WorldFailed as failure:
            _log.warning("work rests", error=repr(failure))
            await asyncio.sleep(AFTER_FAILURE_SECONDS)
            continue
        except Exception:  # noqa: BLE001 # see above
            # The batch's lease runs out, and after its last attempt it is told as failed.
            _log.exception("a batch broke")
            await asyncio.sleep(AFTER_FAILURE_SECONDS)
            continue
        if not did_something:
            await app.wakeups.wait(Lane.BATCHES, WORK_IDLE_SECONDS)


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


async def _try_to_learn_name(app: App) -> None:
    try:
        await app.learn_name()
    except (TelegramAway, BadConfig) as failure:
        _log.warning("the bot's name is not known yet", error=repr(failure))


def demo_config(api_base: str, token: str, folder: Path) -> Config:
    """The configuration of a demo: defaults, its own database, the sandbox as Telegram."""
    return replace(
        Config(),
        telegram=TelegramConfig(token=token, api_base=api_base),
        database=DatabaseConfig(url=f"sqlite+aiosqlite:///{folder / 'triagram.db'}"),
    )
