"""Many hosts behind one proxy on the loopback interface: HTTP forwarded, HTTPS by CONNECT.

A crawl that uses it (`Proxy.environ`) requests the real addresses, and no request leaves this
machine: other hosts are refused, and no name is looked up.
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
#: The header that marks a request for http://, as forwarding proxies add it.
PLAIN = "X-Forwarded-Proto: http"


class Proxy(Server):
    """Serves the answers of `answer` for several hosts, selected by the header `host`.

    :param hosts: the served hosts.
    :param folder: folder for the certificates.
    :ivar trust: CA file of the authority that signed the hosts' certificates.
    :ivar strays: requested hosts that are not served.
    """

    def __init__(self, hosts: Iterable[str], folder: Path, port: int = 0) -> None:
        super().__init__(port)
        self._hosts = frozenset(hosts)
        self._context, self.trust = server_context(sorted(self._hosts), folder)
        self.strays: list[str] = []

    @property
    def environ(self) -> dict[str, str]:
        """A client's environment: this proxy for all hosts, and trust in its authority.

        Lower-case variables take precedence over upper-case ones.
        """
        return {
            "http_proxy": self.url,
            "https_proxy": self.url,
            "no_proxy": "",
            "SSL_CERT_FILE": str(self.trust),
        }

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Open a tunnel, or answer one request inside or outside of one."""
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
