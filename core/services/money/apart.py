"""Money is noted apart from the use case it was spent for: what was paid stays paid if that fails."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from core.errors import TriagramError

T = TypeVar("T")


async def apart(noting: Coroutine[Any, Any, T]) -> T:
    """What the coroutine returns or raises, run as a task of its own.

    So its transaction neither joins the caller's nor marks the caller's update as done.
    """
    async with asyncio.TaskGroup() as group:
        task = group.create_task(_outcome(noting))
    result = task.result()
    if isinstance(result, TriagramError):
        raise result
    return result


async def _outcome(noting: Coroutine[Any, Any, T]) -> T | TriagramError:
    """A task group would wrap what is raised; whoever asks has to know the refusal itself."""
    try:
        return await noting
    except TriagramError as refused:
        return refused
