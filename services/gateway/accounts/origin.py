"""Where somebody comes from, as much as an audit needs and no more."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

FAMILIES = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Origin:
    """A network address, and what the browser says it is."""

    address: str
    agent: str = ""

    @property
    def place(self) -> str:
        """The address without what tells one household from its neighbours."""
        try:
            found = ip_address(self.address)
        except ValueError:
            return ""
        if isinstance(found, IPv6Address):
            return ":".join(found.exploded.split(":")[:3]) + "::"
        return ".".join(str(found).split(".")[:3]) + ".0"

    @property
    def browser(self) -> str:
        """Family and system, like "Firefox, Linux"."""
        found = (next((name for mark, name in known if mark in self.agent), "") for known in (FAMILIES, SYSTEMS))
        return ", ".join(filter(None, found))
