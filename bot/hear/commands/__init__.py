"""Commands, a module a job."""
