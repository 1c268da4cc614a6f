"""What Triagram is: it runs with no Telegram, no SQL and no model."""
