"""What a feature of the pages and a component of several features declare; both are found by their folders."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import ModuleType
from typing import TypeVar

from flask import Blueprint, Flask

from services.gateway.web.sign_in_pages import SignInPage

OWN_STYLE = {"lintel.css": "*.css"}


@dataclass(frozen=True)
class NavigationEntry:
    """One entry of the rail.

    `name` is what a template sets as `at` to mark it current, `order` its place in its section, `key` the letter that
    opens it after "g".
    """

    name: str
    path: str
    icon: str
    label: Callable[[], str]
    roles: tuple[str, ...]
    order: int
    section: str = "work"
    key: str = ""

    @property
    def text(self) -> str:
        """The label in the page's language."""
        return self.label()


@dataclass(frozen=True)
class Component:
    """What several features use: its folder, and what it adds to the application.

    `bundles` maps a served file ("map.js") to the pattern of the files in `folder` that are joined into it, in the
    order of their names; `files` maps the first segment of an asset's name to a folder inside `folder`.
    """

    folder: Path
    blueprints: tuple[Blueprint, ...] = ()
    bundles: Mapping[str, str] = field(default_factory=lambda: OWN_STYLE)
    files: Mapping[str, str] = field(default_factory=dict)
    register: Callable[[Flask], None] | None = None


@dataclass(frozen=True)
class Feature(Component):
    """One feature of the pages.

    Its URLs begin with the name of its folder below `pages/`, or with one of `prefixes`; `sign_in` is set where the
    feature is where people sign in.
    """

    prefixes: tuple[str, ...] = ()
    navigation: tuple[NavigationEntry, ...] = ()
    sign_in: SignInPage | None = None


Found = TypeVar("Found", bound=Component)


def declared_in(package: ModuleType, name: str, kind: type[Found]) -> list[Found]:
    """The constants called `name` of all packages below `package`, ordered by the packages' names."""
    return [getattr(module, name) for module in _packages(package) if isinstance(getattr(module, name, None), kind)]


def _packages(package: ModuleType) -> Iterator[ModuleType]:
    for each in walk_packages(package.__path__, f"{package.__name__}."):
        if each.ispkg:
            yield import_module(each.name)
