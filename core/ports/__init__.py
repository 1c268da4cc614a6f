"""What we need from outside, as protocols."""
