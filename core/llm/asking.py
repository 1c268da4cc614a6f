"""One question to a model: within the limits, with a typed answer, its tokens and its price."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from genai_prices import Usage as PricedUsage
from genai_prices import calc_price
from pydantic_ai import Agent
from pydantic_ai.messages import ModelMessage, ModelResponse
from pydantic_ai.models import Model
from pydantic_ai.settings import ModelSettings
from pydantic_ai.usage import RunUsage

from core.domain.agent import Prompt
from core.domain.conversation import Usage
from core.domain.models import ModelName
from core.errors import AnalystFailed, Failing
from core.llm.failures import told_as_ours
from core.llm.limits import Limiter
from core.llm.models import Opened, mode_of, opened, output_of, takes_temperature
from core.llm.prompting import prompt
from core.llm.tokens import tokens_of
from core.ports.models import Keys
from core.settings import LlmSettings

A = TypeVar("A")

LOCAL_TIMEOUT, TIMEOUT = 1800, 120
"""Seconds. A large model without a GPU writes an answer for half an hour (docs/models.md)."""
LOCAL_CONTEXT, CONTEXT = 8_000, 100_000
"""Tokens, where nobody measured it: what a local server is likely set to, what every cloud model has."""
FORM_TOKENS = 1_200
"""The schema of the answer and what the protocol adds, at most."""


@dataclass(frozen=True)
class Answered(Generic[A]):
    """A typed answer and what it cost."""

    value: A
    usage: Usage


@dataclass(frozen=True)
class Asker:
    """Asks one model, or the one it falls back on; `made` stands in for opening them in tests."""

    names: tuple[ModelName, ...]
    keys: Keys
    limiter: Limiter
    settings: LlmSettings
    made: Callable[[], Model] | None = None
    _kept: list[Opened] = field(default_factory=list[Opened], repr=False)

    @property
    def name(self) -> ModelName:
        """The model that is asked first."""
        return self.names[0]

    @property
    def is_local(self) -> bool:
        """Whether nothing it is shown leaves this machine or network."""
        return all(name.is_local for name in self.names)

    @property
    def is_small(self) -> bool:
        """Whether the simplest form of question and answer is meant for it."""
        return any(name.is_small for name in self.names)

    @property
    def timeout_seconds(self) -> float:
        """How long an answer may take."""
        return float(self.settings.timeout_seconds or (LOCAL_TIMEOUT if self.is_local else TIMEOUT))

    def room(self, told: Prompt) -> int:
        """Tokens left for what is to be read: the context without instructions, form and answer."""
        context = self.settings.context_tokens or (LOCAL_CONTEXT if self.is_local else CONTEXT)
        # A very small context still has to hold something: a quarter at least.
        return max(context // 4, context - self.settings.answer_tokens - FORM_TOKENS - tokens_of(told.text))

    async def ask(self, kind: type[A], told: Prompt, question: str) -> Answered[A]:
        """Its answer as a `kind`; raises AnalystFailed."""
        model = await self._open()
        output = output_of(kind, mode_of(model, self.settings.output))
        agent: Agent[object, A] = Agent(
            model.model, output_type=output, instructions=told.text, name=told.name, retries=1
        )
        tokens, used = tokens_of(told.text) + tokens_of(question) + FORM_TOKENS, RunUsage()
        async with self.limiter.turn(tokens) as call:
            try:
                with told_as_ours(str(self.name)):
                    async with model.model:
                        result = await agent.run(
                            question, model_settings=self._settings(model.model), usage=used
                        )
            except AnalystFailed as failure:
                self._charge(failure, used)
                if failure.kind == Failing.LIMIT:
                    self.limiter.rest(failure.rest_seconds)
                raise
            usage = self.priced(
                result.usage.input_tokens, result.usage.output_tokens, result.all_messages()
            )
            call.tokens = usage.input_tokens + usage.output_tokens
        return Answered(result.output, usage)

    def _charge(self, failure: AnalystFailed, used: RunUsage) -> None:
        """Say what the answers that were of no use cost."""
        paid = self.guessed(used.input_tokens, used.output_tokens)
        failure.input_tokens, failure.output_tokens = paid.input_tokens, paid.output_tokens
        failure.cost_usd = paid.cost_usd if used.requests else 0.0

    def guessed(self, input_tokens: int, output_tokens: int) -> Usage:
        """What a call of that size would cost; `cost_usd` is None where the price is unknown."""
        return Usage(input_tokens, output_tokens, self._price(self.name, input_tokens, output_tokens))

    def most(self, told: Prompt, question: str) -> Usage:
        """The most an answer may cost: asked twice, each answer as long as it may be."""
        asked = tokens_of(told.text) + FORM_TOKENS + tokens_of(question)
        answer = self.settings.answer_tokens
        # Asked once more, it is shown its first answer and what was wrong with it.
        return self.guessed(asked, answer) + self.guessed(asked + answer + FORM_TOKENS, answer)

    def told(self, name: str, own: Mapping[str, Prompt]) -> Prompt:
        """An agent's own prompt, else the program's; in the simplest form where the model is small."""
        formed = f"{name}_plain" if self.is_small else name
        return own.get(formed) or own.get(name) or prompt(formed)

    def priced(self, input_tokens: int, output_tokens: int, messages: Sequence[ModelMessage] = ()) -> Usage:
        """What a call cost, by the models that answered; one that was asked again counts twice."""
        answers = [message for message in messages if isinstance(message, ModelResponse)]
        costs = [self._cost(answer) for answer in answers]
        if not costs:
            return self.guessed(input_tokens, output_tokens)
        cost = None if None in costs else sum(one for one in costs if one is not None)
        return Usage(input_tokens, output_tokens, cost)

    def _cost(self, answer: ModelResponse) -> float | None:
        if self.is_local:
            return 0.0
        try:
            return float(answer.cost().total_price)
        except (LookupError, ValueError, AssertionError):
            return None

    def _price(self, name: ModelName, input_tokens: int, output_tokens: int) -> float | None:
        if self.is_local:
            return 0.0
        if name.base_url:
            # Somebody else's server sells under the same names at prices of its own.
            return None
        usage = PricedUsage(input_tokens=input_tokens, output_tokens=output_tokens)
        provider = name.provider.removesuffix("-chat")
        try:
            return float(calc_price(usage, name.name, provider_id=provider).total_price)
        except LookupError:
            return None

    async def _open(self) -> Opened:
        if not self._kept:
            if self.made is not None:
                self._kept.append(Opened(self.made(), self.names))
            else:
                self._kept.append(await opened(self.names, self.keys))
        return self._kept[0]

    def _settings(self, model: Model) -> ModelSettings:
        settings = ModelSettings(
            max_tokens=self.settings.answer_tokens, request_timeout=self.timeout_seconds
        )
        if takes_temperature(model):
            settings["temperature"] = self.settings.temperature
        if "max_retries" not in model.unsupported_settings:
            settings["max_retries"] = self.settings.retries
        return settings
