"""What the doctor says of each thing it looked at: pure, one function a check."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.speak.asking import Reply
from bot.trouble import SET_CLOCK, drift_of, span_of
from core.domain.person import Chat
from core.domain.run import Batch
from core.errors import BadConfig, StorageFailed
from core.ports.inbox import Incoming

TELEGRAM = "Telegram"
LEAST_FREE_BYTES = 500 * 1024 * 1024
LONGEST_WAIT = timedelta(minutes=5)
"""An update that waits longer has nobody who takes it."""
LONGEST_SILENCE = timedelta(days=7)
"""A team's chat that says nothing for so long is more likely not heard."""
OLDEST_COPY = timedelta(days=2)
"""Two nights without a copy are no chance."""
_MEND_STORAGE = {
    "busy": "stop what else has it open, then look again",
    "full": "make room on its disk",
    "readonly": "give yourself the right to write the file and its folder",
    "corrupt": "stop the bot, then `triagram restore` the newest whole one of data/backups",
    "missing": "`triagram db upgrade`",
}
"""By `StorageFailed.kind`."""
_BYTES_PER_GB = 1024**3


@dataclass(frozen=True)
class Line:
    """One check: `mend` says what to do, "" when all is well."""

    what: str
    says: str
    mend: str = ""

    @property
    def is_fine(self) -> bool:
        """Whether nothing is to be done."""
        return not self.mend


def config_line(wrong: BadConfig | None) -> Line:
    """The configuration, or all that is wrong with it."""
    if wrong is None:
        return Line("config", "can be used")
    return Line("config", f"{wrong.where}: {wrong.problem}", wrong.mend)


def token_line(me: Reply) -> Line:
    """Whose token it is, from getMe."""
    if me.is_ok:
        return Line("token", f"belongs to @{me.result['username']}")
    if me.status in {401, 404}:
        mend = "take it anew from @BotFather (/mybots, API Token), then `triagram setup`"
        return Line("token", "Telegram knows no bot with this token", mend)
    return Line("token", f"Telegram answered {me.status}: {me.description}", "try again in a minute")


def away_line(detail: str) -> Line:
    """Telegram could not be reached at all."""
    mend = "check the network, telegram.api_base and telegram.proxy"
    return Line(TELEGRAM, f"no answer: {detail}", mend)


def clock_line(theirs: datetime | None, ours: datetime) -> Line:
    """This machine's time against Telegram's."""
    if theirs is None:
        return Line("clock", "Telegram did not tell its time")
    drift = drift_of(theirs, ours)
    return Line("clock", drift, SET_CLOCK) if drift else Line("clock", "right")


def webhook_line(info: Reply, mode: str, wanted_url: str) -> Line:
    """What getWebhookInfo says against how we listen; addresses are told by their host alone."""
    url = str(info.result["url"]) if info.is_ok else ""
    failed = str(info.result.get("last_error_message", "")) if info.is_ok else ""
    if mode == "polling" and url:
        mend = '`triagram run` takes it away as it starts; or set telegram.mode = "webhook"'
        return Line("webhook", f"one is left at {_host(url)}; polling gets nothing", mend)
    if mode == "webhook" and url != wanted_url:
        says = f"set to {_host(url)}" if url else "not set"
        return Line("webhook", says, "start `triagram run`, it sets telegram.webhook_url")
    if url and failed:
        return Line("webhook", f"Telegram cannot deliver: {failed}", f"make {_host(url)} reachable")
    return Line("webhook", f"set to {_host(url)}" if url else "none, as polling needs")


def consumer_line(poll: Reply | None) -> Line:
    """Whether somebody else takes this bot's updates; None when our own bot is listening now."""
    if poll is None:
        return Line("listener", "this installation's own `triagram run`")
    if poll.status != 409:  # noqa: PLR2004 # Conflict
        return Line("listener", "nobody listens; start `triagram run`")
    if "webhook" in poll.description.lower():
        return Line("listener", "the webhook")
    mend = "stop the other program, or make a new token (@BotFather, /revoke) and `triagram setup`"
    return Line("listener", "another program takes this bot's updates", mend)


