"""Both stages played by themselves: a PM's first day, as a transcript."""

from dataclasses import dataclass
from pathlib import Path

from bot.demo.joining import Cast
from bot.demo.stage import Seat, Stage, argument_of, payload_for, staged
from bot.demo.telling import told
from bot.demo.transcript import Transcript
from bot.sandbox.driver.shown import Missed, ShownMessage
from bot.view.payload import Verb
from core.domain.ids import Kind

UNTICKED = "☐"
VAGUE = "we could do something nicer with the colours some day"


@dataclass(frozen=True)
class Result:
    """What was approved in the play, counted from the rows."""

    subjects: int
    notes: int
    tasks: int

    @property
    def is_whole(self) -> bool:
        """Whether both stages gave something a person approved."""
        return min(self.subjects, self.notes, self.tasks) > 0


async def once(port: int, export: Path | None) -> int:
    """Play everything, print it, and return the exit code: 0 when both stages bore fruit, else 1."""
    transcript = Transcript()
    async with staged(port, transcript) as stage:
        is_over = await _played(stage, export)
        result = await _counted(stage)
    transcript.scene("The end")
    transcript.note(
        f"Approved in all: subjects {result.subjects}, notes {result.notes}, tasks {result.tasks}."
    )
    return 0 if is_over and result.is_whole else 1


async def _played(stage: Stage, export: Path | None) -> bool:
    """Play every scene; False, with the reason told, when one could not be played to its end."""
    try:
        cast = await told(stage, export)
        session = await _knowledge(cast.direct)
        await _tasks(cast, session)
        await _one_bug_more(cast)
        await _close(cast.direct)
        await _digest(cast.direct)
    except Missed as missed:
        stage.transcript.note(f"The play ends here: {missed}")
        return False
    return True


async def _knowledge(seat: Seat) -> ShownMessage:
    """Read the new messages, tick one more, keep those; the same message goes on with the tasks."""
    seat.stage.transcript.scene("Reading new messages")
    said = await seat.say("/extract")
    notes = await seat.read(after=said, verb=Verb.KEEP_AND_FIND)
    if payload_for(notes, Verb.TICK) is not None:
        await seat.tap(notes, Verb.TICK, _unticked(notes))
        notes = await seat.watch(notes)
    seat.stage.transcript.scene("Keeping the notes, finding tasks")
    await seat.tap(notes, Verb.KEEP_AND_FIND)
    return await seat.watch(notes, Verb.APPROVE, Verb.MERGE, Verb.UNDO_BULK)


async def _tasks(cast: Cast, session: ShownMessage) -> None:
    """Approve the task in front; another by mistake, take that back, reject it with a reason."""
    seat = cast.direct
    seat.stage.transcript.scene("Deciding")
    await seat.tap(session, Verb.APPROVE)
    await seat.watch(session)
    card = await _task_waiting(cast)
    await seat.tap(card, Verb.APPROVE)
    settled = await seat.watch(card, Verb.UNDO)
    await seat.tap(settled, Verb.UNDO)
    card = await seat.watch(settled, Verb.REJECT)
    await seat.tap(card, Verb.REJECT)
    settled = await seat.watch(card, Verb.REASON)
    await seat.tap(settled, Verb.REASON, "too_vague")
    await seat.watch(settled)


async def _task_waiting(cast: Cast) -> ShownMessage:
    """The card of a task that waits; where the chat gave none more, somebody has an idea."""
    seat = cast.direct
    waiting = await seat.ask("/pending")
    for number in await _tasks_waiting(seat.stage):
        if payload_for(waiting, Verb.OPEN, str(number)) is not None:
            await seat.tap(waiting, Verb.OPEN, str(number))
            return await seat.read(after=waiting.id, verb=Verb.REJECT)
    return await _reported(cast, f"/idea {VAGUE}")


async def _reported(cast: Cast, command: str) -> ShownMessage:
    """The card of what somebody else hands in."""
    seat = cast.direct
    reporter = next(one for one in cast.people.values() if one.id != seat.person.id)
    before = (await seat.stage.driver.messages(seat.chat))[-1].id
    await Seat(seat.stage, reporter, cast.group.id).say(command)
    return await seat.read(after=before, verb=Verb.REJECT)


async def _one_bug_more(cast: Cast) -> None:
    """Somebody reports by hand what is a task already; the report is merged into it."""
    seat = cast.direct
    seat.stage.transcript.scene("A report by hand, merged")
    title = await _first_title(seat.stage)
    card = await _reported(cast, f"/bug {title}: a customer asked about it too")
    if payload_for(card, Verb.PICK) is None:
        # It looks like none enough for a button of its own: the picker names the nearest.
        await seat.tap(card, Verb.MERGE)
        card = await seat.watch(card, Verb.PICK)
    await seat.tap(card, Verb.PICK)
    preview = await seat.watch(card, Verb.CONFIRM_MERGE)
    await seat.tap(preview, Verb.CONFIRM_MERGE)
    await seat.watch(preview, Verb.UNDO)


async def _close(seat: Seat) -> None:
    """Close what is open; what nobody decided is left for later."""
    seat.stage.transcript.scene("Closing")
    card = await seat.ask("/close")
    if payload_for(card, Verb.CLOSE_CARRY):
        await seat.tap(card, Verb.CLOSE_CARRY)
        await seat.watch(card)


async def _digest(seat: Seat) -> None:
    seat.stage.transcript.scene("The day in one card")
    await seat.ask("/digest now")


def _unticked(notes: ShownMessage) -> str:
    """The argument of the first line left unticked as doubtful, "" when all are ticked."""
    ticks = [button for row in notes.buttons for button in row if button.text.startswith(UNTICKED)]
    return next((argument_of(button.data or "") for button in ticks), "")


async def _tasks_waiting(stage: Stage) -> list[int]:
    """The numbers of the tasks that wait for a decision."""
    async with stage.app.transactions.reading() as tx:
        [project] = await tx.projects.list_all()
        waiting = await tx.proposals.list_pending(project.id, kinds=frozenset({Kind.TASK}))
    return [one.number for one in waiting]


async def _first_title(stage: Stage) -> str:
    async with stage.app.transactions.reading() as tx:
        [project] = await tx.projects.list_all()
        tasks = await tx.tasks.list_of(project.id)
    return tasks[-1].whole.title if tasks else "Something"


async def _counted(stage: Stage) -> Result:
    async with stage.app.transactions.reading() as tx:
        [project] = await tx.projects.list_all()
        subjects = await tx.knowledge.list_topics(project.id)
        notes = await tx.knowledge.list_atoms(project.id, only_in_force=False)
        tasks = await tx.tasks.list_of(project.id)
    return Result(len(subjects), len(notes), len(tasks))
