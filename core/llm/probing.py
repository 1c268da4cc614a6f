"""What a model can really do: how much it reads at once, how fast, and what a day would take."""

import time
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass

from core.errors import AnalystFailed, Failing
from core.llm.asking import FORM_TOKENS, Asker
from core.llm.prompting import prompt
from core.llm.tokens import tokens_of

STEPS = (1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000)
"""Tokens of the questions asked, about; each says a word at its very start and asks for it at its end."""
LONGEST_STEP_SECONDS = 180.0
"""A model that takes longer for a question is asked no longer one."""
WORD = "marzipan"
_FILLING = "Line {number}: the train from platform {track} left on time and nobody asked about it again.\n"
_QUESTION = "\nWhich word stood at the very start of this text? Answer with that one word."
_WRITING = "Write about 200 words on how a small team may keep track of what it decided."
MESSAGES, KEPT_SHARE, MESSAGES_PER_CALL, NOTES_CALLS = 500, 0.3, 9, 6
"""A day: 500 messages, three in ten kept by the prefilter, nine to a conversation; then the subjects."""
TOKENS_PER_CALL, ANSWER_TOKENS = 3_200, 450
"""Instructions, form, what is known and nine messages; an answer with a note or two."""


@dataclass(frozen=True)
class Step:
    """One long question: tokens as we count and as the server did, and whether the word came back."""

    asked_tokens: int
    input_tokens: int
    seconds: float
    is_found: bool
    output_tokens: int = 0


@dataclass(frozen=True)
class Speed:
    """Tokens a second, and what a day of 500 messages takes with it; `cost_usd` is None where unknown."""

    reads: float
    writes: float
    day_seconds: float
    day_cost_usd: float | None


@dataclass(frozen=True)
class Prober:
    """Asks a model longer and longer questions until it forgets how they began."""

    asker: Asker
    monotonic: Callable[[], float] = time.monotonic

    async def steps(self, most_tokens: int) -> AsyncGenerator[Step]:
        """A step at a time, up to `most_tokens`; it ends where the word is lost, or it takes too long.

        Raises AnalystFailed, but not for a question that is too long: that is an answer too.
        """
        for size in STEPS:
            if size > most_tokens:
                return
            step = await self._step(size)
            yield step
            if not step.is_found or step.seconds > LONGEST_STEP_SECONDS:
                return

    async def speed(self, longest: Step) -> Speed:
        """How fast it writes, and reads by the longest question it answered. Raises AnalystFailed."""
        began = self.monotonic()
        answered = await self.asker.ask(str, prompt("probe"), _WRITING)
        seconds = max(self.monotonic() - began, 1e-3)
        writes = max(answered.usage.output_tokens / seconds, 1e-3)
        # The answer of a long question is short, but it is written all the same.
        reading = max(longest.seconds - longest.output_tokens / writes, 1e-3)
        reads = longest.input_tokens / reading
        calls = round(MESSAGES * KEPT_SHARE / MESSAGES_PER_CALL) + NOTES_CALLS
        price = self.asker.guessed(calls * TOKENS_PER_CALL, calls * ANSWER_TOKENS)
        day = calls * (TOKENS_PER_CALL / reads + ANSWER_TOKENS / writes)
        return Speed(reads, writes, day, price.cost_usd)

    async def _step(self, size: int) -> Step:
        question = long_question(size)
        began = self.monotonic()
        try:
            answered = await self.asker.ask(str, prompt("probe"), question)
        except AnalystFailed as failure:
            if failure.kind != Failing.TOO_LONG:
                raise
            return Step(tokens_of(question), 0, self.monotonic() - began, is_found=False)
        usage = answered.usage
        return Step(
            tokens_of(question),
            usage.input_tokens,
            self.monotonic() - began,
            WORD in answered.value.casefold(),
            usage.output_tokens,
        )


def long_question(tokens: int) -> str:
    """A text of about so many tokens with a word at its very start."""
    parts = [f"The word is {WORD}. Remember it.\n\n"]
    left = tokens - tokens_of(parts[0]) - tokens_of(_QUESTION)
    number = 0
    while left > 0:
        number += 1
        parts.append(_FILLING.format(number=number, track=number % 12 + 1))
        left -= tokens_of(parts[-1])
    return "".join(parts) + _QUESTION


def context_of(steps: list[Step]) -> int:
    """The longest question it had whole, in tokens as its server counts; 0 where it had none."""
    return max((step.input_tokens or step.asked_tokens for step in steps if step.is_found), default=0)


def is_useful(context: int) -> bool:
    """Whether a conversation with what is known of it and an answer fit at all."""
    return context >= TOKENS_PER_CALL + FORM_TOKENS + ANSWER_TOKENS
