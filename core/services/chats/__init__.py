"""Chats and the people in them: who may what, what is heard, how a chat joins."""
