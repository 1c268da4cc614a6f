"""Everything that touches Telegram or starts a process."""
