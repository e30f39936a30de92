"""A listing's form: what is typed as the service wants it, a listing as typed, faults beside their fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.web.typed import listing_facts
from services.gateway.web.view import Faults
from services.gateway.web.words import gettext as _

# What every form has a field for; a fault elsewhere is told at the top.
SHOWN = frozenset(
    {
        *("transaction", "standard_status", "list_price", "currency", "property_sub_type", "listing_id"),
        *("bedrooms_total", "bathrooms_total", "living_area", "lot_size_area", "year_built", "on_market_date"),
        *("street_name", "postal_code", "city", "state_or_province", "country", "latitude", "longitude"),
        *("photos", "private_remarks", "more_features", "owner_contact_id", "answer", "reason"),
    }
)


def facts_typed(typed: Mapping[str, str], *, new: bool) -> tuple[dict[str, Any], Faults]:
    """A home's facts from its form, and what cannot be read in it."""
    facts, faults = listing_facts(typed, new=new)
    facts["private_remarks"] = typed.get("private_remarks", "").strip() or None
    facts["on_market_date"] = typed.get("on_market_date", "").strip() or None
    facts["photos"] = [_photo(line) for line in typed.get("photos", "").splitlines() if line.strip()]
    facts["owner_contact_ids"] = typed.get("owner_contact_id", "").split()
    more = [word.strip().lower().replace(" ", "_") for word in typed.get("more_features", "").split(",")]
    facts["features"] = sorted({*facts["features"], *filter(None, more)})
    if new and not facts["list_price"] and facts["standard_status"] == "active" and not faults.get("list_price"):
        faults["list_price"] = _("A home on the market needs a price. Without one, choose another status.")
    return facts, faults


def form_of(home: Mapping[str, Any]) -> dict[str, Any]:
    """A home as its form shows it."""
    remarks = home.get("public_remarks") or {}
    told: dict[str, Any] = {**home, **{f"remarks_{language}": text for language, text in remarks.items()}}
    told |= {f"feature_{word}": "yes" for word in home["features"]}
    told |= {f"feature_{word}": "no" for word in home["features_absent"]}
    told["photos"] = "\n".join(" ".join(filter(None, (each["url"], each.get("alt")))) for each in home["photos"])
    told["owner_contact_id"] = " ".join(home["owner_contact_ids"])
    return told


def faults_shown(faults: Faults) -> Faults:
    """Faults under the names of the form's fields, in the reader's words where they are common; the rest on top."""
    shown, others = Faults(), []
    for name, text in faults.items():
        place = _place(name)
        if place == "If-Match":
            shown[""] = _("Somebody changed this a moment ago. Look at the change, then save again.")
        elif place in SHOWN or place.startswith(("remarks_", "feature_")):
            shown[place] = _told(text)
        elif place:
            others.append(f"{place}: {_told(text)}")
        else:
            shown[""] = text
    if others:
        shown[""] = " ".join(filter(None, (shown.get(""), *others)))
    return shown


def _place(name: str) -> str:
    """The form's field for a field of the service."""
    group, _dot, part = name.partition(".")
    if group == "public_remarks":
        return f"remarks_{part.partition('.')[0]}"
    names = {"owner_contact_ids": "owner_contact_id", "features": "more_features", "features_absent": "more_features"}
    return names.get(group, group)


def _told(text: str) -> str:
    """The service's sentence in the reader's words, where it is one of the common ones."""
    known = {
        "Missing data for required field.": _("State this."),
        "Field may not be null.": _("State this."),
        "Taken by another listing.": _("Another listing has this reference already."),
        "Use ISO 3166, like ES.": _("Two capital letters, like ES."),
        "Missing beside the other coordinate.": _("Latitude and longitude go together: state both or neither."),
        "State it: the agency has no default.": _("State the currency, like EUR."),
        "Not a valid URL.": _("Each line begins with an address, like https://example.com/1.jpg."),
        "Not a valid date.": _("This is not a day."),
    }
    return next((told for start, told in known.items() if text.startswith(start)), text)


def _photo(line: str) -> dict[str, Any]:
    """An address, and after a blank what the picture shows."""
    url, _blank, alt = line.strip().partition(" ")
    return {"url": url, "alt": alt.strip() or None}
