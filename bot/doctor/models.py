"""What the doctor says of models: their keys, who asks them, what they cost, and who finds the like."""

import os
from collections.abc import AsyncGenerator, Sequence

from bot.analysts import ProviderKeys
from bot.doctor.checks import Line
from bot.main import App
from core.domain.agent import Agent
from core.domain.models import PROVIDERS, ModelName
from core.domain.money import Budget
from core.domain.person import Project
from core.domain.run import Stage
from core.errors import AnalystFailed, NotFound
from core.ports.agents import CredentialNote


def keys_line(notes: Sequence[CredentialNote]) -> Line:
    """Whether the installation's keys open what was sealed."""
    closed = [one.name for one in notes if not one.is_readable]
    if closed:
        mend = (
            "put back the TRIAGRAM__SECRETS__KEYS that sealed it (data/triagram.env, also in a backup),"
            f" or give it anew: `triagram provider add {closed[0]}`"
        )
        return Line("keys", f"none of secrets.keys opens the key of {', '.join(closed)}", mend)
    kept = ", ".join(one.name for one in notes)
    return Line("keys", f"{kept}: kept, and can be opened" if kept else "none is kept")


def agent_line(agent: Agent, projects: Sequence[str], missing: str) -> Line:
    """Who asks a model, and for which projects; `missing` is the variable its key could come from."""
    says = f"{agent.model}, for {', '.join(projects)}"
    what = f"agent {agent.name} v{agent.version}"
    if not missing:
        return Line(what, says)
    mend = f"`triagram provider add {agent.provider.removesuffix('-chat')}`, or set {missing}"
    return Line(what, f"{says}, but there is no key", mend)


def budget_line(project: Project, budget: Budget) -> Line:
    """A project's month; nothing is left to mend before the money is gone."""
    spent, limit = f"${budget.spent.cost_usd:.2f}", f"${budget.limit_usd:.2f}"
    says = f"{spent} of {limit} spent this month ({budget.percent} %)"
    if budget.spent.unknown:
        says += f", {budget.spent.unknown} calls of unknown price beside"
    is_gone = budget.spent.cost_usd > 0 and budget.left_usd <= 0
    mend = "an owner raises it in the chat by /budget, or it starts anew next month"
    return Line(f"budget {project.name}", says, mend if is_gone else "")


def search_line(name: str, embedded: tuple[int, int], failed: str) -> Line:
    """The model whose vectors find the like; `failed` is what it answered to a word, "" for its vector."""
    if failed:
        return Line(
            "search", f"{name}: {failed}", 'mend that, or set embedding.model = "" for the bundled one'
        )
    done, total = embedded
    if done < total:
        return Line("search", f"{name}: {done} of {total} embedded; words alone find until it is through")
    return Line("search", f"{name}: {total} embedded")


async def model_lines(app: App) -> AsyncGenerator[Line]:
    """All of it, for what is in use."""
    yield keys_line(await app.secrets.list_notes())
    keys = ProviderKeys(app.config.settings.llm, app.secrets, os.environ)
    async with app.transactions.reading() as tx:
        projects = await tx.projects.list_all()
        budgets = [(one, await app.use_cases.budget.budgets.of(tx, one)) for one in projects]
        embedder = app.use_cases.work.embedding.embedder
        embedded = await tx.search.count_embedded(embedder.name)
    for agent, names in (await _in_use(app, projects)).items():
        yield agent_line(agent, names, await _missing(keys, agent))
    for project, budget in budgets:
        if budget.spent.calls:
            yield budget_line(project, budget)
    if app.config.settings.embedding.model:
        yield search_line(embedder.name, embedded, await _asked(app))


async def _in_use(app: App, projects: Sequence[Project]) -> dict[Agent, list[str]]:
    """The agents that ask a model, each with the projects it does so for."""
    choosing = app.use_cases.staff.choosing
    found: dict[Agent, list[str]] = {}
    async with app.transactions.reading() as tx:
        for project in projects:
            names = {name for stage in Stage for name in await choosing.assigned(tx, project.id, stage)}
            for name in sorted(names):
                try:
                    agent = await choosing.get(tx, name)
                except NotFound:
                    continue
                if not agent.is_built_in:
                    found.setdefault(agent, []).append(project.name)
    return found


async def _missing(keys: ProviderKeys, agent: Agent) -> str:
    """The variable its key could come from; "" where it has one or needs none."""
    name = ModelName.parsed(agent.model, agent.base_url)
    try:
        if not name.needs_key or await keys.find(name.provider, name.base_url):
            return ""
    except AnalystFailed:
        # What cannot be opened has a line of its own.
        return ""
    return PROVIDERS[name.provider].variable


async def _asked(app: App) -> str:
    """What the embedder says to a word; "" when it gives its vector."""
    try:
        await app.use_cases.work.embedding.embedder.embed(["login"])
    except AnalystFailed as failure:
        return f"{failure.kind}: {failure.detail}".strip(": ")
    return ""
