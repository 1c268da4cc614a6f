"""A server on loopback that speaks what models' providers speak, and answers as the test says.

OpenAI's Chat Completions (Ollama's, Groq's, Mistral's and OpenRouter's too) and Responses, Anthropic's
Messages, Google's generateContent; no streaming. Shapes after https://platform.openai.com/docs/api-reference,
https://docs.anthropic.com/en/api/messages, https://docs.ollama.com/openai, https://docs.mistral.ai/api,
https://console.groq.com/docs/api-reference, https://openrouter.ai/docs/api-reference and
https://ai.google.dev/api/generate-content.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Json = dict[str, Any]


@dataclass(frozen=True)
class Refused:
    """An error as the provider would send it."""

    status: int
    body: Json | str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True)
class Cut:
    """An answer that breaks off in the middle of its body."""


@dataclass(frozen=True)
class Slow:
    """An answer that takes so many seconds."""

    seconds: float


@dataclass(frozen=True)
class Said:
    """Plain text, or what some wrap their JSON in; `why` it stopped."""

    text: str
    why: str = "stop"


Turn = Json | Refused | Cut | Slow | Said | Callable[[Json], "Json | Said"]


@dataclass
class Provider:
    """What was asked, and what is answered next; the last turn is given for ever."""

    turns: list[Turn]
    asked: list[Json] = field(default_factory=list[Json])
    paths: list[str] = field(default_factory=list[str])
    headers: list[Mapping[str, str]] = field(default_factory=list[Mapping[str, str]])
    url: str = ""
    context: int = 0
    """Words that are kept, from the end, as Ollama cuts what does not fit; 0 is all."""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        asked = await request.json()
        self.asked.append(asked)
        self.paths.append(request.path)
        self.headers.append(dict(request.headers))
        turn = self.turns.pop(0) if len(self.turns) > 1 else self.turns[0]
        if isinstance(turn, Refused):
            text = turn.body if isinstance(turn.body, str) else json.dumps(turn.body)
            return web.Response(
                status=turn.status, text=text, headers=turn.headers, content_type="application/json"
            )
        if isinstance(turn, Cut):
            return await self._cut(request)
        if isinstance(turn, Slow):
            await asyncio.sleep(turn.seconds)
            return web.json_response({})
        given = turn(self._kept(asked)) if callable(turn) else turn
        return web.json_response(_form(request.path)(asked, given, self._tokens(asked)))

    def _kept(self, asked: Json) -> Json:
        """What of the question reaches a model whose context is short: its end."""
        words = text_in(asked).split()
        return {"text": " ".join(words[-self.context :] if self.context else words)}

    def _tokens(self, asked: Json) -> int:
        words = len(text_in(asked).split())
        return min(words, self.context) if self.context else words

    async def _cut(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "500"})
        await response.prepare(request)
        await response.write(b'{"id": "1", "choices": [{"mess')
        assert request.transport is not None
        request.transport.close()
        return response


def text_in(asked: Json) -> str:
    """All that a question says, whichever wire it came by."""
    parts: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, str):
            parts.append(value)
        elif isinstance(value, list):
            for one in value:  # pyright: ignore[reportUnknownVariableType] -- JSON
                walk(one)
        elif isinstance(value, dict):
            for key in ("content", "text", "parts"):
                walk(value.get(key))  # pyright: ignore[reportUnknownMemberType] -- JSON

    for name in ("system", "instructions", "messages", "input", "systemInstruction", "contents"):
        walk(asked.get(name))
    return "\n".join(parts)


def _chat(asked: Json, given: Json | Said, tokens: int) -> Json:
    message: Json = {"role": "assistant", "content": None}
    why = "stop"
    if isinstance(given, Said):
        message["content"], why = given.text, given.why
    elif asked.get("tools"):
        call = {"name": asked["tools"][0]["function"]["name"], "arguments": json.dumps(given)}
        message["tool_calls"] = [{"id": "call_1", "type": "function", "function": call}]
        why = "tool_calls"
    else:
        message["content"] = json.dumps(given)
    usage = {"prompt_tokens": tokens, "completion_tokens": 20, "total_tokens": tokens + 20}
    return {
        "id": "chatcmpl-1", "object": "chat.completion", "created": 1_790_000_000, "model": asked["model"],
        "choices": [
            {"index": 0, "message": message, "finish_reason": why, "native_finish_reason": why},
        ],
        "usage": usage, "provider": "Maker",
    }  # fmt: skip


def _responses(asked: Json, given: Json | Said, tokens: int) -> Json:
    if isinstance(given, Said) or not asked.get("tools"):
        text = given.text if isinstance(given, Said) else json.dumps(given)
        content: list[Json] = [{"type": "output_text", "text": text, "annotations": []}]
        output: Json = {
            "type": "message",
            "id": "m1",
            "role": "assistant",
            "status": "completed",
            "content": content,
        }
    else:
        name = asked["tools"][0]["name"]
        output = {
            "type": "function_call", "id": "fc1", "call_id": "call_1", "name": name,
            "arguments": json.dumps(given), "status": "completed",
        }  # fmt: skip
    usage = {
        "input_tokens": tokens, "output_tokens": 20, "total_tokens": tokens + 20,
        "input_tokens_details": {"cached_tokens": 0}, "output_tokens_details": {"reasoning_tokens": 0},
    }  # fmt: skip
    return {
        "id": "resp_1", "object": "response", "created_at": 1_790_000_000, "model": asked["model"],
        "status": "completed", "output": [output], "parallel_tool_calls": True, "tool_choice": "auto",
        "tools": [], "usage": usage,
    }  # fmt: skip


def _messages(asked: Json, given: Json | Said, tokens: int) -> Json:
    if isinstance(given, Said):
        content: list[Json] = [{"type": "text", "text": given.text}]
        why = given.why.replace("stop", "end_turn")
    elif asked.get("tools"):
        content, why = (
            [{"type": "tool_use", "id": "t1", "name": asked["tools"][0]["name"], "input": given}],
            "tool_use",
        )
    else:
        text: Json = {"type": "text", "text": json.dumps(given)}
        content, why = [text], "end_turn"
    return {
        "id": "msg_1", "type": "message", "role": "assistant", "model": asked["model"], "content": content,
        "stop_reason": why, "stop_sequence": None, "usage": {"input_tokens": tokens, "output_tokens": 20},
    }  # fmt: skip


def _generated(asked: Json, given: Json | Said, tokens: int) -> Json:
    why = "STOP"
    if isinstance(given, Said):
        part: Json = {"text": given.text}
        why = {"stop": "STOP", "content_filter": "SAFETY"}[given.why]
    elif asked.get("tools"):
        declared = asked["tools"][0]["functionDeclarations"][0]
        part = {"functionCall": {"name": declared["name"], "args": given}}
    else:
        part = {"text": json.dumps(given)}
    content: Json = {"role": "model", "parts": [part]}
    return {
        "candidates": [{"content": content, "finishReason": why, "index": 0}],
        "usageMetadata": {
            "promptTokenCount": tokens, "candidatesTokenCount": 20, "totalTokenCount": tokens + 20,
        },
        "modelVersion": "big", "responseId": "1",
    }  # fmt: skip


def _form(path: str) -> Callable[[Json, Json | Said, int], Json]:
    return _generated if path.startswith(_GOOGLE) else _FORMS[path]


_GOOGLE = "/v1beta/models/"
_FORMS: Mapping[str, Callable[[Json, Json | Said, int], Json]] = {
    "/v1/chat/completions": _chat,
    "/openai/v1/chat/completions": _chat,
    "/v1/responses": _responses,
    "/v1/messages": _messages,
}


@asynccontextmanager
async def serving(*turns: Turn, context: int = 0) -> AsyncGenerator[Provider]:
    """A provider at its own port of loopback until the block ends."""
    provider = Provider(list(turns), context=context)
    app = web.Application(client_max_size=64 * 2**20)
    for path in (*_FORMS, _GOOGLE + "{asked}"):
        app.router.add_post(path, provider.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert runner.addresses
    provider.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield provider
    finally:
        await runner.cleanup()
