"""Vectors of texts from WordLlama's weights, bundled in its package, and from n-grams where it is blind."""

import asyncio
import logging
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from core.ports.analysis import Vector
from core.rules.ngrams import ngram_rows

if TYPE_CHECKING:
    from wordllama.inference import WordLlamaInference

Rows = npt.NDArray[np.float32]
"""`(n, 256)` float32, rows of length 1, or all zero for a text without a known word."""

Row = npt.NDArray[np.float32]
"""`(256,)` float32: one of them."""

DIMENSIONS = 256
"""Width of the only weights bundled in the wheel (`weights/l2_supercat_256.safetensors`)."""
SPELLED = 1.5
"""Weight of the n-grams beside the word pieces in a text wholly in Cyrillic."""
VECTOR_DTYPE = np.dtype("<f4")
"""How a vector is stored, whatever the machine."""
_LOADING = threading.Lock()
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[a-zA-Z]")


class WordVectors:
    """Means of word-piece vectors (WordLlama l2_supercat, 256-d), loaded once, at first use; thread-safe.

    It learned English; Russian and Ukrainian fall into pieces that say little, so hashed n-grams of
    a text's stems are added, by its share of Cyrillic letters (measured, DECISIONS/0007). Never downloads.
    """

    name = "wordllama-0.4/l2_supercat-256+ngrams-1"

    def rows(self, texts: Sequence[str]) -> Rows:
        """One row a text; `(0, 256)` for none."""
        found = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        if not texts:
            return found
        encoded = self._model.tokenizer.encode_batch(list(texts), add_special_tokens=False)
        weights = self._model.embedding
        for row, pieces in zip(found, encoded, strict=True):
            if pieces.ids:
                row[:] = weights[pieces.ids].mean(axis=0)
        return _of_length_1(_of_length_1(found) + _spelled(texts))

    @property
    def _model(self) -> "WordLlamaInference":
        with _LOADING:
            return _loaded()


@dataclass(frozen=True)
class WordLlamaEmbedder:
    """The Embedder port over `WordVectors`; the work is done in a thread."""

    words: WordVectors

    @property
    def name(self) -> str:
        """Model name and version."""
        return self.words.name

    @property
    def dimensions(self) -> int:
        """256."""
        return DIMENSIONS

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        """One vector a text: 256 float32, little endian, of length 1 or all zero."""
        rows = await asyncio.to_thread(self.words.rows, texts)
        return [vector_of(row) for row in rows]


def _of_length_1(rows: Rows) -> Rows:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)


def _spelled(texts: Sequence[str]) -> Rows:
    """The n-grams' rows of texts with Cyrillic letters, weighed by their share; zero for others."""
    found = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
    shares = {index: share for index, text in enumerate(texts) if (share := _cyrillic_share(text)) > 0}
    if shares:
        rows = ngram_rows([texts[index] for index in shares], DIMENSIONS)
        weights = SPELLED * np.array(list(shares.values()), dtype=np.float32)
        found[list(shares)] = rows * weights[:, None]
    return found


def _cyrillic_share(text: str) -> float:
    if text.isascii():
        return 0.0
    cyrillic = len(_CYRILLIC.findall(text))
    return cyrillic / (cyrillic + len(_LATIN.findall(text))) if cyrillic else 0.0


def vector_of(row: npt.NDArray[np.float32]) -> Vector:
    """One row as it is stored."""
    return Vector(row.astype(VECTOR_DTYPE).tobytes())


def row_of(vector: Vector) -> npt.NDArray[np.float32]:
    """A stored vector as `(n,)` float32."""
    return np.frombuffer(vector, dtype=VECTOR_DTYPE).astype(np.float32)


@cache
def _loaded() -> "WordLlamaInference":
    """The one model of this process."""
    model = _load()
    # The library pads every batch to its longest text, which costs five times the time on chat.
    model.tokenizer.no_padding()
    return model


def _load() -> "WordLlamaInference":
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    # It costs 0.4 s and calls logging.basicConfig(INFO), which would send every library's request lines
    # (with the bot's token) to stderr.
    import wordllama  # noqa: PLC0415 - the import must stand between saving and restoring the root logger

    root.handlers[:] = handlers
    root.setLevel(level)
    # The loader looks for its tokenizer in a folder the wheel does not have (`tokenizer`, not
    # `tokenizers`); with the package itself as cache folder it finds both bundled files.
    package = Path(wordllama.__file__).parent
    return wordllama.WordLlama.load(cache_dir=package, disable_download=True)
