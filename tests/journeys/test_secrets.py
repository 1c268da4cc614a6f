"""Secrets: what somebody pasted by mistake stands on no card and in no message of the bot."""

from tests.journeys.conftest import captured
from tests.journeys.seats import Team
from tests.journeys.staging import Journey

KEY = "sk-abcdefghijklmnop1234"
CARD = "4111 1111 1111 1111"


async def test_a_key_and_a_card_number_are_hidden_wherever_they_are_shown(
    stage: Journey, team: Team
) -> None:
    card = await captured(team, f"/bug {KEY} and {CARD} stand in the log of the staging server")
    assert "••• and ••• stand in the log of the staging server" in card.text
    sources = await team.direct.tap(await team.direct.tap(card, "⋯", "Sources"), "Sources", "Back")
    await team.direct.tap(sources, "Back", "Approve")
    assert await team.direct.press(card, "Approve") == "Approved → T-1"
    assert "••• and •••" in (await team.direct.ask("/tasks", "1 open task")).text
    assert "••• and •••" in (await team.direct.ask("/task T-1", "T-1")).text
    said = [
        str(one.params) for one in await stage.driver.calls() if one.method.startswith(("send", "edit"))
    ]
    assert [one for one in said if KEY in one or CARD in one] == []
