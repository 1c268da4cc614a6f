"""Vectors by a model: of length 1, in order, with their price; a provider's failure has its kind."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import numpy as np
import pytest
from aiohttp import web
from pydantic_ai.embeddings.test import TestEmbeddingModel

from core.domain.models import ModelName
from core.errors import AnalystFailed, Failing
from core.llm.embedding import ModelEmbedder
from core.settings import EmbeddingSettings

Asked = list[dict[str, Any]]


class OneKey:
    async def find(self, provider: str, base_url: str = "") -> str | None:
        return "sk-test"


@asynccontextmanager
async def serving(asked: Asked, status: int = 200) -> AsyncGenerator[str]:
    """A server of OpenAI's embeddings wire on loopback; its address."""

    async def embeddings(request: web.Request) -> web.Response:
        body = await request.json()
        asked.append({**body, "authorization": request.headers.get("Authorization")})
        if status != 200:
            return web.json_response({"error": {"message": "no"}}, status=status)
        data = [
            {"object": "embedding", "index": index, "embedding": [3.0 * len(text), 4.0 * len(text), 0.0]}
            for index, text in enumerate(body["input"])
        ]
        usage = {"prompt_tokens": 7, "total_tokens": 7}
        return web.json_response({"object": "list", "data": data, "model": body["model"], "usage": usage})

    app = web.Application()
    app.router.add_post("/v1/embeddings", embeddings)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        await runner.cleanup()


def an_embedder(base_url: str, **settings: Any) -> ModelEmbedder:
    model = ModelName.parsed("openai:text-embedding-3-small", base_url)
    return ModelEmbedder(model, OneKey(), EmbeddingSettings(**settings))


async def test_the_wire_gives_vectors_of_length_1_in_order() -> None:
    asked: Asked = []
    async with serving(asked) as url:
        vectors, usage = await an_embedder(url, dimensions=3).embed_priced(["login", "", "x" * 9000])
    rows = [np.frombuffer(one, "<f4") for one in vectors]
    assert [row.tolist() for row in rows] == [
        pytest.approx([0.6, 0.8, 0.0]), [0.0, 0.0, 0.0], pytest.approx([0.6, 0.8, 0.0]),
    ]  # fmt: skip
    assert (usage.input_tokens, usage.cost_usd) == (7, 0.0), "a model here costs nothing"
    [call] = asked
    assert (call["dimensions"], call["authorization"], len(call["input"][2])) == (3, "Bearer sk-test", 6000)


@pytest.mark.parametrize(("status", "kind"), [(401, Failing.KEY), (404, Failing.UNKNOWN_MODEL)])
async def test_a_failure_has_its_kind(status: int, kind: Failing) -> None:
    async with serving([], status) as url:
        with pytest.raises(AnalystFailed) as failed:
            await an_embedder(url).embed(["login"])
    assert failed.value.kind == kind


async def test_nothing_is_asked_for_nothing() -> None:
    assert await an_embedder("http://127.0.0.1:9/v1").embed([]) == []


async def test_a_price_is_known_where_the_model_is() -> None:
    name = ModelName.parsed("openai:text-embedding-3-small")
    embedder = ModelEmbedder(name, OneKey(), EmbeddingSettings(), TestEmbeddingModel())
    vectors, usage = await embedder.embed_priced(["login is dead"])
    assert len(vectors) == 1
    assert usage.input_tokens > 0
    assert usage.cost_usd is None, "the scripted model has no price, and none is made up"


def test_names_tell_model_server_and_length_apart() -> None:
    names = [
        an_embedder("").name, an_embedder("http://lab/v1").name, an_embedder("", dimensions=256).name,
    ]  # fmt: skip
    assert len(set(names)) == 3
    assert "secret" not in an_embedder("http://me:secret@lab/v1").name
