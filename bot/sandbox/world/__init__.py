"""What exists in the sandbox: people, chats, messages, and how each is written on the wire."""
