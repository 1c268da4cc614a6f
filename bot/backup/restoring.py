"""`triagram restore`: starting again from a backup, or from a copy of the database."""

import asyncio
import os
import shutil
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from bot import databases, main
from bot.backup.parcel import DATABASE, SECRETS, SETTINGS, Contents, summary, unpack
from bot.config import CONFIG_FILE, KEY_FILE, Config, DatabaseConfig, load_config
from bot.config.keeping import write_private
from core.errors import BadBackup
from core.ports.copies import Held

COPIES = "nightly copies are in data/backups"
_SQLITE = b"SQLite format 3\0"
"""How a bare copy of the database begins, https://www.sqlite.org/fileformat.html."""


@dataclass(frozen=True)
class Wanted:
    """What is in force once a restore is done: the configuration, and the text of each file to write."""

    config: Config
    texts: Mapping[Path, str]


async def restore(
    path: Path | None, file: Path, ask: Callable[[], str], *, key_file: Path = KEY_FILE
) -> None:
    """Put a backup in the place of what is here, and keep that aside.

    Nothing is touched before all of the backup was read, found whole, brought to this program's form, and
    rid of what people had deleted since it was made.

    Args:
        path: The configuration's file; None is `config.toml` here.
        file: What `triagram backup` wrote, or a copy from `data/backups`, which holds the database alone.
        ask: Gives the passphrase; a bare copy needs none.
        key_file: Where the secrets are kept.

    Raises:
        BadBackup: It is not whole, the passphrase is another one, or a bot runs on the database here.
        BadConfig: The settings in it, or its database, are for a newer program.
        StorageFailed: The disk is full, or fails.
    """
    with _workplace(key_file.parent.absolute()) as folder:
        contents = await asyncio.to_thread(_unpacked, file, ask, folder)
        wanted = _wanted(contents, path, key_file, folder)
        _ensure_stopped(wanted.config)
        held = await _ensure_whole(file, contents, wanted.config, folder / DATABASE)
        forgotten = await _brought_up(wanted.config, folder / DATABASE)
        aside = await databases.copies_of(wanted.config).put(folder / DATABASE)
        kept = [aside, *await asyncio.to_thread(_put_files, wanted.texts)]
    typer.echo(f"Restored: {summary(held.rows)}.")
    if forgotten:
        typer.echo(f"Deleted again what was deleted since then: {forgotten}.")
    for one in filter(None, kept):
        typer.echo(f"What was here is kept as {one}.")


def _unpacked(file: Path, ask: Callable[[], str], folder: Path) -> Contents | None:
    """Fill the folder; returns the list of contents, which a bare copy has not."""
    if not file.is_file():
        raise BadBackup(str(file), "there is no such file", COPIES)
    with file.open("rb") as source:
        if source.read(len(_SQLITE)) == _SQLITE:
            shutil.copyfile(file, folder / DATABASE)
            return None
        source.seek(0)
        return unpack(source, file.name, ask(), folder)


def _wanted(contents: Contents | None, path: Path | None, key_file: Path, folder: Path) -> Wanted:
    """The configuration of the backup; raises BadConfig when this program cannot use it."""
    names = () if contents is None else contents.files
    settings, secrets = path, key_file
    texts: dict[Path, str] = {}
    if SETTINGS in names:
        settings = folder / SETTINGS
        texts[path or CONFIG_FILE] = settings.read_text("utf-8")
    if SECRETS in names:
        secrets = folder / SECRETS
        secrets.chmod(0o600)
        texts[key_file] = secrets.read_text("utf-8")
    return Wanted(load_config(settings, os.environ, key_file=secrets), texts)


def _ensure_stopped(config: Config) -> None:
    copies = databases.copies_of(config)
    if copies.is_open_elsewhere():
        mend = "stop it (such as `systemctl --user stop triagram`), then restore again"
        raise BadBackup(str(copies.file), "a bot runs on it", mend)


async def _ensure_whole(file: Path, contents: Contents | None, config: Config, database: Path) -> Held:
    """What the database holds; raises BadBackup unless it is ours, with the rows that were counted."""
    held = await databases.copies_of(config).look(database)
    if not held.form:
        raise BadBackup(file.name, "it is no database of Triagram", COPIES)
    if contents is not None and (held.form, held.rows) != (contents.form, contents.rows):
        raise BadBackup(file.name, "its rows are not those that were counted", "take an older backup")
    return held


async def _brought_up(config: Config, database: Path) -> int:
    """Bring the database to this program's form and delete in it what was deleted here since.

    Returns how many deletions it did not know. Raises BadConfig for a newer form.
    """
    silent = replace(config.telegram, token="")
    staged = DatabaseConfig(f"sqlite+aiosqlite:///{database}")
    noted = databases.deletions_of(config).list_all()
    await databases.upgrade(replace(config, database=staged))
    async with main.open_app(replace(config, telegram=silent, database=staged)) as app:
        return await app.use_cases.forgetting.catch_up(noted)


def _put_files(texts: Mapping[Path, str]) -> list[Path]:
    """Write settings and secrets; returns where those that differed are kept now."""
    kept: list[Path] = []
    for place, text in texts.items():
        if place.exists() and place.read_text("utf-8") != text:
            kept.append(place.replace(place.with_name(f"{place.name}.replaced")))
        write_private(place, text)
    return kept


@contextmanager
def _workplace(beside: Path) -> Generator[Path]:
    """A folder only we may read, gone afterwards with all that was unpacked."""
    beside.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(dir=beside, prefix=".restoring-") as folder:
        yield Path(folder)
