"""The agency that a page belongs to: its name, colour and time zone."""

from __future__ import annotations

from flask import g

from services.gateway.accounts.model.agency import Agency
from services.gateway.web.deps import deps
from services.gateway.web.look import brand


def own_agency() -> Agency | None:
    """The agency of whoever is signed in; None for the operator and for nobody."""
    who = g.get("member")
    if who is None or not who.agency_id:
        return None
    if "own_agency" not in g:
        g.own_agency = deps().agencies.of(who.agency_id).get(who.agency_id)
    found: Agency = g.own_agency
    return found


def face_of(agency_id: str) -> dict[str, str]:
    """Name and colour of an agency, for a page that it shows to people who are not signed in."""
    agency = deps().agencies.of(agency_id).face()
    return {"agency_name": agency.name if agency else "", "brand": brand_path(agency)}


def brand_path(agency: Agency | None) -> str:
    """The path of an agency's stylesheet; empty where it has no colour of its own."""
    return f"/brand/{agency.id}-{brand.stamp(agency.colour)}.css" if agency and agency.colour else ""


def zone() -> str:
    """The time zone that the page's clock shows."""
    agency = own_agency()
    return agency.time_zone if agency else "UTC"
