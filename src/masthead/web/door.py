"""Where the server listens, which names it goes by, and the token that opens it."""

from __future__ import annotations

import hmac
import ipaddress
import re
import secrets
import socket
from dataclasses import dataclass, field

from masthead.errors import MastheadError

SHORTEST_TOKEN = 16
_HOST = re.compile(r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[a-z0-9_.-]+))(?::(?P<port>[0-9]{1,5}))?")


@dataclass(frozen=True)
class Door:
    """Where the server listens, and the token that opens it. Raises `MastheadError` for an address
    beyond this machine without a token of the user's own, and for a short token."""

    host: str = "127.0.0.1"
    port: int = 8321
    token: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if not self.token and not is_loopback(self.host):
            raise MastheadError(
                f"--host {self.host}: others could reach this address; give a --token of at least "
                f"{SHORTEST_TOKEN} characters, or leave --host out"
            )
        if self.token and not (
            len(self.token) >= SHORTEST_TOKEN and self.token.isascii() and self.token.isprintable()
            and " " not in self.token
        ):  # fmt: skip
            raise MastheadError(
                f"--token: at least {SHORTEST_TOKEN} ASCII characters without spaces are expected"
            )
        if not self.token:
            object.__setattr__(self, "token", secrets.token_urlsafe(32))

    @property
    def cookie(self) -> str:
        """The cookie's name: cookies are shared by all ports of a host, so the port is in it."""
        return f"masthead-{self.port}"

    @property
    def url(self) -> str:
        """The page's address, without the token."""
        shown = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host
        return f"http://{f'[{shown}]' if ':' in shown else shown}:{self.port}/"

    def is_ours(self, host: str) -> bool:
        """Whether a Host header names this server. Bound to all addresses, any of them does as a
        number, and the machine's own name: a rebinding site comes under a name of its own."""
        name, port = _split(host)
        if port != self.port:
            return False
        if self.host in ("0.0.0.0", "::"):
            return _is_number(name) or name in ("localhost", socket.gethostname().lower())
        if is_loopback(self.host):
            return name == self.host.lower() or name == "localhost" or (
                _is_number(name) and is_loopback(name)
            )  # fmt: skip
        return name == self.host.lower()

    def opens(self, token: str) -> bool:
        """Whether this is the token, in a time that does not tell how much of it is right."""
        return hmac.compare_digest(token.encode("utf-8", "replace"), self.token.encode())


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _split(host: str) -> tuple[str, int | None]:
    """The name, in small letters and without brackets, and the port of a Host header."""
    found = _HOST.fullmatch(host.lower())
    if found is None:
        return "", None
    return found["six"] or found["name"], int(found["port"] or 80)
