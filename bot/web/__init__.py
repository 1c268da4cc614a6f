"""Answers HTTP: Telegram's webhook, health, metrics. FastAPI only; it knows neither storage nor hearing."""
