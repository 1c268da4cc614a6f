"""SQL and mapping, nothing else."""
