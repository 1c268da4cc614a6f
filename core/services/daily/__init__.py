"""What a day brings: tasks, the digest, schedules, forgetting."""
