"""What would be true on paper: frozen values and their steps."""
