"""What the public page of a home shows, to people and to whoever shares its link."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from services.gateway.accounts.model.agency import Agency
from services.gateway.components.mail_links.links import LinkReader
from services.gateway.components.map.pins import Pin, pins
from services.gateway.pages.public.homes.listing_card import title
from services.gateway.pages.public.homes.structured_data import structured_data
from services.gateway.projections.model import ListingCard
from services.gateway.web.formats import money
from services.gateway.web.language import language
from services.gateway.web.vocabulary import home_size, options
from shared.vocabulary.i18n import locale_of
from shared.vocabulary.matches import PREFERENCES

LONGEST_DESCRIPTION = 280
ICONS = {"favorite": "heart", "possibility": "bookmark", "discard": "x"}


@dataclass(frozen=True)
class ShareCard:
    """The words and the picture that a shared link shows."""

    title: str
    description: str
    url: str
    image: str
    site: str
    locale: str


@dataclass(frozen=True)
class HomePage:
    """A home, whom to ask about it, and what its reader said or is asked."""

    home: ListingCard
    text: str
    face: Agency | None
    agent: str
    card: ShareCard
    reader: LinkReader | None = None
    asked: str = ""
    said: str = ""

    @property
    def is_on_market(self) -> bool:
        """Whether everybody may see it."""
        return bool(self.home["standard_status"] == "active")

    @property
    def answers(self) -> list[tuple[str, str, str]]:
        """What the reader may answer: the code, its icon and its word."""
        return [(code, ICONS[code], text) for code, text in options(PREFERENCES)]

    @property
    def pins(self) -> list[Pin]:
        """The home on the map; nothing where its place is not known."""
        return pins([self.home], path="#")

    @property
    def structured_data(self) -> dict[str, object] | None:
        """What search engines read; nothing of a home that is not on the market."""
        if not self.is_on_market:
            return None
        return structured_data(self.home, self.text, self.card.url, self.card.image, self.face)


def home_page(
    card: ListingCard,
    face: Agency | None,
    agent: str,
    public_url: str,
    reader: LinkReader | None = None,
    *,
    asked: str = "",
    said: str = "",
) -> HomePage:
    """The page of a home as the projection keeps it, in the reader's language."""
    home: ListingCard = {**card, "id": card["_id"]}
    url = f"{public_url}/homes/{quote(card['_id'], safe='')}"
    picture = f"{url}/picture.jpg?v={card['sequence']}&l={language()}"
    text = _remarks(home)
    return HomePage(home, text, face, agent, share_card(home, text, url, picture, face), reader, asked, said)


def share_card(home: ListingCard, text: str, url: str, image: str, face: Agency | None) -> ShareCard:
    """What a shared link shows."""
    price = money(home.get("list_price"), home.get("currency")) if home.get("list_price") is not None else ""
    facts = ", ".join(filter(None, (price, home_size(home).replace("\u00a0·", ","))))
    description = (f"{facts}. {text}" if text else facts)[:LONGEST_DESCRIPTION]
    site = face.name if face else "Lintel"
    return ShareCard(title(home), description, url, image, site, str(locale_of(language())))


def _remarks(home: ListingCard) -> str:
    """The description in the reader's language, else in English, else in any."""
    remarks = home.get("public_remarks") or {}
    return str(remarks.get(language()) or remarks.get("en") or next(iter(remarks.values()), ""))
