"""What Telegram refuses, slows down and hides, and the failures a test may script."""
