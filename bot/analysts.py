"""Joins the analyst the settings name: the rules, or a model with its limits and its keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.domain.models import PROVIDERS, chosen
from core.ports.analysis import Analyst, Matcher
from core.ports.models import Keys
from core.rules.analyst import RuleAnalyst
from core.rules.deadlines import RuleDays
from core.rules.embedding import WordVectors
from core.settings import Settings

if TYPE_CHECKING:
    from core.llm.asking import Asker


@dataclass(frozen=True)
class EnvironmentKeys:
    """The Keys port over environment variables such as OPENAI_API_KEY."""

    environ: Mapping[str, str]

    async def find(self, provider: str) -> str | None:
        """The key of a provider, None where its variable is empty or not known."""
        known = PROVIDERS.get(provider)
        variable = known.variable if known else f"{provider.upper().replace('-', '_')}_API_KEY"
        return self.environ.get(variable) or None if variable else None


def analyst_of(settings: Settings, words: WordVectors, matcher: Matcher, keys: Keys) -> Analyst:
    """Who reads; a model's client is opened at its first call."""
    if settings.llm.analyst != "llm":
        return RuleAnalyst(words, matcher)
    # pydantic-ai takes 1.7 s to load: whoever reads by rules does not wait for it.
    from core.llm.analyst import LlmAnalyst  # noqa: PLC0415

    return LlmAnalyst(asker_of(settings, keys), RuleDays())


def asker_of(settings: Settings, keys: Keys) -> "Asker":
    """Who asks the model of `[llm]`, at its pace."""
    from core.llm.asking import Asker  # noqa: PLC0415 # as above
    from core.llm.limits import Limiter  # noqa: PLC0415 # as above

    llm = settings.llm
    names = chosen(llm.model, llm.fallback, llm.base_url)
    is_local = any(name.is_local for name in names)
    at_once = llm.calls_at_once or (1 if is_local else settings.analysis.concurrency)
    limiter = Limiter(at_once, llm.requests_per_minute, llm.tokens_per_minute)
    return Asker(names, keys, limiter, llm)
