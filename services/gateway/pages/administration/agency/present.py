"""The agency's colour as it looks in both themes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from services.gateway.web.look import brand

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True)
class ColourSample:
    """The colour in one theme, with the contrasts that hold there."""

    theme: str
    ground: str
    shades: brand.Shades

    @property
    def on_button(self) -> float:
        """Text on the button against the button."""
        return brand.contrast(self.shades.on_accent, self.shades.accent)

    @property
    def as_link(self) -> float:
        """A link against the ground."""
        return brand.contrast(self.shades.accent, self.ground)


def colour_samples(colour: str | None) -> tuple[ColourSample, ...]:
    """The colour in the light and the dark theme; none while it is not a colour."""
    if not colour or not COLOUR.fullmatch(colour):
        return ()
    light, dark = brand.shades(colour)
    return ColourSample("light", brand.LIGHT, light), ColourSample("dark", brand.DARK, dark)
