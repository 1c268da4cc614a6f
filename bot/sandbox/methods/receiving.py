"""getUpdates, webhooks, answers to presses, files."""

from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteWebhook,
    GetFile,
    GetUpdates,
    GetWebhookInfo,
    SetWebhook,
)

from bot.sandbox.acts.pressing import find_open
from bot.sandbox.rules.errors import bad_request
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.shape import Json

MOST_ANSWER = 200
"""https://core.telegram.org/bots/api#answercallbackquery."""
MOST_FILE_BYTES = 20 * 1024 * 1024
"""https://core.telegram.org/bots/api#getfile."""
_SECRET_CHARACTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
MOST_SECRET = 256


async def get_updates(sandbox: Sandbox, call: GetUpdates) -> list[Json]:
    """https://core.telegram.org/bots/api#getupdates."""
    if call.allowed_updates is not None:
        sandbox.queue.allowed = list(call.allowed_updates)
    limit = 100 if call.limit is None else call.limit
    return await sandbox.queue.poll(call.offset or 0, limit, float(call.timeout or 0))


def set_webhook(sandbox: Sandbox, call: SetWebhook) -> bool:
    """https://core.telegram.org/bots/api#setwebhook; here plain HTTP is allowed too."""
    secret = call.secret_token or ""
    if len(secret) > MOST_SECRET or not _SECRET_CHARACTERS.issuperset(secret):
        raise bad_request("secret token contains unallowed characters")
    if call.url and not call.url.startswith(("http://", "https://")):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if call.drop_pending_updates:
        sandbox.queue.clear()
    if call.allowed_updates is not None:
        sandbox.queue.allowed = list(call.allowed_updates)
    hook = sandbox.webhook
    hook.secret, hook.max_connections = secret, call.max_connections or 40
    hook.last_error_date, hook.last_error = None, None
    sandbox.queue.webhook_url = call.url
    sandbox.queue.end_poll("terminated by setWebhook request")
    sandbox.queue.nudge()
    return True


def delete_webhook(sandbox: Sandbox, call: DeleteWebhook) -> bool:
    """https://core.telegram.org/bots/api#deletewebhook."""
    sandbox.queue.webhook_url, sandbox.webhook.secret = "", ""
    if call.drop_pending_updates:
        sandbox.queue.clear()
    return True


def get_webhook_info(sandbox: Sandbox, call: GetWebhookInfo) -> Json:
    """https://core.telegram.org/bots/api#getwebhookinfo."""
    del call
    return sandbox.webhook.info()


def answer_callback_query(sandbox: Sandbox, call: AnswerCallbackQuery) -> bool:
    """https://core.telegram.org/bots/api#answercallbackquery: once, and in time."""
    press = find_open(sandbox, call.callback_query_id)
    if press is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(call.text or "") > MOST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    username = (sandbox.world.bot.person.username or "").lower()
    if call.url and f"t.me/{username}?start=" not in call.url.lower():
        raise bad_request("URL_INVALID")
    answer: Json = {
        "text": call.text or "",
        "show_alert": bool(call.show_alert),
        "url": call.url,
        "answered": True,
    }
    press.answer.set_result(answer)
    sandbox.changes.publish("answer", press=press.id, person=press.person, **answer)
    return True


def get_file(sandbox: Sandbox, call: GetFile) -> Json:
    """https://core.telegram.org/bots/api#getfile."""
    stored = sandbox.files.get(call.file_id)
    if stored is None:
        raise bad_request("invalid file_id")
    if len(stored.data) > MOST_FILE_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": stored.id,
        "file_unique_id": f"u{stored.id[-6:]}",
        "file_size": len(stored.data),
        "file_path": stored.path,
    }
