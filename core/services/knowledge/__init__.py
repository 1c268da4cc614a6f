"""What is known: asked, and kept in order."""
