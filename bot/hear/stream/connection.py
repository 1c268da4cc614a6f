"""Opens the bot that hears: its way to the Bot API server, a proxy if there is one."""

from typing import TypeVar

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import Response, TelegramMethod
from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError

T = TypeVar("T")


class ProxyAway(BaseRequestMiddleware):
    """A proxy that fails is a network that fails: aiogram lets its errors through as they are."""

    async def __call__(
        self, make_request: NextRequestMiddlewareType[T], bot: Bot, method: TelegramMethod[T]
    ) -> Response[T]:
        """Make the request; raises TelegramNetworkError for whatever the proxy could not do."""
        try:
            return await make_request(bot, method)
        except (ProxyConnectionError, ProxyError, ProxyTimeoutError) as error:
            raise TelegramNetworkError(method, f"{type(error).__name__}: {error}") from error


def open_session(api_base: str, proxy: str) -> AiohttpSession:
    """A session to be closed in the end; `proxy` is `http://…` or `socks5://…`, "" for none."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(api_base), proxy=proxy or None)
    session.middleware(ProxyAway())
    return session
