"""What must not be kept: people left out, words forgotten or grown old; and what one may take along."""
