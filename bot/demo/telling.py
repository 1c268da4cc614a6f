"""Scene one and what was said before it: the sample chat live, or an export brought in."""

from itertools import islice
from pathlib import Path

from bot.archive import open_archive
from bot.demo.cast import OWNER, OWNER_NAME, Script, sample_script
from bot.demo.joining import Cast, join
from bot.demo.stage import Stage
from bot.sandbox.driver.shown import Saying
from core.domain.person import Chat, ChatKind

CHUNK = 1000
"""Messages of an export stored in one transaction."""
SHOWN_LINES = 12
"""How much of the chat the transcript repeats."""
EXTRAS = {OWNER: OWNER_NAME, "maxw": "Max Weber", "olya": "Olya Marchenko"}
"""Who is there when an export is played: its own people are not asked to."""


async def told(stage: Stage, export: Path | None) -> Cast:
    """Everybody has joined and the chat is full."""
    if export is not None:
        return await _brought_in(stage, export)
    script = sample_script(stage.app.services.clock.now())
    cast = await join(stage, script.project, script.people)
    await _talked(stage, cast, script)
    return cast


async def _talked(stage: Stage, cast: Cast, script: Script) -> None:
    """Everybody talks; replies need the ids of what they answer, so each is said in its turn."""
    stage.transcript.scene("The team talks")
    ids: dict[int, int] = {}
    for line in script.lines:
        reply_to = ids.get(line.reply_to) if line.reply_to is not None else None
        saying = Saying(cast.people[line.speaker], cast.group, line.text, reply_to=reply_to, at=line.at)
        [ids[line.id]] = await stage.driver.say_many([saying])
    for line in script.lines[:SHOWN_LINES]:
        stage.transcript.says(script.people[line.speaker], line.text)
    stage.transcript.note(f"… {len(script.lines)} messages in all")
    await stage.driver.wait_quiet()


async def _brought_in(stage: Stage, export: Path) -> Cast:
    archive = open_archive(export, "UTC")
    cast = await join(stage, archive.name, EXTRAS, archive.chat_id)
    stage.transcript.scene(f"An export of “{archive.name}” is brought in")
    async with stage.app.transactions.reading() as tx:
        [project] = await tx.projects.list_all()
    chat = Chat(archive.chat_id, ChatKind.SUPERGROUP, archive.name)
    stored = 0
    reading = archive.messages()
    while chunk := list(islice(reading, CHUNK)):
        stored += await stage.app.services.intake.store_archive(project.id, chat, chunk)
    stage.transcript.note(f"{stored} messages stored, {reading.services} service messages left out")
    return cast
