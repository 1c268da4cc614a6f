"""Vectors come from the installed package, of length 1, without touching the root logger."""

import logging
from pathlib import Path

import numpy as np
import pytest

from core.rules.embedding import DIMENSIONS, WordLlamaEmbedder, WordVectors, row_of


async def test_a_vector_is_stored_as_256_float32_of_length_one(words: WordVectors) -> None:
    (vector,) = await WordLlamaEmbedder(words).embed(["Login is dead on my iPhone"])
    row = row_of(vector)
    assert (len(vector), row.shape) == (DIMENSIONS * 4, (DIMENSIONS,))
    assert np.linalg.norm(row) == pytest.approx(1.0, abs=1e-5)


async def test_an_empty_text_is_all_zero_and_no_text_is_no_vector(words: WordVectors) -> None:
    (vector,) = await WordLlamaEmbedder(words).embed([""])
    assert not row_of(vector).any()
    assert await WordLlamaEmbedder(words).embed([]) == []


def test_a_text_has_one_vector_whatever_stands_beside_it(words: WordVectors) -> None:
    alone = words.rows(["ship it"])
    beside = words.rows(["ship it", "a much longer text " * 40])
    assert np.array_equal(alone[0], beside[0])


def test_alike_texts_are_nearer_than_others(words: WordVectors) -> None:
    dead, button, theme = words.rows(
        [
            "Login is dead on my iPhone",
            "The login button does nothing on iOS",
            "Customers want a dark theme",
        ]
    )
    assert dead @ button > dead @ theme + 0.2


@pytest.mark.parametrize(
    ("query", "same", "other"),
    [
        ("Не приходят пуши на айфоне", "Пуш не пришёл на айфон", "Не открывается отчёт по продажам"),
        (
            "Не вдається увійти за паролем",
            "Вхід за паролями не працює",
            "Не приходять сповіщення про оплату",
        ),
        ("падает сборка gradle на CI", "сборки gradle падали ночью", "падает курс валюты в отчёте"),
    ],
)
def test_cyrillic_is_near_by_the_letters_of_its_stems(
    words: WordVectors, query: str, same: str, other: str
) -> None:
    asked, near, far = words.rows([query, same, other])
    assert asked @ near > asked @ far + 0.1


def test_english_vectors_know_nothing_of_n_grams(words: WordVectors) -> None:
    alone, beside = words.rows(["Login is dead"]), words.rows(["Login is dead", "вход не работает"])
    assert np.array_equal(alone[0], beside[0])
    assert not np.array_equal(words.rows(["Login"])[0], words.rows(["логин"])[0])


def test_loading_needs_no_cache_and_leaves_the_root_logger_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    before = (list(logging.getLogger().handlers), logging.getLogger().level)
    WordVectors().rows(["one"])
    assert (list(logging.getLogger().handlers), logging.getLogger().level) == before
    assert list(tmp_path.iterdir()) == []
