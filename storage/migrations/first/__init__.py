"""What migration 0001 makes, by area; never changed once it was released."""
