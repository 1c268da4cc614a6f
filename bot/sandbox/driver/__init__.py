"""A typed client for the people of the sandbox; everything goes over HTTP."""

from bot.sandbox.driver.client import Driver
from bot.sandbox.driver.shown import (
    Answer,
    Button,
    Call,
    Chat,
    Missed,
    Person,
    Reaction,
    Refusal,
    Saying,
    ShownMessage,
)

__all__ = [
    "Answer",
    "Button",
    "Call",
    "Chat",
    "Driver",
    "Missed",
    "Person",
    "Reaction",
    "Refusal",
    "Saying",
    "ShownMessage",
]
