"""Formatted text: Telegram's HTML to entities, plain text to entities, entities to HTML."""
