"""Carrying batch ids between machines: TaskIQ on NATS JetStream; the rows stay the truth."""
