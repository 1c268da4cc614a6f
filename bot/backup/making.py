"""`triagram backup`: everything a new machine needs, in one sealed file."""

import asyncio
import os
import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from bot import databases
from bot.backup.parcel import DATABASE, SECRETS, SETTINGS, Contents, digest_of, pack, summary, unpack
from bot.config import CONFIG_FILE, KEY_FILE, load_config
from bot.config.keeping import secrets_text, write_private
from bot.world import SystemClock
from core.errors import BadBackup
from core.ports.copies import Copies


async def back_up(
    path: Path | None, file: Path, ask: Callable[[], str], *, key_file: Path = KEY_FILE
) -> None:
    """Write database, settings and secrets into one sealed file, read it back, say what is in it.

    Args:
        path: The configuration's file; None is `config.toml` here.
        file: Where to; an older one is replaced by a whole one only.
        ask: Gives the passphrase.
        key_file: Where the secrets are kept.

    Raises:
        BadBackup: The file cannot be written.
        BadConfig: The database is on a server.
        StorageFailed: The database is missing or damaged.
    """
    config = load_config(path, os.environ, key_file=key_file)
    copies = databases.copies_of(config)
    passphrase = ask()
    with _workplace(file) as folder:
        contents = await _gather(copies, path or CONFIG_FILE, key_file, folder)
        await asyncio.to_thread(_seal, file, passphrase, contents, folder)
    typer.echo(f"{file}: {summary(contents.rows)}; {', '.join(contents.files)}. Read back and whole.")
    typer.echo("Without the passphrase nobody opens it, you neither: keep it elsewhere.")


async def _gather(copies: Copies, settings: Path, key_file: Path, folder: Path) -> Contents:
    """Put what is to be packed into the folder, and list it."""
    made_at = SystemClock().now()
    await copies.copy(folder / DATABASE)
    held = await copies.look(folder / DATABASE)
    return Contents(
        made_at=made_at.isoformat(timespec="seconds"),
        release=version("triagram"),
        form=held.form,
        rows=held.rows,
        files=await asyncio.to_thread(_gather_files, settings, key_file, folder),
    )


def _gather_files(settings: Path, key_file: Path, folder: Path) -> dict[str, str]:
    """The same for settings and secrets; returns the digest of each file by its name, small ones first."""
    if settings.exists():
        shutil.copyfile(settings, folder / SETTINGS)
    if secrets := secrets_text(key_file, os.environ):
        write_private(folder / SECRETS, secrets)
    names = (name for name in (SETTINGS, SECRETS, DATABASE) if (folder / name).exists())
    return {name: digest_of(folder / name) for name in names}


def _seal(file: Path, passphrase: str, contents: Contents, folder: Path) -> None:
    """Pack the folder, read what was packed, and only then put it in place."""
    sealed, again = folder / "sealed", folder / "again"
    again.mkdir()
    write_private(sealed, "")
    with sealed.open("wb") as target:
        pack(target, passphrase, contents, folder)
        target.flush()
        os.fsync(target.fileno())
    with sealed.open("rb") as source:
        unpack(source, file.name, passphrase, again)
    sealed.replace(file)


@contextmanager
def _workplace(file: Path) -> Generator[Path]:
    """A folder only we may read, on the disk of the file; raises BadBackup where nothing can be written."""
    try:
        with TemporaryDirectory(dir=file.absolute().parent, prefix=".triagram-") as folder:
            yield Path(folder)
    except OSError as error:
        mend = "name a place with room that you may write to"
        raise BadBackup(str(file), f"it cannot be written: {error.strerror}", mend) from error
