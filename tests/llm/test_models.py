"""What a model can be asked for, by its name."""

import pytest

from core.domain.models import ModelName
from core.llm.models import mode_of, opened, takes_temperature


class AnyKey:
    async def find(self, provider: str, base_url: str = "") -> str | None:
        return "sk-test"


@pytest.mark.parametrize(
    ("name", "takes"),
    [
        ("openai:gpt-5-mini", False),
        ("openai-chat:gpt-5-mini", False),
        ("openai:gpt-4.1-mini", True),
        ("anthropic:claude-haiku-4-5", True),
        ("ollama:qwen3:14b", True),
    ],
)
async def test_a_model_that_reasons_first_is_sent_no_temperature(name: str, *, takes: bool) -> None:
    model = (
        await opened([ModelName.parsed(name, "http://127.0.0.1:9" if "ollama" in name else "")], AnyKey())
    ).model
    assert takes_temperature(model) is takes


async def test_models_that_stand_in_for_each_other_are_asked_as_the_weakest_can_answer() -> None:
    names = [ModelName.parsed(one) for one in ("openai-chat:gpt-4.1-mini", "anthropic:claude-haiku-4-5")]
    both = await opened(names, AnyKey())
    assert mode_of(both, "auto") == "tool"
    assert takes_temperature(both.model)
    with_reasoning = await opened([*names, ModelName.parsed("openai:gpt-5-mini")], AnyKey())
    assert not takes_temperature(with_reasoning.model)
