"""Who answers for an agent: the rules, or a model behind what guards the text that leaves."""

from dataclasses import dataclass

from core.domain.agent import Agent
from core.domain.run import Run
from core.errors import AnalystFailed, BadConfig, Failing, NotLocal, Refusal
from core.ports.advising import Adviser
from core.ports.agents import Analysts
from core.ports.analysis import Analyst
from core.services.agents.masking import MaskedAdviser, guarded
from core.settings import PrivacySettings


@dataclass(frozen=True)
class NoModels:
    """The Analysts port where only the rules judge."""

    def analyst_of(self, agent: Agent) -> Analyst:
        """Raises BadConfig."""
        raise BadConfig(f"agent {agent.name}", f"nobody answers for {agent.model}", "use rules")

    def adviser_of(self, agent: Agent) -> Adviser:
        """Raises BadConfig."""
        raise BadConfig(f"agent {agent.name}", f"nobody advises as {agent.model}", "use rules")


@dataclass(frozen=True)
class Answering:
    """The Analysts port, guarded: masks what leaves, keeps text in the network where it must stay."""

    rules: Analyst
    models: Analysts
    settings: PrivacySettings

    def analyst_of(self, agent: Agent) -> Analyst:
        """The analyst of an agent; raises BadConfig, NotLocal."""
        if agent.is_built_in:
            return guarded(self.rules, masks_secrets=self.settings.mask_secrets)
        analyst = self.models.analyst_of(agent)
        if self.settings.local_only and analyst.sends_text_away:
            raise NotLocal(agent.model)
        return guarded(analyst, masks_secrets=self.settings.mask_secrets)

    def adviser_for(self, agent: Agent) -> Adviser:
        """The adviser of an agent that is not the rules; raises AnalystFailed where it may not be asked."""
        try:
            adviser = self.models.adviser_of(agent)
        except Refusal as refusal:
            raise AnalystFailed(Failing.CONFIG, str(refusal)) from refusal
        if self.settings.local_only and adviser.sends_text_away:
            raise AnalystFailed(Failing.CONFIG, agent.model)
        is_masked = self.settings.mask_secrets and adviser.sends_text_away
        return MaskedAdviser(adviser) if is_masked else adviser

    def analyst_for(self, run: Run) -> Analyst:
        """The analyst a run was made with, its prompts of that day; raises AnalystFailed."""
        try:
            return self.analyst_of(run.snapshot.as_agent())
        except Refusal as refusal:
            # What was right when the run started no longer is: the run says so, and can be resumed.
            raise AnalystFailed(Failing.CONFIG, str(refusal)) from refusal
