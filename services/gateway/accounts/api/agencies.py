"""Agencies over HTTP: opened by the operator, changed by their own admins."""

from __future__ import annotations

from typing import Any

from services.gateway.accounts.api.deps import deps
from services.gateway.accounts.handlers import agencies
from services.gateway.accounts.model.agency import Agency
from services.gateway.accounts.schemas.agency import AgencyIn, AgencyOpened, AgencyOut, AgencyPatch
from shared.http.auth import policy
from shared.http.claims import STAFF
from shared.http.schemas import PageQuery, page_of
from shared.http.web import Blueprint, agency_id, expected_version, versioned, writes
from shared.storage.paging import Page

blp = Blueprint("agencies", __name__, url_prefix="/v1/agencies", description="Agencies, each a world of its own.")


@blp.route("", methods=["POST"])
@policy("operator")
@writes
@blp.arguments(AgencyIn)
@blp.response(201, AgencyOpened)
def open_agency(data: dict[str, Any]) -> Any:
    """Open an agency together with its first admin."""
    admin = data.pop("admin")
    agency, member = agencies.add_agency(deps(), data, admin)
    return versioned({**vars(agency), "admin": member}, agency.version, f"/v1/agencies/{agency.id}")


@blp.route("")
@policy("operator")
@blp.arguments(PageQuery, location="query")
@blp.response(200, page_of(AgencyOut))
def list_agencies(args: dict[str, Any]) -> Page:
    """List the agencies of the platform."""
    page: Page = deps().agencies.all_agencies(**args)
    return page


@blp.route("/<agency>")
@policy(*STAFF, "operator")
@blp.response(200, AgencyOut)
def show_agency(agency: str) -> Any:
    """Show one's own agency; the operator may see any."""
    return _answer(agencies.own_agency(deps(), agency, agency_id()))


@blp.route("/<agency>", methods=["PATCH"])
@policy("admin")
@writes
@blp.arguments(AgencyPatch)
@blp.response(200, AgencyOut)
def change_agency(data: dict[str, Any], agency: str) -> Any:
    """Correct one's own agency; needs If-Match."""
    agencies.own_agency(deps(), agency, agency_id())
    return _answer(agencies.change_agency(deps(), agency, data, expected_version()))


def _answer(agency: Agency) -> Any:
    return versioned(agency, agency.version)
