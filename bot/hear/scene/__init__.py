"""What an update is about: who, where, by what right."""
