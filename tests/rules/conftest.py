"""The offline analyst's parts; the vectors are loaded once."""

import pytest

from core.rules.analyst import RuleAnalyst
from core.rules.atoms import Atoms
from core.rules.embedding import WordVectors
from core.rules.matching import RuleMatcher
from core.rules.tasks import Tasks


@pytest.fixture(scope="session")
def words() -> WordVectors:
    return WordVectors()


@pytest.fixture
def atoms(words: WordVectors) -> Atoms:
    return Atoms(words, RuleMatcher())


@pytest.fixture
def tasks(words: WordVectors) -> Tasks:
    return Tasks(words, RuleMatcher())


@pytest.fixture
def analyst(words: WordVectors) -> RuleAnalyst:
    return RuleAnalyst(words, RuleMatcher())
