"""The origin of a request, only as exact as an audit needs."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from ua_parser import parse


@dataclass(frozen=True)
class Origin:
    """A network address and the browser's name for itself."""

    address: str
    agent: str = ""

    @property
    def place(self) -> str:
        """The address, shortened so that it does not identify a household."""
        try:
            found = ip_address(self.address)
        except ValueError:
            return ""
        if isinstance(found, IPv6Address):
            return ":".join(found.exploded.split(":")[:3]) + "::"
        return ".".join(str(found).split(".")[:3]) + ".0"

    @property
    def browser(self) -> str:
        """Browser and system, like "Firefox, Linux"; empty where neither is known."""
        parsed = parse(self.agent)
        names = (parsed.user_agent.family if parsed.user_agent else "", parsed.os.family if parsed.os else "")
        return ", ".join(filter(None, names))
