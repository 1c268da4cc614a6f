"""The program `triagram`: its commands, and what a person reads when one of them cannot go on."""

# ruff: noqa: PLC0415 - a command imports what it needs by itself, so that --help answers at once

import asyncio
import errno
import gc
import os
import sys
from collections.abc import Coroutine, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar

import typer

from bot.models.commands import agent, provider
from core.domain.duty import Duty
from core.errors import (
    BadConfig,
    BadInput,
    Mendable,
    Refusal,
    TriagramError,
    WorldFailed,
)

if TYPE_CHECKING:
    from bot.config import Config

T = TypeVar("T")

BAD_INPUT = 2
"""What was given cannot be used; also what typer answers to an unknown option."""
FAILED = 1
INTERRUPTED = 130
"""128 + SIGINT, as shells have it."""
DEMO_PORT = 8765


app = typer.Typer(
    name="triagram",
    help="Reads a team's Telegram chats, keeps what they learned, proposes tasks; people decide.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
database = typer.Typer(name="db", help="The database: migrations.", no_args_is_help=True)
app.add_typer(provider)
app.add_typer(agent)
app.add_typer(database)

PortOption = Annotated[int, typer.Option(min=0, max=65535, help="Where to listen; 0 is any free port.")]


@app.callback()
def _all_commands(
    context: typer.Context,
    config: Annotated[
        Path | None, typer.Option(help="The settings; ./config.toml when it is there, else the defaults.")
    ] = None,
) -> None:
    context.obj = config


@app.command()
def run(
    context: typer.Context,
    roles: Annotated[
        str, typer.Option(help="Only some of it, to split it over processes and machines.")
    ] = ",".join(Duty),
) -> None:
    """The bot: hears, speaks, keeps time, works, until it is told to stop."""
    _run(context, _duties(roles))


@app.command()
def worker(context: typer.Context) -> None:
    """Only works: reads and finds tasks for a bot that runs elsewhere, on the same database."""
    _run(context, frozenset({Duty.WORK}))


@app.command()
def demo(
    *,
    once: Annotated[bool, typer.Option("--once", help="Play both stages, print them, leave.")] = False,
    port: PortOption = DEMO_PORT,
    export: Annotated[
        Path | None, typer.Option(help="A Telegram export (result.json) instead of the sample chat.")
    ] = None,
) -> None:
    """The whole product with no token: a local Telegram, a chat in it, the real bot."""
    from bot.demo import page, play

    if once:
        raise typer.Exit(_served(play.once(port, export), port))
    _served(page.serve(port, export), port)


@app.command()
def sandbox(port: PortOption = DEMO_PORT) -> None:
    """Only the local Bot API and its chat page, for any bot."""
    _served(_sandbox(port), port)


@app.command()
def setup(
    context: typer.Context,
    *,
    token: Annotated[str, typer.Option(help="From @BotFather; the one kept already, else asked for.")] = "",
    service: Annotated[
        bool, typer.Option("--service", help="Only print a systemd unit that keeps it running.")
    ] = False,
) -> None:
    """Checks the token, keeps it, prints the owner's link and the add-to-group link."""
    from bot.setup import offer_service, service_text, set_up

    if service:
        typer.echo(service_text(Path.cwd(), sys.executable), nl=False)
        return
    known = token or _config(context).telegram.token
    given = known or typer.prompt("Token from @BotFather", hide_input=True)
    asyncio.run(set_up(context.obj, given.strip()))
    if sys.stdin.isatty():
        offer_service(Path.cwd(), sys.executable)


@app.command("import")
def import_export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="result.json of Telegram Desktop's Export chat history.")],
    project: Annotated[str, typer.Option(help="The project it belongs to; made when there is none.")],
    timezone: Annotated[
        str, typer.Option(help="Where it was exported, for exports without UTC times; schedule.timezone.")
    ] = "",
    chat: Annotated[
        str | None, typer.Option(help="Which one, by name or id, in an export of a whole account.")
    ] = None,
) -> None:
    """Stores a chat's past; running it again adds nothing."""
    from bot.archive import open_archive

    config = _config(context)
    archive = open_archive(file, timezone or config.settings.schedule.timezone, chat)
    with _loading():
        from bot.moving import bring_in

    asyncio.run(bring_in(config, archive, project))


@app.command()
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Where to; an older file is replaced by a whole one.")],
) -> None:
    """Database, settings and keys in one file, sealed with a passphrase; the bot may run meanwhile."""
    from bot.backup.asking import new_passphrase
    from bot.backup.making import back_up

    asyncio.run(back_up(context.obj, file, new_passphrase))


@app.command()
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A backup, or a copy from data/backups.")],
) -> None:
    """Starts again from a backup; what is here now is kept aside."""
    from bot.backup.asking import known_passphrase
    from bot.backup.restoring import restore as restored

    asyncio.run(restored(context.obj, file, known_passphrase))


@app.command()
def doctor(context: typer.Context) -> None:
    """A line a check: what is wrong and the way to mend it."""
    from bot.doctor.looking import examine

    raise typer.Exit(asyncio.run(examine(context.obj)))


