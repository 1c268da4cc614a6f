"""A faithful local Telegram Bot API server with a chat page; it knows nothing of the product."""
