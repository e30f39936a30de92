"""The source of the demo data: towns, phrases, names and agencies, read from the files beside this module."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
Odds = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class District:
    """A part of a town; `spread_km` is how far its homes lie from its centre, `houses` the share of them."""

    name: str
    latitude: float
    longitude: float
    spread_km: float
    postal_code: str
    level: float
    houses: float
    streets: list[str]
    here: Mapping[str, str]
    about: Mapping[str, str]
    outline: list[list[float]] = field(default_factory=list)

    def polygon(self) -> dict[str, Any]:
        """The outline as GeoJSON, its ring closed."""
        return {"type": "Polygon", "coordinates": [[*self.outline, self.outline[0]]]}


@dataclass(frozen=True)
class Town:
    """A town with its prices a square metre; `flat` and `house` give how often a feature is known, known not to be."""

    name: str
    code: str
    country: str
    state_or_province: str
    language: str
    currency: str
    time_zone: str
    sale_m2: float
    lease_m2: float
    round_to: int
    views: list[str]
    flat: Odds
    house: Odds
    districts: list[District]


@dataclass(frozen=True)
class Agency:
    """A demo agency: its settings, its members, and how many homes and people it has."""

    key: str
    towns: list[str]
    listings: int
    people: int
    searches: int
    facts: Mapping[str, Any]
    admin: Mapping[str, Any]
    members: list[Mapping[str, Any]]

    def agent_of(self, town: str) -> str:
        """The address of the agent who works in this town."""
        return next(str(member["email"]) for member in self.members if member.get("town") == town)


@lru_cache
def town(key: str) -> Town:
    """A town by its file's name."""
    read = _read(key)
    return Town(**{**read, "districts": [District(**district) for district in read["districts"]]})


@lru_cache
def agencies() -> tuple[Agency, ...]:
    """Both agencies, the large one first."""
    return tuple(Agency(**agency) for agency in _read("agencies")["agencies"])


@lru_cache
def speech(language: str) -> Mapping[str, Any]:
    """The phrases about homes in a language."""
    return _read(language)


@lru_cache
def names() -> Mapping[str, Any]:
    """Given and family names by language."""
    return _read("names")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
