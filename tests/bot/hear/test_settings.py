"""/settings as one message, /watch, and hint: by taps and by replies, in the chat."""

from typing import Any

import pytest

from bot.view.payload import Verb
from core.domain.knobs import Knob
from core.domain.showing.spot import Place, Spot
from core.domain.showing.view import Notice
from core.domain.showing.view_following import HintCard, WatchesCard
from core.domain.showing.view_settings import ProjectCard, SettingsPage
from tests.bot.hear.conftest import ANN, MOBILE, OLYA, US, Room, direct
from tests.builders import PROJECT


async def settings(room: Room, page: SettingsPage, **where: Any) -> Spot:
    await room.say("/settings", by=ANN, **where)
    spot = await room.last(ProjectCard)
    await room.tap(spot, Verb.SETTINGS, page)
    return spot


async def knobs(room: Room) -> dict[str, str]:
    async with room.transactions.reading() as tx:
        return dict((await tx.projects.get(PROJECT)).told)


async def html(room: Room) -> str:
    await room.deliver()
    return room.shown(await room.last(ProjectCard)).card.html


@pytest.mark.parametrize("page", sorted(set(SettingsPage) - {SettingsPage.MAIN}))
async def test_every_page_opens_in_the_same_message_and_leads_back(room: Room, page: SettingsPage) -> None:
    spot = await settings(room, page, chat=direct(ANN))
    assert (await room.last(ProjectCard)).view == ProjectCard(PROJECT, page)
    await room.tap(spot, Verb.SETTINGS, "main")
    assert (await room.last(ProjectCard)).view == ProjectCard(PROJECT)
    assert len(await room.spots(ProjectCard)) == 1


async def test_two_taps_turn_a_knob_and_the_history_tells_who(room: Room) -> None:
    spot = await settings(room, SettingsPage.QUIET, chat=direct(ANN))
    await room.tap(spot, Verb.KNOB, Knob.QUIET_FROM)
    assert await room.tap(spot, Verb.SET, "quiet_from:18:00") == "Saved"
    assert (await knobs(room))["quiet_from"] == "18:00"
    assert "Quiet from: <b>18:00</b> ✎" in await html(room)
    await room.tap(spot, Verb.KNOB, Knob.QUIET_FROM)
    await room.tap(spot, Verb.SET, "quiet_from:default")
    assert "quiet_from" not in await knobs(room)
    await room.tap(spot, Verb.SETTINGS, "main")
    await room.tap(spot, Verb.SETTINGS, "history")
    assert "Ann · Quiet from: – → 18:00" in await html(room)


async def test_a_reply_turns_the_knob_that_is_open(room: Room) -> None:
    spot = await settings(room, SettingsPage.ABOUT)
    await room.tap(spot, Verb.KNOB, Knob.GLOSSARY)
    at = {"message_id": (await room.last(ProjectCard)).message_id, "chat": MOBILE, "date": 0, "from": US}
    await room.say("WAU: weekly active users\nNPS: score", by=ANN, reply_to_message=at)
    assert (await knobs(room))["glossary"] == "NPS: score; WAU: weekly active users"
    assert (await room.last(ProjectCard)).view == ProjectCard(PROJECT, SettingsPage.ABOUT)


async def test_a_members_reply_to_it_is_talk(room: Room) -> None:
    spot = await settings(room, SettingsPage.ABOUT)
    await room.tap(spot, Verb.KNOB, Knob.DESCRIPTION)
    at = {"message_id": (await room.last(ProjectCard)).message_id, "chat": MOBILE, "date": 0, "from": US}
    said = await room.say("nobody reads this anyway", reply_to_message=at)
    assert "description" not in await knobs(room)
    assert await room.stored(MOBILE["id"], said["message_id"]) is not None


async def test_what_cannot_be_used_is_told_in_a_group_too(room: Room) -> None:
    spot = await settings(room, SettingsPage.RHYTHM)
    await room.tap(spot, Verb.KNOB, Knob.LANGUAGE)
    at = {"message_id": (await room.last(ProjectCard)).message_id, "chat": MOBILE, "date": 0, "from": US}
    await room.say("klingon", by=ANN, reply_to_message=at)
    notice = (await room.last(Notice)).view
    assert isinstance(notice, Notice)
    assert "klingon" in str(notice.args["text"])


async def test_who_may_not_is_told_so_in_one_toast(room: Room) -> None:
    spot = await settings(room, SettingsPage.QUIET)
    assert "Only reviewers decide" in await room.tap(spot, Verb.KNOB, Knob.WEEKENDS, by=OLYA)
    assert "Only the owner" in await room.tap(spot, Verb.KNOB, Knob.RETENTION_DAYS, by=OLYA)
    assert (await room.last(ProjectCard)).view == ProjectCard(PROJECT, SettingsPage.QUIET)


async def test_watch_is_each_ones_own(room: Room) -> None:
    await room.say("/watch", by=OLYA)
    spot = await room.last(WatchesCard)
    async with room.transactions() as tx:
        await tx.people.put_membership(spot.chat_id, OLYA["id"], is_member=True, at=room.clock.now())
    assert "You follow it" in await room.tap(spot, Verb.WATCH, "runs", by=OLYA)
    assert "no longer" in await room.tap(spot, Verb.WATCH, "runs", by=OLYA)
    await room.say("/watch tasks", by=ANN, chat=direct(ANN))
    await room.deliver()
    labels = [b.label for row in room.shown(await room.last(WatchesCard)).card.buttons for b in row]
    assert labels == ["☐ Runs", "☐ Proposals", "☑ Tasks", "☑ Digest", "☑ Week"]
    await room.say("/watch weather", by=ANN)
    notice = (await room.last(Notice)).view
    assert isinstance(notice, Notice)
    assert notice.key == "refused"


async def test_advice_is_taken_by_its_button_and_then_says_so(room: Room) -> None:
    async with room.transactions() as tx:
        view = HintCard(PROJECT, Knob.PROPOSE_FROM, "55", 1, 19)
        spot = await room.do.placing.show(tx, view, Place(ANN["id"], reader_id=ANN["id"]), about={PROJECT})
    await room.tap(spot, Verb.HINTED, "yes")
    assert (await knobs(room))["propose_from"] == "0.55"
    await room.deliver()
    assert "Shown from is 55 % now" in room.shown(await room.last(HintCard)).card.html
