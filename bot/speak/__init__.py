"""What the bot says: cards to the Bot API by python-telegram-bot, paced, each failure with its answer."""
