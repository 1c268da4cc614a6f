"""`triagram provider …` and `triagram agent …`: what can be said, each done by a room it loads itself."""

# ruff: noqa: PLC0415 - a command imports what it needs by itself, so that --help answers at once

import asyncio
from pathlib import Path
from typing import Annotated

import typer

provider = typer.Typer(
    name="provider", help="Keys of models' providers, kept encrypted.", no_args_is_help=True
)
agent = typer.Typer(
    name="agent", help="Named ways to judge: model, prompts, temperature.", no_args_is_help=True
)

NameArgument = Annotated[str, typer.Argument(help="Such as openai; any name for a server of your own.")]


@provider.command("add")
def add_key(
    context: typer.Context,
    name: NameArgument,
    base_url: Annotated[str, typer.Option(help="The address of a server of your own.")] = "",
) -> None:
    """Asks for the key, or reads it from a pipe, and keeps it encrypted; it is never shown again."""
    from bot.models.keys import add, read_key

    asyncio.run(add(context.obj, name, base_url, read_key(name)))


@provider.command("list")
def list_keys(context: typer.Context) -> None:
    """Which keys are kept, and which come from the environment; no key is shown."""
    from bot.models.keys import listed

    asyncio.run(listed(context.obj))


@provider.command("test")
def try_model(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A provider of llm.model, or a model: ollama:qwen3:14b.")],
    most: Annotated[
        int, typer.Option(min=1_000, max=128_000, help="The longest question, in tokens; they cost.")
    ] = 32_000,
) -> None:
    """Asks a model for real: how much it reads at once, how fast, and what a day would take."""
    from bot.models.trying import test

    asyncio.run(test(context.obj, name, most))


@provider.command("remove")
def remove_key(context: typer.Context, name: NameArgument) -> None:
    """Forgets a key."""
    from bot.models.keys import remove

    asyncio.run(remove(context.obj, name))


@agent.command("add")
def add_agent(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Small letters, digits, hyphens.")],
    *,
    model: Annotated[str, typer.Option(help="provider:name, such as openai:gpt-5-mini.")],
    base_url: Annotated[str, typer.Option(help="The address of a server of your own.")] = "",
    fallback: Annotated[str, typer.Option(help="The model asked where that one fails.")] = "",
    temperature: Annotated[float | None, typer.Option(min=0, max=2, help="llm.temperature.")] = None,
    batch_messages: Annotated[int | None, typer.Option(min=2, max=500, help="Messages at once.")] = None,
    gap_minutes: Annotated[int | None, typer.Option(min=1, max=1440, help="analysis.gap_minutes.")] = None,
    min_length: Annotated[int | None, typer.Option(min=0, max=4096, help="analysis.min_length.")] = None,
    prompt: Annotated[
        list[str] | None,
        typer.Option(
            help="A prompt of its own: NAME=FILE; extract, propose, judge, edit, answer or digest."
        ),
    ] = None,
) -> None:
    """Makes an agent, or the next version of one; what it made before stays with the older version."""
    from bot.models.agents import add, described

    bounds = {"batch_messages": batch_messages, "gap_minutes": gap_minutes, "min_length": min_length}
    made = described(
        name,
        model=model,
        base_url=base_url,
        fallback=fallback,
        temperature=temperature,
        bounds=bounds,
        prompts=prompt or [],
    )
    asyncio.run(add(context.obj, made))


@agent.command("list")
def list_agents(context: typer.Context) -> None:
    """The newest version of each."""
    from bot.models.agents import listed

    asyncio.run(listed(context.obj))


@agent.command("show")
def show_agent(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Which one.")],
    version: Annotated[int | None, typer.Option(help="The newest without it.")] = None,
    folder: Annotated[Path | None, typer.Option(help="Write its own prompts there.")] = None,
) -> None:
    """One version, whole: model, numbers, prompts with their hashes."""
    from bot.models.agents import show

    asyncio.run(show(context.obj, name, version, folder))
