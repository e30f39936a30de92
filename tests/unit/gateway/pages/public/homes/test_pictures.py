"""The picture of a shared link: our drawings as pixels, words that always have room."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from services.gateway.pages.public.homes.pictures import SIZE, Words, painted, share_picture
from services.gateway.web.assets import drawings
from services.gateway.web.assets.files import STATIC

KINDS = ("apartment", "office", "townhouse", "single_family_residence", "unimproved_land")
FONTS: Path = STATIC / "vendor"


@pytest.mark.parametrize("kind", KINDS)
def test_every_drawing_becomes_pixels_of_many_colours(kind: str) -> None:
    picture = painted(drawings.draw(kind, "home-1", "PT"), 0.5)
    assert picture.size == (360, 240)
    colours = picture.getcolors(360 * 240)
    assert colours is not None
    assert len(colours) > 50


@pytest.mark.parametrize(
    "price", ["€1", "SEK\u00a012\u202f345\u202f000\u202f000", "Cena po dogovoru, ki je zelo dolga"]
)
def test_words_of_any_length_stay_on_the_sheet(price: str) -> None:
    words = Words(price, "Vrstna hiša, Čopova ulica, Šmartno pri Litiji", "3 spalnice · 120 m²", "Žabja nepremičnine")
    made = share_picture(drawings.draw("townhouse", "x", "SI"), words, "#2347B0", FONTS)
    picture = Image.open(io.BytesIO(made)).convert("RGB")
    assert picture.size == SIZE
    edge = picture.crop((SIZE[0] - 12, 0, SIZE[0], SIZE[1])).getcolors(12 * SIZE[1])
    assert edge is not None
    assert max(edge)[0] > 0.98 * 12 * SIZE[1]


def test_the_same_home_has_the_same_picture() -> None:
    words = Words("€1", "Flat", "", "Marea")
    one, other = (share_picture(drawings.draw("apartment", "a", "ES"), words, "#2347B0", FONTS) for _ in range(2))
    assert one == other
