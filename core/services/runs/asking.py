"""What is about to be asked of an analyst, as whoever pays for it must know it."""

from core.domain.conversation import Reading, Study, Usage
from core.domain.money import Purpose
from core.domain.run import Batch, Run, Stage
from core.ports.analysis import Analyst
from core.services.money.paying import Call

_PURPOSES = {Stage.KNOWLEDGE: Purpose.READ, Stage.TASKS: Purpose.FIND}


def call_for(run: Run, batch: Batch, analyst: Analyst, asked: Reading | Study) -> Call:
    """The call one batch makes."""
    return Call(
        project_id=run.project_id,
        purpose=_PURPOSES[run.stage],
        agent=run.snapshot.key,
        model=run.snapshot.model,
        most=Usage() if analyst.is_free else analyst.most(asked),
        is_free=analyst.is_free,
        run_id=run.id,
        batch_id=batch.id,
    )
