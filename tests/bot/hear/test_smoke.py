from bot.view.payload import Verb
from core.domain.spot import Notice, ProposalCard
from tests.bot.hear.conftest import ANN, GROUP, OLYA, Room, direct

async def test_smoke(room: Room) -> None:
    said = await room.say("Login is dead on my iPhone again")
    kept = await room.stored(GROUP, said["message_id"])
    assert kept and kept.text.startswith("Login")
    assert await room.waiting() == []
    await room.say("/bug", by=OLYA, reply_to_message=said)
    assert room.messenger.reactions == [(GROUP, said["message_id"], "👀")]
    card = await room.last(ProposalCard)
    print(await room.tap(card, Verb.APPROVE))
    await room.deliver()
    print(room.shown(await room.last(ProposalCard)).card)
    await room.say("/tasks", chat=direct(ANN), by=ANN)
    await room.deliver()
    for m in room.messenger.messages.values(): print(m.card.html)
