"""The tabs of a person's page: homes, mail, notes and calls, consents with their history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.gateway.components.beam.present import BeamPart, beam
from services.gateway.components.deliveries.present import latest_by, latest_by_listing
from services.gateway.components.people.path import contact_path
from services.gateway.components.people.words import channel_name, purpose_name
from services.gateway.components.timeline.present import TimelineRow, timeline_rows
from services.gateway.pages.contact.read import KINDS, ConsentTab, HomesTab, MailTab, NotesTab, Tab
from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.leads import Consent
from services.gateway.upstream.matching import ListingSummary, Match
from services.gateway.upstream.notifications import Delivery
from services.gateway.web import tabs
from services.gateway.web.language import gettext as _
from services.gateway.web.vocabulary import home_name

NAMES = ("homes", "mail", "notes", "consent")
HOMES_SHOWN = 40


@dataclass(frozen=True)
class HomeRow:
    """A home that fits a person's wishes, and the last mail to that person about it."""

    match: Match
    listing: ListingSummary
    last_delivery: Delivery | None = None

    @property
    def beam(self) -> list[BeamPart]:
        """How well each group of criteria is met."""
        return beam(self.match)

    @property
    def preference(self) -> str | None:
        """What the person thinks of the home."""
        return self.match.get("preference")

    @property
    def said_at(self) -> str | None:
        """Matching does not say when a person said so."""
        return None


@dataclass(frozen=True)
class MailRow:
    """One mail to a person and what it was about."""

    delivery: Delivery
    home: str

    @property
    def at(self) -> str | None:
        """When it was sent, or else made."""
        return self.delivery.get("sent_at") or self.delivery.get("created_at")


@dataclass(frozen=True)
class ConsentRow:
    """One answer of a person on one purpose and channel."""

    purpose: str
    channel: str
    is_granted: bool
    source: str
    wording: str
    at: str


@dataclass(frozen=True)
class ShownTab:
    """One tab with its rows; only those of its own kind are filled."""

    name: str
    tabs: Sequence[tabs.Tab]
    homes: Sequence[HomeRow] = ()
    mails: Sequence[MailRow] = ()
    notes: Sequence[TimelineRow] = ()
    consents: Sequence[ConsentRow] = ()
    unavailable: Sequence[str] = ()


def shown_tab(contact_id: str, name: str, tab: Tab | Unavailable, colleagues: dict[str, str]) -> ShownTab:
    """A tab as it is shown; a service that did not answer is named in its place."""
    strip = _strip(contact_id)
    if isinstance(tab, Unavailable):
        return ShownTab(name, strip, unavailable=(tab.service,))
    if isinstance(tab, HomesTab):
        return ShownTab(name, strip, homes=_homes(tab), unavailable=tab.unavailable)
    if isinstance(tab, MailTab):
        return ShownTab(name, strip, mails=_mails(tab))
    if isinstance(tab, NotesTab):
        return ShownTab(name, strip, notes=timeline_rows(tab.timeline["items"], colleagues))
    return ShownTab(name, strip, consents=_consents(tab))


def _strip(contact_id: str) -> list[tabs.Tab]:
    texts = {"homes": _("Homes"), "mail": _("E-mail"), "notes": _("Notes and calls"), "consent": _("Consent")}
    path = contact_path(contact_id)
    return [tabs.Tab(name, text, f"{path}/{name}") for name, text in texts.items()]


def _homes(tab: HomesTab) -> list[HomeRow]:
    """The homes of all of a person's wishes, each once, best first."""
    last = latest_by_listing(tab.deliveries)
    matches = sorted(tab.matches, key=lambda each: (KINDS.index(each["kind"]), -each["score"], each["listing_id"]))
    best = [each for each in latest_by(matches, "listing_id").values() if "listing" in each]
    return [HomeRow(each, each["listing"], last.get(each["listing_id"])) for each in best[:HOMES_SHOWN]]


def _mails(tab: MailTab) -> list[MailRow]:
    homes = {id_: home_name(home) for id_, home in tab.homes.items()}
    return [MailRow(delivery, homes.get(delivery["listing_id"], _("A home"))) for delivery in tab.deliveries]


def _consents(tab: ConsentTab) -> list[ConsentRow]:
    return [_consent(each) for each in tab.consents["items"]]


def _consent(consent: Consent) -> ConsentRow:
    purpose, channel = purpose_name(consent["purpose"]), channel_name(consent["channel"])
    source, wording = consent["source"] or "", consent["wording_version"] or ""
    return ConsentRow(purpose, channel, consent["state"] == "granted", source, wording, consent["at"])
