"""Which model is asked and where it stands: `provider:name`, its host, and whether that host is ours."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from urllib.parse import urlsplit, urlunsplit

OLLAMA = "ollama"
OLLAMA_URL = "http://localhost:11434/v1"
"""Where Ollama listens unless told otherwise, https://docs.ollama.com/openai."""
_LOCAL_NAMES = (".local", ".lan", ".home.arpa", ".internal", ".localhost")
"""Names that only resolve on this machine or network: RFC 6761, 6762, 8375, ICANN's .internal."""
_BARE = re.compile(r"[a-z_][\w-]*")
"""A name without a dot; it begins with a letter, as 0x08080808 and 134744072 are addresses too."""
_CLOUD = "-cloud"
"""Models that an Ollama on this machine hands on to ollama.com, https://docs.ollama.com/cloud."""
_SIZE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)b(?![a-z])", re.IGNORECASE)
_SMALL_BILLIONS = 9.0
"""Up to this size a model is given the simplest form of answer (docs/models.md)."""


@dataclass(frozen=True)
class Provider:
    """Where a provider's models are reached, and what installs and opens them.

    `extra` is the part of this package that brings its client, "" where it is always there; `variable` is
    the environment variable people keep its key in, "" where it needs none.
    """

    url: str
    variable: str
    extra: str = ""


PROVIDERS: Mapping[str, Provider] = MappingProxyType(
    {
        "openai": Provider("https://api.openai.com/v1", "OPENAI_API_KEY"),
        "openai-chat": Provider("https://api.openai.com/v1", "OPENAI_API_KEY"),
        "anthropic": Provider("https://api.anthropic.com", "ANTHROPIC_API_KEY", "anthropic"),
        "google": Provider("https://generativelanguage.googleapis.com", "GOOGLE_API_KEY", "google"),
        "groq": Provider("https://api.groq.com", "GROQ_API_KEY", "groq"),
        "mistral": Provider("https://api.mistral.ai", "MISTRAL_API_KEY", "mistral"),
        "openrouter": Provider("https://openrouter.ai/api/v1", "OPENROUTER_API_KEY"),
        OLLAMA: Provider(OLLAMA_URL, ""),
    }
)
"""Those we know by name. Any other that pydantic-ai knows works too; it counts as far away."""


@dataclass(frozen=True)
class ModelName:
    """`openai:gpt-5-mini`, and the server it is asked at: `base_url`, "" for the provider's own."""

    provider: str
    name: str
    base_url: str = ""

    @classmethod
    def parsed(cls, text: str, base_url: str = "") -> "ModelName":
        """The parts of `provider:name`; a name may hold colons itself (`ollama:qwen3:8b`).

        Raises ValueError where one of the two is missing.
        """
        provider, _, name = text.partition(":")
        if not provider.strip() or not name.strip():
            raise ValueError(text)
        return cls(provider.strip(), name.strip(), base_url)

    def __str__(self) -> str:
        return f"{self.provider}:{self.name}"

    @property
    def host(self) -> str:
        """The host text is sent to, "" where only the provider's client knows it."""
        known = PROVIDERS.get(self.provider)
        url = self.base_url or (known.url if known else "")
        return host_of(url)

    @property
    def place(self) -> str:
        """Which model it is and where: the same name elsewhere may be set up otherwise."""
        return f"{self}@{self.host}"

    @property
    def is_local(self) -> bool:
        """Whether what it reads stays on this machine or network."""
        return is_local_host(self.host) and not self.name.endswith(_CLOUD)

    @property
    def is_small(self) -> bool:
        """Whether its name says that it has few parameters; False where it says nothing."""
        sizes = [float(size) for size in _SIZE.findall(self.name)]
        return bool(sizes) and max(sizes) <= _SMALL_BILLIONS

    @property
    def needs_key(self) -> bool:
        """Whether asking it without a key is useless: a server of one's own may need none."""
        known = PROVIDERS.get(self.provider)
        return known is not None and bool(known.variable) and not self.base_url


def chosen(model: str, fallback: str, base_url: str) -> tuple[ModelName, ...]:
    """The model to ask, and the one asked where it fails. A server of one's own is the first one's alone.

    Raises ValueError where one is not `provider:name`.
    """
    first = ModelName.parsed(model, base_url)
    if not fallback:
        return (first,)
    second = ModelName.parsed(fallback)
    return first, replace(second, base_url=base_url if second.provider == first.provider else "")


def host_of(url: str) -> str:
    """The host of a URL, "" where it has none."""
    return urlsplit(url).hostname or "" if url else ""


def without_password(url: str) -> str:
    """A URL without what stands before its @."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def is_local_host(host: str) -> bool:
    """Whether a host is this machine or stands on a private network; a bare name is one of a network."""
    bare = host.strip("[]").rstrip(".").casefold()
    if not bare:
        return False
    try:
        address = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return bool(_BARE.fullmatch(bare)) or bare.endswith(_LOCAL_NAMES)
    return (
        address.is_loopback or address.is_link_local or (address.is_private and not address.is_unspecified)
    )
