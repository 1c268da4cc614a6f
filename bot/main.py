"""The composition root: the only module that knows every room."""

import os
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog
from aiogram import Bot as HearingBot
from telegram import Bot as SpeakingBot

from bot.analysts import EmbedderPorts, ModelAnalysts, ProviderKeys, embedder_of, matcher_of
from bot.config import Config
from bot.databases import deletions_of, upgrade
from bot.hear.hearing import Services
from bot.hear.stream.connection import open_session
from bot.schedule import next_fire
from bot.speak.asking import asking_as
from bot.speak.connection import open_bot
from bot.speak.exports import PtbExports
from bot.speak.facts import PtbChatFacts
from bot.speak.messenger import PtbMessenger
from bot.speak.pacing import Pacing
from bot.view.files.writer import FileWriter
from bot.view.links import start_link
from bot.view.painter import CardPainter
from bot.view.texts import Texts
from bot.web.metrics import PrometheusMeter
from bot.work.joining import carrier_of
from bot.world import LocalWakeups, SystemClock, SystemIds, seat_name
from core.errors import BadConfig, TelegramAway
from core.ports.agents import Secrets
from core.ports.analysis import Analyst
from core.ports.backlog import Backlogs
from core.ports.deletions import Scrubber
from core.ports.models import Keys
from core.ports.shortcuts import Shortcuts
from core.ports.world import Clock
from core.rules.analyst import RuleAnalyst
from core.rules.answering import RuleAnswerer
from core.rules.conversations import RuleConversations
from core.rules.editing.editor import RuleEditor
from core.rules.embedding import WordVectors
from core.rules.learner import TextLearner
from core.rules.matching import RuleMatcher
from core.rules.noise import RuleNoise
from core.services.outside import Ports
from core.services.wiring import UseCases, wired
from storage.backlog import SqlBacklogs
from storage.engine import Database, open_engine
from storage.form import is_newest
from storage.inbox import SqlInbox
from storage.secrets import SealedSecrets
from storage.unit_of_work import SqlTransactions
from storage.upkeep import scrubber_of, shortcuts_of

NO_TOKEN = "0:none"  # noqa: S105 # stands in where nothing is sent, e.g. for an import

if TYPE_CHECKING:
    from bot.work.carrying import Carrier

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class World:
    """What of the world a journey may replace: time, the pace of speaking, who reads (None: the rules)."""

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
    scrubber: Scrubber
    meter: PrometheusMeter
    backlogs: Backlogs
    secrets: Secrets
    keys: Keys
    models: ModelAnalysts
    shortcuts: Shortcuts | None = None
    carrier: "Carrier | None" = None
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
        await app.secrets.reseal()
        async with app.transactions.reading() as tx:
            app.models.contexts.update(await tx.agents.contexts())
        if telegram.token:
            await _try_to_learn_name(app)
        yield app


def _joined(
    config: Config, engine: Database, speaking: SpeakingBot, hearing: HearingBot, world: World
) -> App:
    identity, texts, meter = Identity(), Texts(), PrometheusMeter()
    carrier = carrier_of(config.queue, hearing.id)
    wakeups = carrier or LocalWakeups()
    transactions = SqlTransactions(engine, world.clock)
    secrets = SealedSecrets(engine, world.clock, config.secrets.keys)
    keys = ProviderKeys(config.settings.llm, secrets, os.environ)
    messenger, facts = PtbMessenger(speaking, world.pacing, meter), PtbChatFacts(speaking)
    words = WordVectors()
    needed = EmbedderPorts(config.settings, keys, transactions, world.clock, SystemIds())
    models = ModelAnalysts(config.settings, keys)
    ports = Ports(
        transactions=transactions,
        clock=world.clock,
        ids=SystemIds(),
        wakeups=wakeups,
        facts=facts,
        messenger=messenger,
        painter=CardPainter(texts),
        embedder=embedder_of(needed, words),
        analyst=world.analyst or RuleAnalyst(words, RuleMatcher()),
        models=models,
        noise=RuleNoise(),
        conversations=RuleConversations(config.settings.analysis),
        matcher=matcher_of(config.settings.embedding, words),
        answerer=RuleAnswerer(),
        learner=TextLearner(),
        editor=RuleEditor(),
        deletions=deletions_of(config),
        exports=PtbExports(speaking),
        writer=FileWriter(texts),
        next_fire=next_fire,
        bot_id=hearing.id,
        bot_username=lambda: identity.username,
        allow=config.telegram.allow,
        meter=meter,
        holder=seat_name(),
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
        scrubber=scrubber_of(config.database.url, engine),
        meter=meter,
        backlogs=SqlBacklogs(engine),
        secrets=secrets,
        keys=keys,
        models=models,
        shortcuts=shortcuts_of(config.database.url, ports.embedder.name),
        carrier=carrier,
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
        setting_up=do.setting_up,
        opening=do.opening,
        projects=do.projects,
        turning=do.turning,
        capture=do.capture,
        forwards=do.forwards,
        imports=do.imports,
        review=do.review,
        runs=do.runs,
        budget=do.budget,
        staff=do.staff,
        notes=do.notes,
        sessions=do.sessions,
        bulk=do.bulk,
        shaping=do.shaping,
        editing=do.editing,
        tasks=do.tasks,
        task_replies=do.task_replies,
        asking=do.asking,
        topics=do.topics,
        forgetting=do.forgetting,
        exporting=do.exporting,
        task_files=do.task_files,
        reminders=do.reminders,
        quoting=do.quoting,
        digests=do.digests,
        watching=do.watching,
        schedules=do.schedules,
        meter=ports.meter,
    )


async def _try_to_learn_name(app: App) -> None:
    try:
        await app.learn_name()
    except (TelegramAway, BadConfig) as failure:
        _log.warning("the bot's name is not known yet", error=repr(failure))
