"""Words an alert: one view of finished strings that fills both parts of the mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from babel import Locale
from babel.lists import format_list

from services.notifications.channels.email import figures
from services.notifications.channels.email.content import Alert, Home, Reason
from services.notifications.channels.email.plain import one_line
from shared.vocabulary.i18n import locale_of, translations
from shared.vocabulary.listings import WANTED_TRANSACTIONS
from shared.vocabulary.matches import MATCH_ENTRIES
from shared.vocabulary.property_types import PROPERTY_TYPES
from shared.vocabulary.wording import label

CATALOGS = Path(__file__).parents[2] / "locale"
LONGEST_REMARKS = 320


@dataclass(frozen=True)
class View:
    """The fields of the templates; every one is a finished sentence or figure in the reader's language."""

    subject: str
    preheader: str
    day: str
    label: str
    title: str
    fit: str
    price: str
    old_price: str
    facts: tuple[str, ...]
    remarks: str
    reasons: tuple[str, ...]
    misses: tuple[str, ...]
    unknowns: tuple[str, ...]
    searches: str


class Wording:
    """Words one alert in its recipient's language."""

    def __init__(self, alert: Alert) -> None:
        self.alert, self.home = alert, alert.home
        self.language = alert.recipient.language
        self.locale: Locale = locale_of(self.language)
        self.catalog = translations(CATALOGS, self.language)

    def view(self) -> View:
        """The view for both parts."""
        facts, reasons = self._facts(), _texts(self.alert.reasons)
        title, price, old = self._title(), self._price(), self._old_price()
        searches = self._searches()
        return View(
            subject=one_line(self._subject(title, price, old), 180),
            preheader=" · ".join((price, *facts, *reasons[:1])),
            day=figures.day(self.alert.date, self.alert.recipient.time_zone, self.locale),
            label=self._label(),
            title=title,
            fit=self._fit(searches),
            price=price,
            old_price=old,
            facts=facts,
            remarks=one_line(self.home.public_remarks.get(self.alert.recipient.language), LONGEST_REMARKS),
            reasons=reasons,
            misses=_texts(self.alert.misses),
            unknowns=_texts(self.alert.unknowns),
            searches=searches,
        )

    def _subject(self, title: str, price: str, old: str) -> str:
        _ = self.catalog.gettext
        told = {"home": title, "price": price, "old": old, "percent": self._drop_share()}
        if told["percent"]:
            return _("Price down %(percent)s: %(home)s, %(old)s → %(price)s") % told
        return {
            "new": _("New home: %(home)s, %(price)s"),
            "price": _("New price: %(home)s, %(price)s"),
            "criteria": _("Now fits your wishes: %(home)s, %(price)s"),
            "status": _("Back on the market: %(home)s, %(price)s"),
        }[self.alert.entered_by] % told

    def _label(self) -> str:
        _ = self.catalog.gettext
        if share := self._drop_share():
            return _("Price down %(amount)s (%(percent)s)") % {"amount": self._drop_amount(), "percent": share}
        return label(MATCH_ENTRIES, self.alert.entered_by, self.language)

    def _fit(self, searches: str) -> str:
        _ = self.catalog.gettext
        return {
            "match": _("It fits your wishes: %(searches)s."),
            "possible": _("It may fit your wishes: %(searches)s. Not everything is stated."),
            "near": _("It almost fits your wishes: %(searches)s."),
        }[self.alert.kind] % {"searches": searches}

    def _searches(self) -> str:
        _ = self.catalog.gettext
        unique = dict.fromkeys(one_line(name, 80) or _("My wishes") for name in self.alert.search_names or ("",))
        return format_list([_("“%(name)s”") % {"name": name} for name in unique], "standard", locale=self.locale)

    def _title(self) -> str:
        kind = label(PROPERTY_TYPES, self.home.property_sub_type, self.language)
        where = one_line(self.home.street_name or self.home.place or self.home.city, 80)
        if not where:
            return kind
        return self.catalog.gettext("%(type)s, %(place)s") % {"type": kind, "place": where}

    def _price(self) -> str:
        if self.home.list_price is None:
            return self.catalog.gettext("Price on request")
        return figures.money(self.home.list_price, self.home.currency, self.locale)

    def _old_price(self) -> str:
        if self.alert.entered_by != "price" or not _changed(self.home):
            return ""
        return figures.money(self.home.previous_list_price or Decimal(0), self.home.currency, self.locale)

    def _drop_share(self) -> str:
        old, new = self.home.previous_list_price, self.home.list_price
        if self.alert.entered_by != "price" or not old or new is None or new >= old:
            return ""
        return figures.drop_share(old, new, self.locale)

    def _drop_amount(self) -> str:
        dropped = (self.home.previous_list_price or Decimal(0)) - (self.home.list_price or Decimal(0))
        return figures.money(dropped, self.home.currency, self.locale)

    def _facts(self) -> tuple[str, ...]:
        facts = [label(WANTED_TRANSACTIONS, "lease", self.language)] if self.home.transaction == "lease" else []
        facts += [*self._rooms()]
        if self.home.living_area:
            facts.append(figures.area(self.home.living_area, self.locale))
        where = dict.fromkeys(one_line(name, 80) for name in (self.home.place, self.home.city) if name)
        return (*facts, *where)

    def _rooms(self) -> list[str]:
        beds, baths = self.home.bedrooms_total, self.home.bathrooms_total
        ngettext, rooms = self.catalog.ngettext, []
        if beds is not None:
            told = ngettext("%(number)s bedroom", "%(number)s bedrooms", figures.plural_number(beds))
            rooms.append(told % {"number": figures.count(beds, self.locale)})
        if baths is not None:
            told = ngettext("%(number)s bathroom", "%(number)s bathrooms", figures.plural_number(baths))
            rooms.append(told % {"number": figures.count(baths, self.locale)})
        return rooms


def _changed(home: Home) -> bool:
    return bool(home.previous_list_price) and home.previous_list_price != home.list_price


def _texts(reasons: Sequence[Reason]) -> tuple[str, ...]:
    return tuple(text for reason in reasons if (text := one_line(reason.text)))
