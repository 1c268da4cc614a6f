"""What can go wrong with a call, told in our own words: every failure of a provider has one kind."""

import re
from collections.abc import Generator
from contextlib import contextmanager

from pydantic_ai.exceptions import (
    AgentRunError,
    ContentFilterError,
    FallbackExceptionGroup,
    ModelAPIError,
    ModelAuthenticationError,
    ModelContextWindowExceededError,
    ModelHTTPError,
    ModelNotFoundError,
    ModelQuotaExceededError,
    ModelRateLimitError,
    ModelRequestRejectedError,
    ModelRequestTimeout,
    ModelTimeoutError,
    RunTimedOut,
    UnexpectedModelBehavior,
    UserError,
)

from core.domain.masking import without_secrets
from core.errors import AnalystFailed, Failing

_KINDS: tuple[tuple[type[BaseException], Failing], ...] = (
    (ModelAuthenticationError, Failing.KEY),
    (ModelQuotaExceededError, Failing.QUOTA),
    (ModelRateLimitError, Failing.LIMIT),
    (ModelContextWindowExceededError, Failing.TOO_LONG),
    (ModelNotFoundError, Failing.UNKNOWN_MODEL),
    (ModelTimeoutError, Failing.TIMEOUT),
    (ModelRequestTimeout, Failing.TIMEOUT),
    (RunTimedOut, Failing.TIMEOUT),
    (ContentFilterError, Failing.REFUSED),
    (UnexpectedModelBehavior, Failing.INVALID),
    (ModelRequestRejectedError, Failing.REJECTED),
    (ModelAPIError, Failing.AWAY),
    (AgentRunError, Failing.INVALID),
    (UserError, Failing.UNKNOWN_MODEL),
)
"""The first that fits, so the narrower ones come first."""
_BY_STATUS = {
    401: Failing.KEY,
    402: Failing.QUOTA,
    403: Failing.KEY,
    404: Failing.UNKNOWN_MODEL,
    429: Failing.LIMIT,
}
"""Where a server of one's own gives a status and nothing else to go by."""
_SAYS_KEY = re.compile(r"api[ _]key (?:is )?(?:not valid|invalid)|API_KEY_INVALID", re.IGNORECASE)
"""Google answers a wrong key by 400, https://ai.google.dev/gemini-api/docs/troubleshooting."""
_DETAIL_LIMIT = 200
_LONGEST_REST = 3600.0


@contextmanager
def told_as_ours(about: str) -> Generator[None]:
    """What pydantic-ai raises within becomes an AnalystFailed; `about` is the model that was asked."""
    try:
        yield
    except FallbackExceptionGroup as several:
        raise failed(several.exceptions[0], about) from several
    except (AgentRunError, UserError) as error:
        raise failed(error, about) from error


def failed(error: Exception, about: str) -> AnalystFailed:
    """The failure of ours that says what one of theirs means."""
    kind = next((kind for type_, kind in _KINDS if isinstance(error, type_)), Failing.AWAY)
    if kind in (Failing.REJECTED, Failing.AWAY) and isinstance(error, ModelHTTPError):
        kind = _BY_STATUS.get(error.status_code, kind)
    if kind is Failing.REJECTED and _SAYS_KEY.search(str(error)):
        kind = Failing.KEY
    asked = error.retry_after if isinstance(error, ModelAPIError) else None
    return AnalystFailed(kind, _detail(kind, error, about), rest_seconds=min(asked or 0.0, _LONGEST_REST))


def _detail(kind: Failing, error: Exception, about: str) -> str:
    """Whom it concerns and what was said; a provider repeats part of the key it refuses, so not that."""
    if kind is Failing.KEY:
        return about
    said = " ".join(without_secrets(str(error)).split())
    return f"{about}: {said}"[:_DETAIL_LIMIT]
