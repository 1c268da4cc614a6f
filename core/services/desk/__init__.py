"""The review desk: the list of notes, and the session in one message."""
