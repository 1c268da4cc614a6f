"""What masking hides in four real chats, whose addresses and phones were replaced by one of each."""

import pytest

from bot.archive import open_archive
from core.domain.masking import HIDDEN, Mask
from tests.bot.archive.conftest import EXPORTS, ZONE

EMAIL, PHONE = "user@example.invalid", "+00000000000"


@pytest.mark.skipif(not EXPORTS.exists(), reason="needs ../shared/data/telegram")
@pytest.mark.parametrize(
    ("name", "secrets", "missed_phones"),
    [
        ("crs_project_chat_en_dev", 3, 0),
        ("gitter_docker_en", 0, 0),
        ("qa_load_ru_2018-11_2020-03", 2, 1),
        ("raspiblitz_en_part1", 0, 7),
    ],
)
def test_every_address_is_found_and_false_alarms_stay_as_decision_12_states(
    name: str, secrets: int, missed_phones: int
) -> None:
    said = [one.text for one in open_archive(EXPORTS / f"{name}.json", ZONE).messages()]
    masked = [Mask().masked(text) for text in said]
    assert sum(text.count(HIDDEN) for text in masked) == secrets
    assert sum(text.count(EMAIL) for text in masked) == 0
    assert sum(text.count(PHONE) for text in masked) == missed_phones
