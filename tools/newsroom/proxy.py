"""Many hosts behind one proxy on the loopback interface: HTTP forwarded, HTTPS by CONNECT.

A crawl that is told of it by `Proxy.environ` asks for the real addresses, and no request leaves
this machine: hosts that are not served are refused, and no name is looked up.
"""

import asyncio
import time
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from .authority import server_context
from .server import Hit, Server

_ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"
_REFUSED = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
#: What a visitor's request for http:// is marked by, as forwarding proxies do.
PLAIN = "X-Forwarded-Proto: http"


class Proxy(Server):
    """Serve what `answer` says for several hosts, which it knows by the header `host`.

    :param hosts: those that are served.
    :param folder: where the certificates are written to.
    :ivar trust: the file of the authority that vouches for the hosts.
    :ivar strays: hosts that were asked for and are not served.
    """

    def __init__(self, hosts: Iterable[str], folder: Path, port: int = 0) -> None:
        super().__init__(port)
        self._hosts = frozenset(hosts)
        self._context, self.trust = server_context(sorted(self._hosts), folder)
        self.strays: list[str] = []

    @property
    def environ(self) -> dict[str, str]:
        """The environment of a visitor: this proxy for all hosts, and trust in its authority.

        Names in lower case are stronger than those in upper case.
        """
        return {
            "http_proxy": self.url,
            "https_proxy": self.url,
            "no_proxy": "",
            "SSL_CERT_FILE": str(self.trust),
        }

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Open a tunnel, or answer one request within or without."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        method, target, _ = head.split(" ", 2)
        within = target.startswith("/")
        parts = urlsplit(target if method != "CONNECT" else f"//{target}")
        if not within and parts.hostname not in self._hosts:
            self.strays.append(str(parts.hostname))
            writer.write(_REFUSED)
            return False
        if method == "CONNECT":
            writer.write(_ESTABLISHED)
            await writer.start_tls(self._context)
            return True
        if not within:
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            head = f"{head[:-2]}{PLAIN}\r\n\r\n"
        return await self._logged(Hit(time.monotonic(), method, target, head), reader, writer)
