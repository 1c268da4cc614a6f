"""The rhythm: hours, schedules, the digest."""
