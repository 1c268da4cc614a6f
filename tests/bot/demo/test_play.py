"""The demo that plays itself: its exit code is what was approved, its cards are the chat's."""

import pytest

from bot.demo import play
from bot.demo.play import Result


@pytest.mark.parametrize(
    ("result", "is_whole"),
    [
        (Result(1, 1, 1), True),
        (Result(0, 1, 1), False),
        (Result(1, 0, 1), False),
        (Result(1, 1, 0), False),
    ],
)
def test_a_play_is_whole_with_a_subject_a_note_and_a_task(result: Result, *, is_whole: bool) -> None:
    assert result.is_whole is is_whole


async def test_the_sample_chat_is_played_to_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    assert await play.once(0, None) == 0
    told = capsys.readouterr().out
    scenes = (
        "Approved → T-1",
        "Taken back",
        "‹Rejected›",  # a task; a note would be dropped
        "Noted: too vague",
        "Merged into T-1",
        "R-2 is closed",
        "📬 Mobile",
    )
    assert [scene for scene in scenes if scene not in told] == []
    assert "The play ends here" not in told