@app.command("eval")
def evaluate(
    context: typer.Context,
    *,
    data: Annotated[
        Path, typer.Option(help="A folder with labelled files; which ones, docs/judgement.md says.")
    ],
    train: Annotated[
        Path | None,
        typer.Option(help="Another folder, to learn a project's decisions from; adds macro_f1_learned."),
    ] = None,
    only: Annotated[str, typer.Option(help="One file's name.")] = "",
    figures: Annotated[Path | None, typer.Option("--json", help="Write the figures here too.")] = None,
    analyst: Annotated[
        str, typer.Option(help="llm asks the model of [llm] and compares it with the built-in analyst.")
    ] = "rules",
    most: Annotated[int, typer.Option(min=0, help="Of each file, talks the model reads; 0 is all.")] = 0,
) -> None:
    """Scores the analyst on labelled chats, beside a simple baseline and published results."""
    from bot.databases import scratch
    from bot.scoring import score

    if analyst not in ("rules", "llm"):
        raise BadConfig(f"--analyst {analyst}", "there is no such analyst", "give rules or llm")
    if analyst == "llm":
        asyncio.run(_score_model(_config(context), data, only, most, figures))
        return
    score(data, train, only, figures, scratch)


async def _score_model(config: "Config", data: Path, only: str, most: int, figures: Path | None) -> None:
    from bot.models.opening import model_of
    from bot.scoring import score_model

    async with model_of(config) as analyst:
        await score_model(analyst, data, only=only, most=most, figures=figures)


@database.command()
def upgrade(context: typer.Context) -> None:
    """Brings the database to this program's version; `run` does so by itself."""
    from bot import databases

    asyncio.run(databases.upgrade(_config(context)))
    typer.echo("The database is up to date.")


@database.command()
def check(context: typer.Context) -> None:
    """Says whether the database opens, is migrated and whole."""
    from bot import databases

    asyncio.run(databases.check(_config(context)))
    typer.echo("The database opens, is migrated and whole.")


@database.command()
def copy(
    source: Annotated[str, typer.Option("--from", help="The database that is there.")],
    target: Annotated[str, typer.Option("--to", help="An empty one, such as postgresql+asyncpg://…")],
) -> None:
    """Moves everything into another database, such as from SQLite to PostgreSQL; the bot must rest."""
    with _loading():
        from bot.moving import copy as moved

    asyncio.run(moved(source, target))


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the program and exits: 0 well, 1 failed, 2 for what cannot be used, 130 interrupted.

    Args:
        arguments: Without the program's name; None takes those of the process.

    Raises:
        SystemExit: Always.
    """
    # Everything it writes holds other people's words, or keys.
    os.umask(0o077)
    try:
        app(args=arguments, prog_name="triagram")
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    except (TriagramError, BaseExceptionGroup) as error:
        told = _first_told(error)
        if told is None:
            raise
        typer.echo(sentence_of(told), err=True)
        raise SystemExit(BAD_INPUT if isinstance(told, BadInput) else FAILED) from None
    raise SystemExit(0)


def sentence_of(error: Refusal | WorldFailed) -> str:
    """What went wrong and what to do next."""
    if isinstance(error, Mendable):
        where = f"{error.where}: " if error.where else ""
        return f"{where}{error.problem}\n  → {error.mend}"
    from bot.view.texts import SOURCE_LANGUAGE, Texts

    return Texts().refusal(error, SOURCE_LANGUAGE, "UTC")


@contextmanager
def _loading() -> Generator[None]:
    """Imports make no garbage and many objects that stay.

    So the collector rests meanwhile, and leaves them out ever after: each full collection would look
    through all of them, in which nothing else happens (measured 0.3 s).
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _config(context: typer.Context) -> "Config":
    from bot.config import load_config

    return load_config(context.obj, os.environ)


def _duties(roles: str) -> frozenset[Duty]:
    given = {role.strip() for role in roles.split(",")}
    if unknown := given - set(Duty):
        problem = f"there is no {' or '.join(sorted(unknown)) or 'role'}"
        raise BadConfig(f"--roles {roles}", problem, f"give some of {','.join(Duty)}, with commas between")
    return frozenset(Duty(role) for role in given)


def _run(context: typer.Context, duties: frozenset[Duty]) -> None:
    from bot.config import ensure_token

    config = _config(context)
    ensure_token(config)
    with _loading():
        from bot import running

    asyncio.run(running.run(config, duties))


def _served(work: Coroutine[Any, Any, T], port: int) -> T:
    """What a server's coroutine returns; a taken port is said in words."""
    try:
        return asyncio.run(work)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        problem = "another program listens there"
        raise BadConfig(f"--port {port}", problem, "stop it, or name another port") from error


async def _sandbox(port: int) -> None:
    from bot.sandbox.server import serve

    async with serve(port=port) as address:
        typer.echo(f"Bot API and chat page: {address.url}   token: {address.token}   (Ctrl-C ends it)")
        await asyncio.Event().wait()


def _first_told(error: BaseException) -> Refusal | WorldFailed | None:
    """The first thing a person can be told of, None when something else went wrong too."""
    if isinstance(error, BaseExceptionGroup):
        found = [_first_told(one) for one in error.exceptions]  # pyright: ignore[reportUnknownVariableType,reportUnknownMemberType,reportUnknownArgumentType] -- a bare except gives a group of unknown kind
        return None if None in found else found[0]
    return error if isinstance(error, Refusal | WorldFailed) else None
