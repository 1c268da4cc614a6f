"""A provider is asked no faster than it may be; names say where text would go."""

import asyncio
from dataclasses import dataclass, field

import pytest

from core.domain.models import ModelName, chosen, is_local_host
from core.llm.limits import WINDOW_SECONDS, Limiter


@dataclass
class Time:
    """Seconds that pass only while somebody waits."""

    now: float = 1_000.0
    waits: list[float] = field(default_factory=list[float])

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


async def starts(limiter: Limiter, time: Time, tokens: list[int], really: int | None = None) -> list[float]:
    """When each call may begin, after the first."""
    begun: list[float] = []
    for one in tokens:
        async with limiter.turn(one) as call:
            begun.append(time.now)
            call.tokens = one if really is None else really
    return [at - begun[0] for at in begun]


async def test_requests_a_minute() -> None:
    time = Time()
    limiter = Limiter(1, 2, 10**9, monotonic=time, sleep=time.sleep)
    assert await starts(limiter, time, [1] * 5) == [0, 0, 60, 60, 120]


async def test_tokens_a_minute_count_as_they_were_really_used() -> None:
    time = Time()
    limiter = Limiter(1, 10**6, 1_000, monotonic=time, sleep=time.sleep)
    assert await starts(limiter, time, [600] * 3) == [0, 60, 120]
    # Guessed at 600, they took 100 each: four fit before a guess of 600 would pass the limit.
    time.now += WINDOW_SECONDS
    assert await starts(limiter, time, [600] * 5, really=100) == [0, 0, 0, 0, 0]


async def test_a_call_larger_than_the_limit_goes_alone() -> None:
    time = Time()
    limiter = Limiter(1, 10**6, 1_000, monotonic=time, sleep=time.sleep)
    assert await starts(limiter, time, [900, 5_000, 10]) == [0, 60, 120]


async def test_no_more_at_once_than_allowed() -> None:
    limiter = Limiter(2, 10**6, 10**9)
    running, most = 0, 0

    async def call() -> None:
        nonlocal running, most
        async with limiter.turn(1):
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.001)
            running -= 1

    await asyncio.gather(*(call() for _ in range(10)))
    assert most == 2


async def test_everybody_rests_as_long_as_the_provider_asked_for() -> None:
    time = Time()
    limiter = Limiter(1, 10**6, 10**9, monotonic=time, sleep=time.sleep)
    limiter.rest(12.5)
    await starts(limiter, time, [1])
    assert time.waits == [12.5]


@pytest.mark.parametrize(
    "host",
    ["localhost", "127.0.0.1", "::1", "[::1]", "10.1.2.3", "192.168.0.9", "172.17.0.1", "fd00::1",
     "fe80::1%eth0", "ollama", "gpu.local", "box.lan", "nas.home.arpa", "models.internal", "LOCALHOST."],
)  # fmt: skip
def test_hosts_on_this_machine_or_network(host: str) -> None:
    assert is_local_host(host)


@pytest.mark.parametrize(
    "host",
    ["api.openai.com", "8.8.8.8", "ollama.com", "local.evil.com", "134744072", "0x08080808", "",
     "localhost.evil.com", "172.32.0.1", "2001:4860:4860::8888", "internal.example.org"],
)  # fmt: skip
def test_hosts_elsewhere(host: str) -> None:
    assert not is_local_host(host)


@pytest.mark.parametrize(
    ("name", "base_url", "is_local"),
    [
        ("ollama:qwen3:8b", "", True),
        ("ollama:gpt-oss:120b-cloud", "", False),
        ("ollama:qwen3:8b", "https://ollama.example.org/v1", False),
        ("openai:gpt-5-mini", "", False),
        ("openai-chat:qwen", "http://192.168.1.5:8000/v1", True),
        ("somebody-new:x", "", False),
    ],
)
def test_a_models_name_says_whether_text_stays_here(name: str, base_url: str, *, is_local: bool) -> None:
    assert ModelName.parsed(name, base_url).is_local == is_local


def test_a_server_of_ones_own_is_the_first_models_alone() -> None:
    own = "http://127.0.0.1:8000/v1"
    assert [name.base_url for name in chosen("openai-chat:a", "openai-chat:b", own)] == [own, own]
    assert [name.base_url for name in chosen("openai-chat:a", "anthropic:b", own)] == [own, ""]
    with pytest.raises(ValueError, match="gpt-5"):
        chosen("gpt-5", "", "")


@pytest.mark.parametrize(
    ("name", "is_small"),
    [
        ("qwen3:4b", True),
        ("llama3.2:1b", True),
        ("gemma3:12b", False),
        ("qwen3:30b-a3b", False),
        ("gpt-5-mini", False),
    ],
)
def test_a_small_model_is_known_by_the_size_in_its_name(name: str, *, is_small: bool) -> None:
    assert ModelName("ollama", name).is_small == is_small
