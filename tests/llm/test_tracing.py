"""Spans say what a call took, and nothing of what was said."""

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from pydantic_ai import Agent

from core.llm.tracing import spans_for
from tests.llm.scripted import an_analyst
from tests.llm.test_analyst import a_note, a_reading


async def test_a_span_has_the_model_and_its_tokens_and_not_a_word_of_the_chat() -> None:
    kept = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    Agent.instrument_all(spans_for(provider))
    try:
        await an_analyst(lambda _: {"notes": [a_note()]}).extract(a_reading())
    finally:
        Agent.instrument_all(False)  # noqa: FBT003 -- pydantic-ai's own signature
    spans = kept.get_finished_spans()
    assert len(spans) == 2
    told = "\n".join(f"{span.name} {dict(span.attributes or {})}" for span in spans)
    assert "scripted" in told
    assert "gen_ai.usage.input_tokens" in told
    for word in ("Login", "iPhone", "Olya", "said so", "instructions to you"):
        assert word not in told


@pytest.mark.parametrize("name", ["opentelemetry.sdk.trace", "opentelemetry.exporter.otlp.proto.http"])
def test_the_extra_is_there_where_tests_run(name: str) -> None:
    pytest.importorskip(name)
