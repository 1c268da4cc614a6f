"""What is carried over whole: an export into a project, a database into another; with a bar that moves."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from bot.archive import Archive
from bot.config import Config
from bot.databases import copy_database
from bot.main import App, open_app
from core.domain.person import Project
from core.ports.unit_of_work import UnitOfWork
from core.services.chats.founding import Plan
from core.services.chats.imports import Chunk


async def bring_in(config: Config, archive: Archive, name: str) -> None:
    """Read an export into the project of that name, made when there is none; goes on where it broke off.

    Raises BadExport, StorageFailed.
    """
    async with open_app(config) as app:
        imports, read, new = app.use_cases.imports, 0, 0
        await imports.ensure_free(archive, name)
        project = await _project_called(app, name)
        with _progress(archive) as progress:

            async def told(_tx: UnitOfWork, chunk: Chunk) -> None:
                nonlocal read, new
                read, new = chunk.read, chunk.new
                progress(chunk.bytes_read)

            skipped = await imports.bring_in(archive, project.id, told)
    left_out = f", {skipped} service messages left out" if skipped else ""
    typer.echo(f"{read} messages read, {new} of them new{left_out}.")


async def _project_called(app: App, name: str) -> Project:
    """The project of that name; a new one when there is none."""
    async with app.transactions() as tx:
        found = await tx.projects.find_by_name(name)
        if found is not None:
            return found
        installation = await tx.installations.find()
        owner = None if installation is None else installation.owner_id
        founded = await app.services.projects.founding.found(tx, Plan(name, owner, is_exact=True))
    typer.echo(f"“{founded.name}” is a new project.")
    return founded


async def copy(source: str, target: str) -> None:
    """Copy a database, at one address, into the empty one at another.

    Raises BadConfig for a target that has rows, StorageFailed.
    """
    rows = 0
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("rows", total=None)
        async for step in copy_database(source, target):
            bar.update(task, completed=step.done, total=step.total)
            rows = step.done
    typer.echo(f"Moved {rows} rows; each table has as many as before.")
    typer.echo("Now set database.url to the new address and start the bot again.")


@contextmanager
def _progress(archive: Archive) -> Generator[Callable[[int], None]]:
    """A bar over the file's bytes; on stderr, so that output can be piped."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(archive.name or archive.path.name, total=archive.total_bytes)
        yield lambda read: bar.update(task, completed=read)
