"""The Embedder port by a model: texts to vectors of length 1, with what each call costs."""

import math
import struct
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from pydantic_ai.embeddings import Embedder, EmbeddingModel, EmbeddingResult, infer_embedding_model
from pydantic_ai.embeddings.settings import EmbeddingSettings as Wanted
from pydantic_ai.providers import Provider

from core.domain.conversation import Usage
from core.domain.models import ModelName
from core.errors import AnalystFailed, Failing
from core.llm.failures import told_as_ours
from core.llm.models import providing
from core.ports.analysis import Vector
from core.ports.models import Keys
from core.settings import EmbeddingSettings

LONGEST_TEXT = 6000
"""Characters of a text: some 2,000 tokens, where models take 8,000 (OpenAI) or 2,000 (Google)."""


@dataclass(frozen=True)
class Opened:
    """An embedder, and within what its connections are open; entered for each call, as models are."""

    embedder: Embedder
    connection: AbstractAsyncContextManager[object]


@dataclass(frozen=True)
class ModelEmbedder:
    """Asks one embedding model; opened at the first call. `made` stands in for it in tests."""

    model: ModelName
    keys: Keys
    settings: EmbeddingSettings
    made: EmbeddingModel | None = None
    _kept: list[Opened] = field(default_factory=list[Opened], repr=False)

    @property
    def name(self) -> str:
        """`openai:text-embedding-3-small`, with its server and length where these are not its own."""
        length = f"/{self.settings.dimensions}" if self.settings.dimensions else ""
        server = f"@{self.model.host}" if self.model.base_url else ""
        return f"{self.model}{server}{length}"

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        """One vector a text; raises AnalystFailed."""
        return (await self.embed_priced(texts))[0]

    async def embed_priced(self, texts: Sequence[str]) -> tuple[list[Vector], Usage]:
        """One vector a text, of length 1 or all zero for none, and what that cost; raises AnalystFailed."""
        if not texts:
            return [], Usage()
        said = [text.strip()[:LONGEST_TEXT] for text in texts]
        opened = await self._open()
        with told_as_ours(str(self.model)):
            # Providers refuse an empty text; its vector is none whatever they say of the dot.
            async with opened.connection:
                result = await opened.embedder.embed_documents([text or "." for text in said])
        if len(result.embeddings) != len(said):
            raise AnalystFailed(Failing.INVALID, str(self.model))
        rows = zip(said, result.embeddings, strict=True)
        return [_vector_of(row if text else [0.0] * len(row)) for text, row in rows], self._usage(result)

    def _usage(self, result: EmbeddingResult) -> Usage:
        tokens = result.usage.input_tokens
        if self.model.is_local:
            return Usage(tokens, 0, 0.0)
        if self.model.base_url:
            return Usage(tokens, 0, None)
        try:
            return Usage(tokens, 0, float(result.cost().total_price))
        except (LookupError, ValueError, AssertionError):
            return Usage(tokens, 0, None)

    async def _open(self) -> Opened:
        if not self._kept:
            wanted = Wanted(dimensions=self.settings.dimensions) if self.settings.dimensions else Wanted()
            model, connection = (self.made, nullcontext()) if self.made else await self._opened()
            self._kept.append(Opened(Embedder(model, settings=wanted), connection))
        return self._kept[0]

    async def _opened(self) -> tuple[EmbeddingModel, Provider[Any]]:
        key = await self.keys.find(self.model.provider, self.model.base_url)
        with providing(self.model, key) as factory:
            provider = factory(self.model.provider)
            return infer_embedding_model(str(self.model), provider_factory=lambda _: provider), provider


def _vector_of(row: Sequence[float]) -> Vector:
    length = math.hypot(*row) or 1.0
    return Vector(struct.pack(f"<{len(row)}f", *(one / length for one in row)))