def database_line(wrong: BadConfig | StorageFailed | None) -> Line:
    """What checking the database raised; None when it opens, is migrated and whole."""
    if wrong is None:
        return Line("database", "opens, is migrated and whole")
    if isinstance(wrong, BadConfig):
        return Line("database", f"{wrong.where}: {wrong.problem}", wrong.mend)
    says = f"{wrong.kind}: {wrong.detail}" if wrong.detail else wrong.kind
    return Line("database", says, _MEND_STORAGE.get(wrong.kind, "look at the disk it is on"))


def disk_line(free_bytes: int) -> Line:
    """Room left beside the database."""
    says = f"{free_bytes / _BYTES_PER_GB:.1f} GB free"
    return Line("disk", says, "" if free_bytes >= LEAST_FREE_BYTES else "make room before it is full")


def backup_line(newest: datetime | None, now: datetime) -> Line:
    """How old the newest nightly copy of the database is."""
    if newest is None:
        mend = "`triagram run` makes one each night, the first soon after its start"
        return Line("backup", "no copy yet", mend)
    says = f"the newest copy is {span_of(now - newest)} old"
    mend = "make room beside the database; the log of `triagram run` says why there is no copy"
    return Line("backup", says, mend if now - newest > OLDEST_COPY else "")


def model_line(analyst: str, model: str) -> Line:
    """Who reads, where no project chose an agent."""
    return Line("model", "none, built-in rules read" if analyst == "rules" else model)


def vectors_line(name: str, vector: bytes) -> Line:
    """A vector of a plain English word, as the bundled embedder gives it."""
    if any(vector):
        return Line("vectors", name)
    return Line("vectors", f"{name} gives nothing", "install the dependencies anew: `make install`")


def inbox_line(waiting: Sequence[Incoming], now: datetime) -> Line:
    """Updates without effect yet, oldest first."""
    if not waiting:
        return Line("inbox", "no update waits")
    count = f"{len(waiting)} update{'s' if len(waiting) > 1 else ''}"
    waited = now - waiting[0].received_at
    says = f"{count} wait, the oldest for {span_of(waited)}"
    mend = "start `triagram run`; when it runs, its log says what fails"
    return Line("inbox", says, mend if waited > LONGEST_WAIT else "")


def queue_line(batches: Sequence[Batch], now: datetime) -> Line:
    """The batches of running runs that are not done."""
    if not batches:
        return Line("queue", "no batch waits")
    late = [one for one in batches if one.lease_until is not None and now - one.lease_until > LONGEST_WAIT]
    says = f"{len(batches)} batch{'es' if len(batches) > 1 else ''} to do"
    if not late:
        return Line("queue", says)
    return Line(
        "queue", f"{says}, {len(late)} left by a worker that is gone", "start `triagram run`, it goes on"
    )


def carrier_line(wrong: str) -> Line:
    """The server of `queue.url`, `wrong` is "" when it answers; its address may hold a password."""
    if not wrong:
        return Line("NATS", "answers, keeps messages")
    mend = (
        "start it with JetStream (`nats-server -js`), or set queue.url right; until then work is found by"
        " looking, some seconds later"
    )
    return Line("NATS", f"cannot be used: {wrong}", mend)


@dataclass(frozen=True)
class Seen:
    """What Telegram says about the bot in a chat: None when the chat is gone."""

    is_administrator: bool | None
    reads_everything: bool


def chat_line(chat: Chat, seen: Seen, now: datetime) -> Line:
    """One chat that is read: administrator, reactions, last message heard."""
    what = f"chat “{chat.title}”"
    if seen.is_administrator is None:
        return Line(what, "the bot is not in it", "add it again by the link of `triagram setup`")
    if not seen.is_administrator:
        hears = "hears messages but no reactions" if seen.reads_everything else "hears commands only"
        mend = "make the bot an administrator there; one right, such as managing the chat, is enough"
        return Line(what, f"{hears}: it is no administrator", mend)
    if chat.last_heard_at is None:
        return Line(what, "administrator, but nothing heard yet", "write a word there and look again")
    silence = now - chat.last_heard_at
    says = f"administrator, hears messages and reactions, last one {span_of(silence)} ago"
    mend = "write a word there; when this line stays, remove the bot and add it again"
    return Line(what, says, mend if silence > LONGEST_SILENCE else "")


def _host(url: str) -> str:
    return url.partition("://")[2].partition("/")[0] or url
