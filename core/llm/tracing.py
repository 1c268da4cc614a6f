"""Spans of every call for an OpenTelemetry collector: the model, its time, its tokens; not a word said."""

import atexit
from functools import cache

from pydantic_ai import Agent
from pydantic_ai.models.instrumented import InstrumentationSettings

from core.errors import BadConfig

SERVICE = "triagram"


@cache
def trace_to(collector: str) -> None:
    """Send spans to a collector such as `http://localhost:4318`, from now on, in the background; once.

    Raises BadConfig where the extra `otel` is not installed.
    """
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
    except ImportError as missing:
        problem = "OpenTelemetry is not installed"
        raise BadConfig("llm.traces", problem, 'pip install "triagram[otel]", or set it to ""') from missing
    provider = TracerProvider(resource=Resource.create({"service.name": SERVICE}))
    endpoint = f"{collector.rstrip('/')}/v1/traces"
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint)))
    atexit.register(provider.shutdown)
    Agent.instrument_all(spans_for(provider))


def spans_for(provider: object) -> InstrumentationSettings:
    """How calls are told: with their numbers, without prompts and answers."""
    return InstrumentationSettings(
        tracer_provider=provider,  # pyright: ignore[reportArgumentType] -- the SDK is an extra
        include_content=False,
        include_model_request_parameters=False,
    )
