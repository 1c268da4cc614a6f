"""Joins who answers for an agent: a model with its limits, its keys and its own prompts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.speak.masking import hide_word_in_logs
from core.domain.agent import Agent
from core.domain.models import PROVIDERS, ModelName, chosen, without_password
from core.errors import AnalystFailed, BadConfig, Failing
from core.ports.advising import Adviser
from core.ports.agents import Secrets
from core.ports.analysis import Analyst, Embedder, Matcher
from core.ports.models import Keys
from core.ports.unit_of_work import Transactions
from core.ports.world import Clock, Ids
from core.rules.deadlines import RuleDays
from core.rules.embedding import WordLlamaEmbedder, WordVectors
from core.rules.matching import RuleMatcher
from core.rules.rejudging import RejudgingMatcher
from core.services.money.embedding import PaidEmbedder
from core.settings import EmbeddingSettings, LlmSettings, Settings

if TYPE_CHECKING:
    from core.llm.asking import Asker
    from core.llm.limits import Limiter

MOST_KEPT = 16
"""Clients kept open: runs that go on with an older version are few."""


@dataclass(frozen=True)
class ProviderKeys:
    """The Keys port: what `[llm]` was given, else the encrypted store, else variables like OPENAI_API_KEY.

    Whatever it hands out no log line shows from then on.
    """

    settings: LlmSettings
    secrets: Secrets
    environ: Mapping[str, str]

    async def find(self, provider: str, base_url: str = "") -> str | None:
        """The key of a provider, or of the server at `base_url`; None where there is none.

        Raises AnalystFailed where it is kept, but none of our keys opens it.
        """
        name, base_url = provider.removesuffix("-chat"), without_password(base_url)
        try:
            key = self._given(name, base_url) or await self._kept(name, base_url)
        except BadConfig as lost:
            raise AnalystFailed(Failing.KEY, f"{lost.where}: {lost.problem}") from lost
        key = key or ("" if base_url else self._exported(provider))
        hide_word_in_logs(key)
        return key or None

    def _given(self, name: str, base_url: str) -> str:
        llm = self.settings
        is_of_model = llm.model.partition(":")[0].removesuffix("-chat") == name
        return llm.api_key if is_of_model and without_password(llm.base_url) == base_url else ""

    async def _kept(self, name: str, base_url: str) -> str:
        found = await (self.secrets.find_at(base_url) if base_url else self.secrets.find(name))
        return found.key if found is not None and found.base_url == base_url else ""

    def _exported(self, provider: str) -> str:
        known = PROVIDERS.get(provider)
        variable = known.variable if known else f"{provider.upper().replace('-', '_')}_API_KEY"
        return self.environ.get(variable, "") if variable else ""


def embedder_of(ports: "EmbedderPorts", words: WordVectors) -> Embedder:
    """What makes vectors: the bundled one, or a model by `[embedding]`."""
    settings = ports.settings.embedding
    if not settings.model:
        return WordLlamaEmbedder(words)
    from core.llm.embedding import ModelEmbedder  # noqa: PLC0415 # as below

    name = ModelName.parsed(settings.model, settings.base_url)
    masks = ports.settings.privacy.mask_secrets and not name.is_local
    inner = ModelEmbedder(name, ports.keys, settings)
    return PaidEmbedder(inner, ports.transactions, ports.clock, ports.ids, masks_secrets=masks)


def matcher_of(settings: EmbeddingSettings, words: WordVectors) -> Matcher:
    """Who says how alike two items are; always by bundled vectors."""
    return RejudgingMatcher(RuleMatcher(), words) if settings.model else RuleMatcher()


@dataclass(frozen=True)
class EmbedderPorts:
    """What an embedder elsewhere needs."""

    settings: Settings
    keys: Keys
    transactions: Transactions
    clock: Clock
    ids: Ids


@dataclass(frozen=True)
class ModelAnalysts:
    """The Analysts port over models; a client is opened at its first call and kept.

    Agents of one provider share its limits. `contexts` are tokens read at once by a model's place, as
    measured; the configuration's number stands above them.
    """

    settings: Settings
    keys: Keys
    contexts: dict[str, int] = field(default_factory=dict[str, int])
    _limiters: dict[str, "Limiter"] = field(default_factory=dict[str, "Limiter"], repr=False)
    _kept: dict[Agent, Analyst] = field(default_factory=dict[Agent, Analyst], repr=False)
    _advisers: dict[Agent, Adviser] = field(default_factory=dict[Agent, Adviser], repr=False)

    def analyst_of(self, agent: Agent) -> Analyst:
        """The analyst of an agent; raises BadConfig where its model is no `provider:name`."""
        if agent not in self._kept:
            # pydantic-ai takes 1.7 s to load: whoever reads by rules does not wait for it.
            from core.llm.analyst import LlmAnalyst  # noqa: PLC0415

            if len(self._kept) >= MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            own = {one.name: one for one in agent.prompts}
            self._kept[agent] = LlmAnalyst(self._asker(agent), RuleDays(), own)
        return self._kept[agent]

    def adviser_of(self, agent: Agent) -> Adviser:
        """The adviser of an agent; raises BadConfig as above."""
        if agent not in self._advisers:
            from core.llm.adviser import LlmAdviser  # noqa: PLC0415 # as above

            if len(self._advisers) >= MOST_KEPT:
                del self._advisers[next(iter(self._advisers))]
            own = {one.name: one for one in agent.prompts}
            self._advisers[agent] = LlmAdviser(self._asker(agent), RuleDays(), own)
        return self._advisers[agent]

    def _asker(self, agent: Agent) -> "Asker":
        try:
            names = chosen(agent.model, agent.fallback, self._base_url(agent))
        except ValueError as wrong:
            mend = "name it such as openai:gpt-5-mini"
            raise BadConfig(f"agent {agent.name}", f"{agent.model} is no provider:name", mend) from wrong
        llm = self.settings.llm
        temperature = llm.temperature if agent.temperature is None else agent.temperature
        measured = [self.contexts[name.place] for name in names if name.place in self.contexts]
        context = llm.context_tokens or min(measured, default=0)
        set_ = replace(llm, temperature=temperature, context_tokens=context)
        return asker_of(names, set_, self.keys, self._limiter)

    def _base_url(self, agent: Agent) -> str:
        """A password in the configuration's address is kept nowhere else."""
        known = self.settings.llm.base_url
        return known if agent.base_url == without_password(known) else agent.base_url

    def _limiter(self, names: tuple[ModelName, ...]) -> "Limiter":
        key = f"{names[0].provider} {names[0].host}"
        if key not in self._limiters:
            self._limiters[key] = limiter_of(names, self.settings)
        return self._limiters[key]


def asker_of(
    names: tuple[ModelName, ...],
    llm: LlmSettings,
    keys: Keys,
    limiter: "Callable[[tuple[ModelName, ...]], Limiter]",
) -> "Asker":
    """Who asks these models, at their pace. Raises BadConfig where `llm.traces` cannot be met."""
    from core.llm.asking import Asker  # noqa: PLC0415 # as above

    if llm.traces:
        from core.llm.tracing import trace_to  # noqa: PLC0415 # as above

        trace_to(llm.traces)
    return Asker(names, keys, limiter(names), llm)


def limiter_of(names: tuple[ModelName, ...], settings: Settings) -> "Limiter":
    """The pace of a provider: one call at a time where the model stands here."""
    from core.llm.limits import Limiter  # noqa: PLC0415 # as above

    llm = settings.llm
    is_local = any(name.is_local for name in names)
    at_once = llm.calls_at_once or (1 if is_local else settings.analysis.concurrency)
    return Limiter(at_once, llm.requests_per_minute, llm.tokens_per_minute)
