"""What keeps the program from going on, or is to be said at its start: token, database, clock."""

from datetime import datetime, timedelta

from bot.config import Config
from bot.databases import copies_of, database_name, is_on_server, list_damage
from bot.main import App
from core.errors import BadConfig, StorageFailed

MOST_DRIFT = timedelta(seconds=30)
"""Past this, times on cards are visibly wrong."""
SET_CLOCK = "set the machine's time, e.g. `timedatectl set-ntp true`"


async def ensure_same_bot(app: App) -> None:
    """Raises BadConfig when the database was another bot's: its groups and people are not this one's."""
    async with app.transactions.reading() as tx:
        installation = await tx.installations.find()
    ours = app.hearing.id
    if installation is not None and installation.bot_id != ours:
        name = f"@{app.identity.username} ({ours})" if app.identity.username else f"bot {ours}"
        problem = f"it is {name}'s, but {database_name(app.config)} belongs to bot {installation.bot_id}"
        mend = "take that bot's token from @BotFather, or give this bot a folder of its own"
        raise BadConfig("telegram.token", problem, mend)


async def ensure_whole(config: Config) -> None:
    """Raises BadConfig for a damaged file, StorageFailed for one that does not answer.

    A server looks after its files itself.
    """
    if is_on_server(config) or not copies_of(config).file.exists():
        return
    try:
        found = await list_damage(config)
    except StorageFailed as failure:
        if failure.kind != "corrupt":
            raise
        found = [failure.detail]
    if found:
        raise damaged(config)


def damaged(config: Config) -> BadConfig:
    """What to say of a damaged database: which file, and the line that puts the newest copy there."""
    copies = copies_of(config)
    newest = copies.newest()
    mend = "there is no nightly copy: `triagram restore` a backup of your own"
    if newest is not None:
        mend = f"with the bot stopped: triagram restore {newest}"
    return BadConfig(str(copies.file), "the database is damaged", mend)


def drift_of(theirs: datetime | None, ours: datetime) -> str:
    """How far this machine's time is off Telegram's; "" when it is right, or nobody told."""
    if theirs is None or abs(ours - theirs) <= MOST_DRIFT:
        return ""
    side = "fast" if ours > theirs else "slow"
    return f"{span_of(abs(ours - theirs))} {side} against Telegram's"


def span_of(span: timedelta) -> str:
    """`3 min`: in the largest unit of which there are two."""
    seconds = max(0, int(span.total_seconds()))
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
