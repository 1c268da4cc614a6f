"""A name such as `openai:gpt-5-mini` becomes pydantic-ai's model: its key, server and form of answer."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, cast

from pydantic_ai import ModelProfile, NativeOutput, PromptedOutput, ToolOutput
from pydantic_ai.exceptions import (
    ContentFilterError,
    ModelAPIError,
    ModelContextWindowExceededError,
    UserError,
)
from pydantic_ai.models import Model, infer_model
from pydantic_ai.models.fallback import FallbackModel
from pydantic_ai.providers import Provider, infer_provider_class
from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

from core.domain.models import OLLAMA, PROVIDERS, ModelName
from core.errors import AnalystFailed, Failing
from core.ports.models import Keys

T = TypeVar("T")
Mode = Literal["tool", "native", "prompted"]

PACKAGE = "triagram"
_NO_KEY = "none"
"""Clients want one where a server of one's own does not."""
OPENROUTER = "openrouter"
_WITHOUT_TEMPERATURE = ("openai_supports_reasoning", "anthropic_disallows_sampling_settings")
_OPENAI_WIRE = frozenset({"openai", "openai-chat", OLLAMA})


@dataclass(frozen=True)
class Opened:
    """A model that can be asked, and the names of it and of those it falls back on."""

    model: Model
    names: tuple[ModelName, ...]


async def opened(names: Sequence[ModelName], keys: Keys) -> Opened:
    """The first of the models, with the others to fall back on; raises AnalystFailed."""
    models = [_model(name, await keys.find(name.provider, name.base_url)) for name in names]
    if len(models) == 1:
        return Opened(models[0], tuple(names))
    return Opened(FallbackModel(models[0], *models[1:], fallback_on=_falls_back), tuple(names))


def _falls_back(error: Exception) -> bool:
    """Whether another model may do better: a conversation that is too long, or wrong, stays so."""
    if isinstance(error, ModelContextWindowExceededError):
        return False
    return isinstance(error, ModelAPIError | ContentFilterError)


def _model(name: ModelName, key: str | None) -> Model:
    with providing(name, key) as factory:
        return infer_model(str(name), provider_factory=factory)


@contextmanager
def providing(name: ModelName, key: str | None) -> Generator[Callable[[str], Provider[Any]]]:
    """What gives pydantic-ai the provider of a model; what it lacks becomes an AnalystFailed."""
    if name.needs_key and not key:
        raise AnalystFailed(Failing.KEY, f"{name}: {PROVIDERS[name.provider].variable}")
    try:
        yield _provider_of(name, key)
    except ImportError as missing:
        raise AnalystFailed(Failing.NOT_INSTALLED, _install(name)) from missing
    except (UserError, ValueError, TypeError) as wrong:
        kind = Failing.KEY if "API_KEY" in str(wrong) else Failing.UNKNOWN_MODEL
        raise AnalystFailed(kind, str(name)) from wrong


def _provider_of(name: ModelName, key: str | None) -> Callable[[str], Provider[Any]]:
    def made(provider: str) -> Provider[Any]:
        if name.base_url and provider in ("openai", "openai-chat"):
            return OpenAICompatibleProvider(
                "own", base_url=name.base_url, api_key=key or _NO_KEY, profile=_plain_chat(provider)
            )
        if name.base_url and provider == OPENROUTER:
            return _openrouter_at(name.base_url, key)
        given = {"api_key": key or (_NO_KEY if name.base_url or provider == OLLAMA else None)}
        known = PROVIDERS.get(provider)
        if name.base_url or provider == OLLAMA:
            given["base_url"] = name.base_url or (known.url if known else "")
        kind = cast("Callable[..., Provider[Any]]", infer_provider_class(provider))
        return kind(**{argument: value for argument, value in given.items() if value})

    return made


def _openrouter_at(base_url: str, key: str | None) -> Provider[Any]:
    """Its provider takes no address; the client in it does."""
    from pydantic_ai.providers.openrouter import OpenRouterProvider  # noqa: PLC0415 # few ask it

    provider = OpenRouterProvider(api_key=key or _NO_KEY)
    provider.client.base_url = base_url
    return provider


def _plain_chat(provider: str) -> ModelProfile | None:
    """Of a server with OpenAI's interface only what all of them have is used."""
    if provider == "openai":
        return None
    return cast(
        "ModelProfile",
        {
            "openai_chat_supports_max_completion_tokens": False,
            "openai_supports_strict_tool_definition": False,
        },
    )


def _install(name: ModelName) -> str:
    known = PROVIDERS.get(name.provider)
    extra = known.extra if known and known.extra else f"pydantic-ai-slim[{name.provider}]"
    wanted = f"{PACKAGE}[{extra}]" if known and known.extra else extra
    return f'{name}: pip install "{wanted}"'


def mode_of(opened_model: Opened, wished: str) -> Mode:
    """How it gives its answer: as wished, or by what the weakest of its models can do."""
    if wished != "auto":
        return cast("Mode", wished)
    if any(name.is_small or _is_own(name) for name in opened_model.names):
        return "native" if all(_is_ollama(name) for name in opened_model.names) else "prompted"
    profiles = _profiles(opened_model.model)
    if all(profile.get("supports_tools", True) for profile in profiles):
        return "tool"
    can_native = all(profile.get("supports_json_schema_output", False) for profile in profiles)
    return "native" if can_native else "prompted"


def takes_temperature(model: Model) -> bool:
    """Whether its temperature can be set; what reasons before it answers takes none (its profile says)."""
    return not any(profile.get(one) for profile in _profiles(model) for one in _WITHOUT_TEMPERATURE)


def _profiles(model: Model) -> list[Mapping[str, object]]:
    """What it can do; of one that falls back on others, what each of them can."""
    models = model.models if isinstance(model, FallbackModel) else [model]
    return [{**one.profile} for one in models]


def _is_own(name: ModelName) -> bool:
    return bool(name.base_url) and name.provider in _OPENAI_WIRE


def _is_ollama(name: ModelName) -> bool:
    """It holds a model to the schema while it writes; its cloud does not (OllamaModel's docstring)."""
    return name.provider == OLLAMA and name.is_local


def output_of(kind: type[T], mode: Mode) -> Any:
    """The output type pydantic-ai is given; plain text is asked for as it is."""
    if kind is str:
        return str
    if mode == "tool":
        return ToolOutput(kind, name="answer")
    return NativeOutput(kind) if mode == "native" else PromptedOutput(kind)
