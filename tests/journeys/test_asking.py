"""Why was that decided? A developer asks in the group and is led to who said it."""

from tests.journeys.conftest import captured
from tests.journeys.seats import Team


async def test_a_developers_question_is_answered_with_a_link_within_half_a_minute(team: Team) -> None:
    stage, maxw = team.ann.stage, team.seats["maxw"]
    said = await maxw.say("We drop SMS codes because the provider charges too much")
    card = await captured(team, "/decision", reply_to=said)
    await team.direct.press(card, "Keep")
    asked_at = stage.clock.now()
    answer = await team.seats["olya"].ask("/ask why did we drop SMS?")
    assert "drop SMS codes" in answer.text
    assert f"❝ {maxw.person.name}" in answer.text
    assert f'/{said}"' in answer.html
    assert (stage.clock.now() - asked_at).total_seconds() < 30
    unknown = await team.seats["olya"].ask("/ask who pays the office rent?")
    assert "I do not know" in unknown.text
