"""`triagram provider test`: a model is asked for real, and what it can do is told."""

import os
from collections.abc import Mapping
from pathlib import Path

import typer

from bot.analysts import asker_of, limiter_of
from bot.config import Config, load_config
from bot.main import App, open_app
from core.domain.models import OLLAMA, ModelName
from core.errors import AnalystFailed, BadConfig, Failing, NotLocal
from core.llm.asking import CONTEXT, LOCAL_CONTEXT
from core.llm.probing import Prober, Speed, Step, context_of, is_useful

_MINUTE, _HOUR = 60, 3600
SAYS: Mapping[Failing, str] = {
    Failing.KEY: "the key is missing or was refused",
    Failing.QUOTA: "the account has used up what it paid for",
    Failing.LIMIT: "the provider lets no more calls through for now",
    Failing.TOO_LONG: "the question is too long for it",
    Failing.REFUSED: "it would not answer",
    Failing.INVALID: "its answer could not be used",
    Failing.AWAY: "it does not answer",
    Failing.TIMEOUT: "it took too long",
    Failing.UNKNOWN_MODEL: "there is no such model",
    Failing.NOT_INSTALLED: "its client is not installed",
    Failing.REJECTED: "the provider does not take the question",
    Failing.CONFIG: "it may not be asked as things are set",
}
_MENDS: Mapping[str, str] = {
    Failing.KEY: "triagram provider add NAME",
    Failing.UNKNOWN_MODEL: "look its name up at the provider",
    Failing.NOT_INSTALLED: "run the command above",
    Failing.TIMEOUT: "raise llm.timeout_seconds, or lower --most",
}


async def test(path: Path | None, name: str, most_tokens: int) -> None:
    """Ask it, and print its context, its speed, a day's estimate, and what to set.

    Raises BadConfig for a name no model is known for, or one that gives no answer; NotLocal.
    """
    config = load_config(path, os.environ)
    async with open_app(config) as app:
        model = _model_of(config, name)
        if config.settings.privacy.local_only and not model.is_local:
            raise NotLocal(str(model))
        try:
            await _tell(app, model, most_tokens)
        except AnalystFailed as failure:
            mend = _MENDS.get(failure.kind, "see docs/models.md, and try again")
            raise BadConfig(failure.detail or str(model), SAYS[Failing(failure.kind)], mend) from failure


async def _tell(app: App, model: ModelName, most_tokens: int) -> None:
    settings = app.config.settings
    asker = asker_of((model,), settings.llm, app.keys, lambda names: limiter_of(names, settings))
    prober = Prober(asker)
    typer.echo(f"{model} at {model.host or 'its own address'}: {'here' if model.is_local else 'away'}")
    steps: list[Step] = []
    async for step in prober.steps(most_tokens):
        steps.append(step)
        typer.echo(f"  {step_line(step)}")
    whole = [step for step in steps if step.is_found]
    for line in context_lines(model, steps):
        typer.echo(line)
    await _keep(app, model, steps)
    if whole:
        for line in speed_lines(await prober.speed(whole[-1])):
            typer.echo(line)


async def _keep(app: App, model: ModelName, steps: list[Step]) -> None:
    """What was measured holds from the next start; what was not reached is taken for what is usual."""
    context = context_of(steps)
    if not context:
        return
    if steps[-1].is_found:
        context = max(context, LOCAL_CONTEXT if model.is_local else CONTEXT)
    async with app.transactions() as tx:
        await tx.agents.put_context(model.place, context, app.services.clock.now())
    typer.echo(f"Kept: from the next start conversations are read in parts of {context:,} tokens.")


def _model_of(config: Config, name: str) -> ModelName:
    llm = config.settings.llm
    if ":" in name:
        is_configured = llm.model.partition(":")[0] == name.partition(":")[0]
        return ModelName.parsed(name, llm.base_url if is_configured else "")
    for known in (llm.model, llm.fallback):
        if known.partition(":")[0].removesuffix("-chat") == name.removesuffix("-chat"):
            return ModelName.parsed(known, llm.base_url if known == llm.model else "")
    mend = f"say which one: triagram provider test {name}:MODEL"
    raise BadConfig(f"provider {name}", "llm.model names no model of it", mend)


def step_line(step: Step) -> str:
    """One question and what came back."""
    told = "remembered its start" if step.is_found else "had lost its start"
    if not step.is_found and not step.input_tokens:
        told = "was refused as too long"
    counted = f", the server counted {step.input_tokens:,}" if step.input_tokens else ""
    return f"about {step.asked_tokens:,} tokens{counted}: {told}, {step.seconds:.1f} s"


def context_lines(model: ModelName, steps: list[Step]) -> list[str]:
    """What it reads at once, the line to set, and the one that mends an Ollama that cuts."""
    context = context_of(steps)
    if not context:
        return ["It remembered nothing of a short text: it is of no use here."]
    is_end = steps[-1].is_found
    lines = [
        f"Context: {'at least ' if is_end else ''}{context:,} tokens. To set it by hand, in config.toml:",
        f"  [llm]\n  context_tokens = {context}",
    ]
    if not is_end and model.provider == OLLAMA:
        lines += [
            "Ollama cuts what is longer without a word. To have it read more, start it with:",
            "  OLLAMA_CONTEXT_LENGTH=32768 ollama serve",
        ]
    if not is_useful(context):
        lines.append("That is too little for a conversation with what is known of it; expect poor notes.")
    return lines


def speed_lines(speed: Speed) -> list[str]:
    """Tokens a second, and a day of 500 messages."""
    cost = "price unknown" if speed.day_cost_usd is None else f"${speed.day_cost_usd:.2f}"
    if speed.day_cost_usd == 0.0:
        cost = "free of cost"
    return [
        f"Reads {speed.reads:,.0f} and writes {speed.writes:,.1f} tokens a second.",
        f"A day of 500 messages: about {_span(speed.day_seconds)}, {cost}.",
    ]


def _span(seconds: float) -> str:
    if seconds < _MINUTE:
        return f"{seconds:.0f} s"
    if seconds < _HOUR:
        return f"{seconds / _MINUTE:.0f} min"
    return f"{seconds / _HOUR:.1f} h"
