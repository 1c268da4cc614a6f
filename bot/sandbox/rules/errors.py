"""The Bot API's refusals: an HTTP status, a description, sometimes parameters.

    Refused
    ├── bad_request(…)     400   "Bad Request: …"
    ├── UNAUTHORIZED       401   wrong token
    ├── forbidden(…)       403   "Forbidden: …"
    ├── METHOD_NOT_FOUND   404
    ├── conflict(…)        409   two consumers
    ├── too_many(…)        429   parameters.retry_after, seconds
    └── migrated(…)        400   parameters.migrate_to_chat_id

Shapes: https://core.telegram.org/bots/api#making-requests and #responseparameters.
"""

from dataclasses import dataclass, field

from bot.sandbox.shape import Json


@dataclass(eq=False)
class Refused(Exception):
    """A call the Bot API answers with `ok: false`."""

    code: int
    description: str
    parameters: Json = field(default_factory=dict[str, object])

    def body(self) -> Json:
        """Returns the JSON answer."""
        answer: Json = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        return {**answer, "parameters": self.parameters} if self.parameters else answer


def bad_request(why: str) -> Refused:
    """Returns a 400; `why` goes after the prefix."""
    return Refused(400, f"Bad Request: {why}")


def unauthorized() -> Refused:
    """Returns the 401 of a wrong token."""
    return Refused(401, "Unauthorized")


def forbidden(why: str) -> Refused:
    """Returns a 403; `why` goes after the prefix."""
    return Refused(403, f"Forbidden: {why}")


def method_not_found() -> Refused:
    """Returns the 404 of an unknown method."""
    return Refused(404, "Not Found: method not found")


def conflict(why: str) -> Refused:
    """Returns a 409; `why` goes after the prefix."""
    return Refused(409, f"Conflict: {why}")


def too_many(retry_after: int) -> Refused:
    """Returns a 429; `retry_after` in seconds."""
    return Refused(
        429,
        f"Too Many Requests: retry after {retry_after}",
        {"retry_after": retry_after},
    )


def migrated(to: int) -> Refused:
    """Returns the 400 of a basic group that became the supergroup `to`."""
    return Refused(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        {"migrate_to_chat_id": to},
    )
