"""Agents: made in versions, listed, shown."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import typer

from bot.config import load_config
from bot.config.keeping import write_private
from bot.main import open_app
from core.domain.agent import RULES, Agent, Prompt, prompt_of
from core.domain.models import ModelName, without_password
from core.errors import BadConfig, NotFound

PROMPTS = ("extract", "propose", "judge", "edit", "answer", "digest")
"""Those an agent may have of its own."""


def described(
    name: str,
    *,
    model: str,
    base_url: str,
    fallback: str,
    temperature: float | None,
    bounds: Mapping[str, int | None],
    prompts: Sequence[str],
) -> Agent:
    """An agent as given on the command line; raises BadConfig."""
    for option, given in (("--model", model), ("--fallback", fallback)):
        if given:
            _ensure_model(option, given)
    if without_password(base_url) != base_url:
        mend = "triagram provider add NAME --base-url …, with the password as the key"
        raise BadConfig("--base-url", "it has a password in it", mend)
    own = tuple(_prompt(one) for one in prompts)
    return Agent(
        name,
        model,
        base_url=base_url.rstrip("/"),
        fallback=fallback,
        prompts=own,
        temperature=temperature,
        batch_messages=bounds["batch_messages"],
        gap_minutes=bounds["gap_minutes"],
        min_length=bounds["min_length"],
    )


async def add(path: Path | None, agent: Agent) -> None:
    """Store it; raises BadConfig."""
    async with open_app(load_config(path, os.environ)) as app:
        stored = await app.use_cases.staff.put(agent)
    typer.echo(f"{stored.name} v{stored.version}: {stored.model}. /agents gives it runs to make.")


async def listed(path: Path | None) -> None:
    """A line an agent."""
    async with open_app(load_config(path, os.environ)) as app:
        for agent in await app.use_cases.staff.list_all():
            typer.echo(f"{agent.name} v{agent.version}  {agent.model}{_extras(agent)}")


async def show(path: Path | None, name: str, version: int | None, folder: Path | None) -> None:
    """One version, whole; raises NotFound."""
    async with open_app(load_config(path, os.environ)) as app, app.transactions.reading() as tx:
        stored = await tx.agents.find(name, version)
    agent = RULES if name == RULES.name else stored
    if agent is None:
        raise NotFound("agent", name)
    typer.echo(f"{agent.name} v{agent.version}  {agent.model}{_extras(agent)}")
    for prompt in agent.prompts:
        typer.echo(f"\n--- {prompt.name}  sha256 {prompt.sha256}\n{prompt.text}")
        if folder is not None:
            write_private(folder / f"{prompt.name}.md", prompt.text)


def _ensure_model(option: str, given: str) -> None:
    try:
        ModelName.parsed(given)
    except ValueError as wrong:
        raise BadConfig(option, f"{given} is no provider:name", "such as openai:gpt-5-mini") from wrong


def _prompt(given: str) -> Prompt:
    name, _, file = given.partition("=")
    if name not in PROMPTS or not file:
        wanted = " or ".join(f"{one}=FILE" for one in PROMPTS)
        raise BadConfig("--prompt", f"{given!r} is not {wanted}", "triagram agent add --help")
    try:
        return prompt_of(name, Path(file).read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as wrong:
        raise BadConfig("--prompt", f"{file} cannot be read as text", "name a file in UTF-8") from wrong


def _extras(agent: Agent) -> str:
    given = {
        "at": agent.base_url,
        "else": agent.fallback,
        "temperature": agent.temperature,
        "batch_messages": agent.batch_messages,
        "gap_minutes": agent.gap_minutes,
        "min_length": agent.min_length,
        "prompts": ", ".join(one.name for one in agent.prompts),
    }
    said = [f"{name} {value}" for name, value in given.items() if value not in (None, "")]
    return f"  ({'; '.join(said)})" if said else ""
