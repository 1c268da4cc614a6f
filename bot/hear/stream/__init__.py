"""From Telegram to the handlers: kept, in each chat's order, once."""
