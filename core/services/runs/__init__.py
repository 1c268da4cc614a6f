"""Runs: started, planned into batches, worked, closed."""
