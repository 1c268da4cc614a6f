"""Proposals, knowledge and tasks."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from core.domain.evidence import Evidence
from core.domain.ids import Kind, PersonId, Ref
from core.domain.knowledge import Atom, AtomType, Link, LinkType, Topic
from core.domain.proposal import (
    Content,
    Proposal,
    ProposalStatus,
    Reason,
    Recommendation,
    RejectedBefore,
    Review,
    Source,
    Unedited,
)
from core.domain.similarity import Similar
from core.domain.task import Contribution, Gain, Task, TaskDraft, TaskStatus
from storage.mapping.packing import Columns, Tagged, packed, ref_of, unpacked
from storage.tables import AtomRow, ContributionRow, ProposalRow, TaskRow, TopicRow

_CONTENT = Tagged[Content](Content)
_NO_REVIEW: Columns = dict.fromkeys(
    ("act_id", "reviewed_at", "reviewed_by", "reviewed_by_id", "reason", "note", "result_kind",
     "result_id", "was_edited", "unedited")
)  # fmt: skip


def proposal_of(row: ProposalRow, evidence: Evidence, sources: tuple[UUID, ...]) -> Proposal:
    """The proposal of a row with what it rests and stands on."""
    return Proposal(
        id=row.id,
        project_id=row.project_id,
        number=row.number,
        content=_CONTENT.unpacked(row.content),
        source=Source(row.source),
        created_at=row.created_at,
        confidence=row.confidence,
        reasoning=row.reasoning,
        recommendation=Recommendation(row.recommendation),
        evidence=evidence,
        sources=sources,
        similar=None if row.similar is None else unpacked(Similar, row.similar),
        rejected_before=None
        if row.rejected_before is None
        else unpacked(RejectedBefore, row.rejected_before),
        run_id=row.run_id,
        batch_id=row.batch_id,
        status=ProposalStatus(row.status),
        review=_review_of(row),
        snoozed_until=row.snoozed_until,
        carried_at=row.carried_at,
        edited_by=row.edited_by,
        origin_id=row.origin_id,
        content_version=row.content_version,
        revision=row.revision,
    )


def proposal_columns(proposal: Proposal) -> Columns:
    """The columns of a proposal, evidence and sources apart."""
    before = proposal.rejected_before
    return {
        "id": proposal.id,
        "project_id": proposal.project_id,
        "number": proposal.number,
        "kind": proposal.kind.value,
        "content": _CONTENT.packed(proposal.content),
        "source": proposal.source.value,
        "created_at": proposal.created_at,
        "confidence": proposal.confidence,
        "reasoning": proposal.reasoning,
        "recommendation": proposal.recommendation.value,
        "similar": None if proposal.similar is None else packed(proposal.similar),
        "rejected_before": None if before is None else packed(before),
        "run_id": proposal.run_id,
        "batch_id": proposal.batch_id,
        "status": proposal.status.value,
        **(_NO_REVIEW if proposal.review is None else _review_columns(proposal.review)),
        "snoozed_until": proposal.snoozed_until,
        "carried_at": proposal.carried_at,
        "edited_by": proposal.edited_by,
        "origin_id": proposal.origin_id,
        "content_version": proposal.content_version,
        "revision": proposal.revision,
    }


def _review_of(row: ProposalRow) -> Review | None:
    if row.act_id is None or row.reviewed_at is None:
        return None
    return Review(
        act_id=row.act_id,
        at=row.reviewed_at,
        by=row.reviewed_by or "",
        by_id=None if row.reviewed_by_id is None else PersonId(row.reviewed_by_id),
        reason=None if row.reason is None else Reason(row.reason),
        note=row.note or "",
        result=ref_of(row.result_kind, row.result_id),
        was_edited=bool(row.was_edited),
        unedited=_unedited_of(row.unedited),
    )


def _review_columns(review: Review) -> Columns:
    return {
        "act_id": review.act_id,
        "reviewed_at": review.at,
        "reviewed_by": review.by,
        "reviewed_by_id": review.by_id,
        "reason": None if review.reason is None else review.reason.value,
        "note": review.note,
        "result_kind": None if review.result is None else review.result.kind.value,
        "result_id": None if review.result is None else review.result.id,
        "was_edited": review.was_edited,
        "unedited": _unedited_packed(review.unedited),
    }


def _unedited_of(data: Mapping[str, Any] | None) -> Unedited | None:
    return None if data is None else Unedited(_CONTENT.unpacked(data["content"]), data["edited_by"])


def _unedited_packed(unedited: Unedited | None) -> Columns | None:
    if unedited is None:
        return None
    return {"content": _CONTENT.packed(unedited.content), "edited_by": unedited.edited_by}


def topic_of(row: TopicRow) -> Topic:
    """The topic of a row."""
    return Topic(
        id=row.id,
        project_id=row.project_id,
        number=row.number,
        name=row.name,
        created_at=row.created_at,
        description=row.description,
        icon=row.icon,
        colour=row.colour,
        proposal_id=row.proposal_id,
        merged_into=row.merged_into,
        archived_at=row.archived_at,
        revision=row.revision,
    )


def topic_columns(topic: Topic) -> Columns:
    """The columns of a topic."""
    return {
        "id": topic.id,
        "project_id": topic.project_id,
        "number": topic.number,
        "name": topic.name,
        "created_at": topic.created_at,
        "description": topic.description,
        "icon": topic.icon,
        "colour": topic.colour,
        "proposal_id": topic.proposal_id,
        "merged_into": topic.merged_into,
        "archived_at": topic.archived_at,
        "revision": topic.revision,
    }


def atom_of(row: AtomRow, evidence: Evidence) -> Atom:
    """The atom of a row with its topic and links as they were given."""
    return Atom(
        id=row.id,
        project_id=row.project_id,
        number=row.number,
        type=AtomType(row.type),
        title=row.title,
        content=row.content,
        confidence=row.confidence,
        valid_from=row.valid_from,
        created_at=row.created_at,
        topic=ref_of(row.topic_kind, row.topic_id),
        links=tuple(
            Link(LinkType(type_), Ref(Kind(kind), UUID(hex=id_))) for type_, kind, id_ in row.links
        ),
        evidence=evidence,
        valid_until=row.valid_until,
        proposal_id=row.proposal_id,
        content_version=row.content_version,
        read_version=row.read_version,
        revision=row.revision,
    )


def atom_columns(atom: Atom) -> Columns:
    """The columns of an atom, evidence apart."""
    return {
        "id": atom.id,
        "project_id": atom.project_id,
        "number": atom.number,
        "type": atom.type.value,
        "title": atom.title,
        "content": atom.content,
        "confidence": atom.confidence,
        "valid_from": atom.valid_from,
        "valid_until": atom.valid_until,
        "created_at": atom.created_at,
        "topic_kind": None if atom.topic is None else atom.topic.kind.value,
        "topic_id": None if atom.topic is None else atom.topic.id,
        "links": [[link.type.value, link.target.kind.value, link.target.id.hex] for link in atom.links],
        "proposal_id": atom.proposal_id,
        "content_version": atom.content_version,
        "read_version": atom.read_version,
        "revision": atom.revision,
    }


def task_of(row: TaskRow, evidence: Evidence, contributions: tuple[Contribution, ...]) -> Task:
    """The task of a row with what it rests on and what merges gave it."""
    return Task(
        id=row.id,
        project_id=row.project_id,
        number=row.number,
        draft=unpacked(TaskDraft, row.draft),
        created_at=row.created_at,
        status=TaskStatus(row.status),
        evidence=evidence,
        contributions=contributions,
        proposal_id=row.proposal_id,
        revision=row.revision,
    )


def task_columns(task: Task) -> Columns:
    """The columns of a task, evidence and contributions apart."""
    assignee, due = task.draft.assignee, task.draft.due
    return {
        "id": task.id,
        "project_id": task.project_id,
        "number": task.number,
        "draft": packed(task.draft),
        "assignee_id": None if assignee is None else assignee.person_id,
        "due_on": None if due is None else due.on,
        "created_at": task.created_at,
        "status": task.status.value,
        "proposal_id": task.proposal_id,
        "revision": task.revision,
    }


def contribution_of(row: ContributionRow, evidence: Evidence) -> Contribution:
    """The contribution of a row."""
    return Contribution(
        id=row.id,
        proposal_id=row.proposal_id,
        target=Ref(Kind(row.target_kind), row.target_id),
        gain=unpacked(Gain, row.gain),
        evidence=evidence,
        at=row.at,
    )


def contribution_columns(contribution: Contribution) -> Columns:
    """The columns of a contribution, evidence apart."""
    return {
        "id": contribution.id,
        "proposal_id": contribution.proposal_id,
        "target_kind": contribution.target.kind.value,
        "target_id": contribution.target.id,
        "gain": packed(contribution.gain),
        "at": contribution.at,
    }
