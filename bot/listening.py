"""How updates come in, by polling or by webhook, and what is served over HTTP beside it."""

import asyncio
import importlib
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import unquote, urlsplit

import structlog

from bot.hear.hearing import Poller
from bot.hear.stream.arrivals import Arrivals
from bot.hear.stream.muting import Muting
from bot.hear.stream.waiting import Waiting
from bot.hear.stream.webhook import set_webhook
from bot.main import App
from bot.speak.asking import asking_as
from bot.web.health import Probe, Remembered
from bot.work.joining import ask_queue
from core.domain.duty import Duty
from core.errors import BadConfig, WorldFailed

POLLING_FIRST_SECONDS = 3.0
"""Loading the web server takes a third of a second, in which what waited for the start would wait on."""
_SERVER = "bot.web.serving"

_log = structlog.get_logger(__name__)


def polling(app: App, waiting: Waiting) -> list[Coroutine[Any, Any, None]]:
    """What asks Telegram for updates, one process at a time; nothing where Telegram calls."""
    if _is_called(app):
        return []
    seats = app.use_cases.seats
    poller = Poller(
        app.hearing,
        _arrivals(app, waiting),
        app.learn_name,
        has_others=lambda: seats.count(Duty.HEAR) > 1,
    )
    return [poller.run()]


@dataclass
class Written:
    """A probe: how the write went that this process makes every few seconds anyway."""

    error: WorldFailed | None = None

    async def __call__(self) -> None:
        """Raises what it failed with."""
        if self.error is not None:
            raise self.error


async def answering(app: App, waiting: Waiting, written: Written, *, hears: bool) -> None:
    """Answer over HTTP until cancelled: the webhook where this process hears by it, health and metrics.

    Raises BadConfig for a webhook that cannot be served.
    """
    probes = _probes(app, written)
    if hears and _is_called(app):
        await _called(app, _arrivals(app, waiting), probes)
    else:
        await _watched(app, probes)


def _is_called(app: App) -> bool:
    return app.config.telegram.mode == "webhook"


def _arrivals(app: App, waiting: Waiting) -> Arrivals:
    use = app.services
    return Arrivals(use.inbox, app.wakeups, use.clock, Muting(app.transactions), waiting, app.meter)


async def _called(app: App, arrivals: Arrivals, probes: Mapping[str, Probe]) -> None:
    """The webhook: served first, then told to Telegram."""
    from bot.web.serving import open_socket, serving  # noqa: PLC0415 # who polls does not pay for it at once
    from bot.web.site import Hook, Site, site_app  # noqa: PLC0415 # the same

    telegram = app.config.telegram
    hook = Hook(unquote(urlsplit(telegram.webhook_url).path) or "/", telegram.webhook_secret, arrivals.keep)
    site = Site(app.meter, app.backlogs, app.services.clock, probes, hook)
    async with serving(site_app(site), open_socket(app.config.web)):
        await set_webhook(
            app.hearing, telegram.webhook_url, telegram.webhook_secret, ensure_known=app.learn_name
        )
        await asyncio.Event().wait()


async def _watched(app: App, probes: Mapping[str, Probe]) -> None:
    """Health and metrics of a process that need not be called, so a port that is taken stops nothing."""
    if not app.config.web.listen:
        return
    await asyncio.sleep(POLLING_FIRST_SECONDS)
    await asyncio.to_thread(importlib.import_module, _SERVER)
    from bot.web.serving import open_socket, serving  # noqa: PLC0415 # loaded by now
    from bot.web.site import Site, site_app  # noqa: PLC0415 # the same

    try:
        bound = open_socket(app.config.web)
    except BadConfig as taken:
        _log.warning(
            "health and metrics are not served; the bot goes on", why=taken.problem, mend=taken.mend
        )
        return
    site = Site(app.meter, app.backlogs, app.services.clock, probes)
    async with serving(site_app(site), bound):
        await asyncio.Event().wait()


def _probes(app: App, written: Written) -> Mapping[str, Probe]:
    """What the program stands on, as `/readyz` names it."""
    clock, telegram = app.services.clock, app.config.telegram
    asking = asking_as(telegram)
    known = partial(asking.ensure_called_at, telegram.webhook_url) if _is_called(app) else asking.me

    async def database() -> None:
        await app.backlogs.count(clock.now())
        await written()

    async def queue() -> None:
        """`memory://` is this process, which answers."""
        wrong = "" if app.config.queue.is_memory else await ask_queue(app.config.queue)
        if wrong:
            raise BadConfig("queue.url", wrong, "start it with JetStream (`nats-server -js`)")

    return {
        "database": database,
        "queue": Remembered(queue, clock),
        "telegram": Remembered(known, clock),
    }
