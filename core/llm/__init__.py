"""The model as analyst: words its prompts, bounds its answers; knows no storage and no Telegram."""
