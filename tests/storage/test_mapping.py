"""Values survive their rows: whatever the domain can say, storage can keep."""

import dataclasses
import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.agent import Agent
from core.domain.daily.schedule import Schedule
from core.domain.evidence import Evidence
from core.domain.experiment import Assignment
from core.domain.history import Change, Event
from core.domain.knowledge import Atom, Topic
from core.domain.message import Message
from core.domain.money import Charge
from core.domain.person import Binding, Chat, Installation, Person, Project
from core.domain.proposal import Content, Proposal
from core.domain.run import Batch, Run
from core.domain.showing.spot import Spot
from core.domain.showing.view import View
from core.domain.task import Contribution, Task
from core.ports.inbox import Incoming
from storage import tables
from storage.mapping import agents, chats, messages, runs, shown, work
from storage.tables import Row

_INTEGERS = st.integers(-(2**53), 2**53)
_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=8),
    int: _INTEGERS,
    bool: st.booleans(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bytes: st.binary(max_size=8),
    UUID: st.uuids().filter(lambda id_: id_.int != 0),
    date: st.dates(),
    datetime: st.datetimes(timezones=st.just(UTC)),
    type(None): st.none(),
}


def values_of(type_: Any) -> st.SearchStrategy[Any]:
    """Any value of a domain type."""
    if type_ in _PLAIN:
        return _PLAIN[type_]
    if hasattr(type_, "__supertype__"):
        return values_of(type_.__supertype__)
    if hasattr(type_, "__dataclass_fields__"):
        return _fields(type_)
    if isinstance(type_, type) and issubclass(type_, Enum):
        return st.sampled_from(list(type_))
    return _generic(get_origin(type_), get_args(type_))


def _generic(origin: Any, arguments: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    if origin in (Union, UnionType):
        return st.one_of([values_of(one) for one in arguments])
    if origin is frozenset:
        return st.frozensets(values_of(arguments[0]), max_size=3)
    if origin is tuple and arguments[-1] is Ellipsis:
        return st.lists(values_of(arguments[0]), max_size=3).map(tuple)
    if origin is tuple:
        return st.tuples(*[values_of(one) for one in arguments])
    assert isinstance(origin, type)
    assert issubclass(origin, Mapping)
    return st.dictionaries(values_of(arguments[0]), values_of(arguments[1]), max_size=3)


def _fields(class_: Any) -> st.SearchStrategy[Any]:
    hints = get_type_hints(class_)
    names = [field.name for field in dataclasses.fields(class_)]
    return st.builds(class_, **{name: st.deferred(lambda t=hints[name]: values_of(t)) for name in names})


def _row(row: type[Row], columns: dict[str, Any]) -> Any:
    """A row as it would come back: what is kept as JSON went through it."""
    stored = {
        name: json.loads(json.dumps(value)) if isinstance(value, dict | list) else value
        for name, value in columns.items()
    }
    assert stored.keys() <= set(row.model_fields)
    return row(**stored)


def _proposal(value: Proposal) -> Proposal:
    row = _row(tables.ProposalRow, work.proposal_columns(value))
    return work.proposal_of(row, value.evidence, value.sources)


def _spot(value: Spot) -> Spot:
    row = _row(tables.SpotRow, {**shown.spot_columns(value), "was_card": True})
    return shown.spot_of(row, value.about)


def _evidence(value: Evidence) -> Evidence:
    columns = messages.evidence_columns(value, "task", UUID(int=1))
    return messages.evidence_of(_row(tables.EvidenceRow, one) for one in columns)


_TRIPS: dict[type[Any], Callable[[Any], Any]] = {
    Installation: lambda v: chats.installation_of(
        _row(tables.InstallationRow, chats.installation_columns(v))
    ),
    Project: lambda v: chats.project_of(_row(tables.ProjectRow, chats.project_columns(v))),
    Chat: lambda v: chats.chat_of(_row(tables.ChatRow, chats.chat_columns(v))),
    Person: lambda v: chats.person_of(_row(tables.PersonRow, chats.person_columns(v))),
    Message: lambda v: messages.message_of(_row(tables.MessageRow, messages.message_columns(v))),
    Evidence: _evidence,
    Incoming: lambda v: messages.incoming_of(_row(tables.IncomingRow, messages.incoming_columns(v))),
    Proposal: _proposal,
    Topic: lambda v: work.topic_of(_row(tables.TopicRow, work.topic_columns(v))),
    Atom: lambda v: work.atom_of(_row(tables.AtomRow, work.atom_columns(v)), v.evidence),
    Task: lambda v: work.task_of(_row(tables.TaskRow, work.task_columns(v)), v.evidence, v.contributions),
    Contribution: lambda v: work.contribution_of(
        _row(tables.ContributionRow, work.contribution_columns(v)), v.evidence
    ),
    Run: lambda v: runs.run_of(_row(tables.RunRow, runs.run_columns(v))),
    Batch: lambda v: runs.batch_of(_row(tables.BatchRow, runs.batch_columns(v))),
    Agent: lambda v: agents.agent_of(_row(tables.AgentRow, agents.agent_columns(v))),
    Assignment: lambda v: agents.assignment_of(_row(tables.AssignmentRow, agents.assignment_columns(v))),
    Charge: lambda v: agents.charge_of(_row(tables.ChargeRow, agents.charge_columns(v))),
    Spot: _spot,
    Change: lambda v: shown.change_of(_row(tables.ChangeRow, shown.change_columns(v))),
    Event: lambda v: shown.event_of(_row(tables.EventRow, shown.event_columns(v))),
    Schedule: lambda v: shown.schedule_of(_row(tables.ScheduleRow, shown.schedule_columns(v))),
}


@pytest.mark.parametrize("class_", _TRIPS, ids=lambda class_: class_.__name__)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_value_comes_back_from_its_row_as_it_was(class_: type[Any], data: st.DataObject) -> None:
    value = data.draw(values_of(class_))
    assert _TRIPS[class_](value) == value


@settings(max_examples=40, deadline=None)
@given(thread=st.one_of(st.none(), st.integers(1, 2**40)), data=st.data())
def test_a_binding_comes_back_with_or_without_a_thread(thread: int | None, data: st.DataObject) -> None:
    binding: Binding = dataclasses.replace(data.draw(values_of(Binding)), thread_id=thread)
    assert chats.binding_of(_row(tables.BindingRow, chats.binding_columns(binding))) == binding


@pytest.mark.parametrize("class_", get_args(View), ids=lambda class_: class_.__name__)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_every_view_comes_back_as_its_own_class(class_: type[Any], data: st.DataObject) -> None:
    spot: Spot = dataclasses.replace(data.draw(values_of(Spot)), view=data.draw(values_of(class_)))
    assert type(_spot(spot).view) is class_
    assert _spot(spot).view == spot.view


@pytest.mark.parametrize("class_", get_args(Content), ids=lambda class_: class_.__name__)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_every_content_comes_back_as_its_own_class(class_: type[Any], data: st.DataObject) -> None:
    proposal: Proposal = dataclasses.replace(
        data.draw(values_of(Proposal)), content=data.draw(values_of(class_))
    )
    assert type(_proposal(proposal).content) is class_
    assert _proposal(proposal).content == proposal.content
