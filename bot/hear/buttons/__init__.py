"""Buttons: a press on a card becomes a call of a use case, a module a family of cards."""
