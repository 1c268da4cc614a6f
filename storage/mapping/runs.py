"""Runs and batches."""

from uuid import UUID

from core.domain.ids import PersonId
from core.domain.run import (
    Accuracy,
    Batch,
    BatchStatus,
    Given,
    Run,
    RunStatus,
    Snapshot,
    Stage,
    Trigger,
    Window,
)
from storage.mapping.packing import Columns, keys_of, keys_packed, packed, unpacked
from storage.tables import BatchRow, RunRow


def run_of(row: RunRow) -> Run:
    """The run of a row."""
    return Run(
        id=row.id,
        project_id=row.project_id,
        number=row.number,
        stage=Stage(row.stage),
        window=Window(row.window_start, row.window_end),
        trigger=Trigger(row.trigger),
        started_by=row.started_by,
        snapshot=unpacked(Snapshot, row.snapshot),
        created_at=row.created_at,
        started_by_id=None if row.started_by_id is None else PersonId(row.started_by_id),
        status=RunStatus(row.status),
        started_at=row.started_at,
        ended_at=row.ended_at,
        reviewed_at=row.reviewed_at,
        closed_at=row.closed_at,
        input_tokens=row.input_tokens,
        output_tokens=row.output_tokens,
        cost_usd=row.cost_usd,
        accuracy=None if row.accuracy is None else unpacked(Accuracy, row.accuracy),
        revision=row.revision,
    )


def run_columns(run: Run) -> Columns:
    """The columns of a run."""
    return {
        "id": run.id,
        "project_id": run.project_id,
        "number": run.number,
        "stage": run.stage.value,
        "window_start": run.window.start,
        "window_end": run.window.end,
        "trigger": run.trigger.value,
        "started_by": run.started_by,
        "snapshot": packed(run.snapshot),
        "agent": run.snapshot.agent,
        "agent_version": run.snapshot.agent_version,
        "created_at": run.created_at,
        "started_by_id": run.started_by_id,
        "status": run.status.value,
        "started_at": run.started_at,
        "ended_at": run.ended_at,
        "reviewed_at": run.reviewed_at,
        "closed_at": run.closed_at,
        "input_tokens": run.input_tokens,
        "output_tokens": run.output_tokens,
        "cost_usd": run.cost_usd,
        "accuracy": None if run.accuracy is None else packed(run.accuracy),
        "revision": run.revision,
    }


def batch_of(row: BatchRow) -> Batch:
    """The batch of a row."""
    return Batch(
        id=row.id,
        run_id=row.run_id,
        index=row.position,
        messages=keys_of(row.messages),
        context=keys_of(row.context),
        left_out=keys_of(row.left_out),
        atoms=tuple(UUID(hex=one) for one in row.atoms),
        status=BatchStatus(row.status),
        attempts=row.attempts,
        lease_until=row.lease_until,
        error=row.error,
        seconds=row.seconds,
        dropped=row.dropped,
        given=unpacked(Given, row.given),
    )


def batch_columns(batch: Batch) -> Columns:
    """The columns of a batch."""
    return {
        "id": batch.id,
        "run_id": batch.run_id,
        "position": batch.index,
        "messages": keys_packed(batch.messages),
        "context": keys_packed(batch.context),
        "left_out": keys_packed(batch.left_out),
        "atoms": [one.hex for one in batch.atoms],
        "status": batch.status.value,
        "attempts": batch.attempts,
        "lease_until": batch.lease_until,
        "error": batch.error,
        "seconds": batch.seconds,
        "dropped": dict(batch.dropped),
        "given": packed(batch.given),
    }
