"""The model of `[llm]`, opened and guarded as the product guards it, for what is no run."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from bot.config import Config
from bot.main import open_app
from core.domain.agent import Agent
from core.errors import BadConfig, NotLocal
from core.ports.analysis import Analyst
from core.services.agents.masking import guarded


@asynccontextmanager
async def model_of(config: Config) -> AsyncGenerator[Analyst]:
    """Its analyst while the block runs; raises BadConfig where no model is set, NotLocal."""
    llm, privacy = config.settings.llm, config.settings.privacy
    if not llm.model:
        raise BadConfig("llm.model", "no model is set", 'name one such as "openai:gpt-5-mini"')
    agent = Agent("eval", llm.model, base_url=llm.base_url, fallback=llm.fallback)
    async with open_app(config) as app:
        analyst = app.models.analyst_of(agent)
        if privacy.local_only and analyst.sends_text_away:
            raise NotLocal(llm.model)
        yield guarded(analyst, masks_secrets=privacy.mask_secrets)
