"""Host names resolved in threads that do not keep the process alive."""

import socket
from collections.abc import Sequence
from contextlib import suppress
from threading import Thread
from typing import Any

from scrapy.resolver import CachingHostnameResolver, HostResolution
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IAddress, IHostnameResolver
from zope.interface import implementer  # type: ignore[import-untyped]  # has no annotations

_KINDS = {socket.AF_INET: IPv4Address, socket.AF_INET6: IPv6Address}


class DaemonResolver(CachingHostnameResolver):
    """Scrapy's resolver for IPv4 and IPv6, without waiting for a name server at the end.

    Scrapy's own resolvers use Twisted's threads, and the process waits for those before it ends. If
    a name server does not answer, a stopped run would not end. DOWNLOAD_TIMEOUT limits the time of
    a look-up.
    """

    def __init__(self, reactor: ReactorBase, cache_size: int) -> None:
        super().__init__(reactor, cache_size)
        self.original_resolver: Any = _SystemResolver(reactor)


class _Resolution(HostResolution):
    def cancel(self) -> None:
        """Do nothing: a look-up cannot be cancelled, and its answer is ignored."""


@implementer(IHostnameResolver)
class _SystemResolver:
    """Asks the operating system, in one daemon thread per name."""

    def __init__(self, reactor: ReactorBase) -> None:
        self._reactor = reactor

    def resolveHostName(  # noqa: N802  # Twisted's name
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: ARG002, N803
    ) -> HostResolution:
        """Pass the addresses of a host, if any, to the receiver."""
        resolution = _Resolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)

        def deliver(addresses: list[IPv4Address | IPv6Address]) -> None:
            for address in addresses:
                if addressTypes is None or isinstance(address, tuple(addressTypes)):
                    resolutionReceiver.addressResolved(address)
            resolutionReceiver.resolutionComplete()

        def look_up() -> None:
            addresses = _addresses(hostName, portNumber)
            with suppress(RuntimeError):  # the run is over, and its loop closed
                self._reactor.callFromThread(deliver, addresses)

        Thread(target=look_up, name=f"DNS {hostName}", daemon=True).start()
        return resolution


def _addresses(host: str, port: int) -> list[IPv4Address | IPv6Address]:
    """Return the addresses of a host, in the system's order; empty on errors."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [
        _KINDS[family]("TCP", *address[:2])
        for family, _, _, _, address in found
        if family in _KINDS
    ]
