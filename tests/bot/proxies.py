"""Two small real proxies on the wire: HTTP (CONNECT and absolute URLs) and SOCKS5."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Proxy:
    """Where it listens, and where it was asked to go."""

    url: str = ""
    asked: list[str] = field(default_factory=list[str])

    async def serve_http(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2 and https://www.rfc-editor.org/rfc/rfc9110#CONNECT."""
        method, target, version = (await reader.readline()).decode().split()
        head = await reader.readuntil(b"\r\n\r\n")
        if method == "CONNECT":
            host, _, port = target.partition(":")
            there = await self._reach(host, int(port))
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            parts = urlsplit(target)
            there = await self._reach(parts.hostname or "", parts.port or 80)
            # One request a connection is enough here: the next one comes by a connection of its own.
            head = head.replace(b"Connection: keep-alive\r\n", b"").replace(
                b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"
            )
            there[1].write(f"{method} {parts.path} {version}\r\n".encode() + head)
        await _both_ways((reader, writer), there)

    async def serve_socks(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """https://www.rfc-editor.org/rfc/rfc1928, without authentication."""
        _, methods = await reader.readexactly(2)
        await reader.readexactly(methods)
        writer.write(b"\x05\x00")
        *_, kind = await reader.readexactly(4)
        if kind == 1:
            host = ".".join(str(part) for part in await reader.readexactly(4))
        else:
            [length] = await reader.readexactly(1)
            host = (await reader.readexactly(length)).decode()
        there = await self._reach(host, int.from_bytes(await reader.readexactly(2), "big"))
        writer.write(b"\x05\x00\x00\x01" + bytes(6))
        await _both_ways((reader, writer), there)

    async def _reach(self, host: str, port: int) -> Streams:
        self.asked.append(f"{host}:{port}")
        return await asyncio.open_connection(host, port)


async def _both_ways(here: Streams, there: Streams) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(_pump(here[0], there[1]))
        group.create_task(_pump(there[0], here[1]))


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


@asynccontextmanager
async def proxy(scheme: str) -> AsyncGenerator[Proxy]:
    """An `http` or `socks5` proxy while the block runs."""
    made = Proxy()
    serve = made.serve_http if scheme == "http" else made.serve_socks
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    made.url = f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield made
    finally:
        server.close()
