"""Where what is to be decided goes, and what a group is told while nobody there can be reached."""

from datetime import UTC, datetime, timedelta

from core.domain.history import Event, EventTopic
from core.domain.person import ChatState, Project, ReviewPlace
from core.domain.run import Window
from core.domain.showing.spot import Place
from core.ports.unit_of_work import UnitOfWork
from core.services.access.rights import review_places, source_chats_of
from core.services.showing.placing import Placing

_ASKED = "asked-to-start"
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


async def places_for_review(tx: UnitOfWork, project: Project, placing: Placing) -> list[Place]:
    """The review places; where direct chats are meant and nobody started one, the group is asked once."""
    places = await review_places(tx, project)
    if project.place is ReviewPlace.DIRECT and all(one.reader_id is None for one in places):
        await _ask_to_start(tx, project, placing)
    return places


async def _ask_to_start(tx: UnitOfWork, project: Project, placing: Placing) -> None:
    now = placing.clock.now()
    ever = Window(_BEGINNING, now + timedelta(seconds=1))
    if await tx.history.count_events(project.id, _ASKED, ever):
        return
    await tx.history.tell(Event(placing.ids.new(), project.id, EventTopic.NOISE, _ASKED, now))
    for chat_id in await source_chats_of(tx, project.id):
        chat = await tx.chats.find(chat_id)
        if chat is not None and chat.state is ChatState.READING and chat_id < 0:
            await placing.say(tx, Place(chat_id), "start-direct", unasked_in=project.rest)
