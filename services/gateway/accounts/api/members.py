"""Members: the people who sign in for an agency; deactivated, never deleted."""

from __future__ import annotations

from typing import Any

from services.gateway.accounts.api.deps import deps
from services.gateway.accounts.handlers import members
from services.gateway.accounts.model.member import Member
from services.gateway.accounts.schemas.member import MemberIn, MemberOut, MemberPatch, NewPassword
from shared.http.auth import policy
from shared.http.claims import STAFF
from shared.http.schemas import PageQuery, page_of
from shared.http.web import Blueprint, agency_id, expected_version, versioned, writes
from shared.storage.paging import Page

blp = Blueprint("members", __name__, url_prefix="/v1/members", description="The people of one's own agency.")


@blp.route("", methods=["POST"])
@policy("admin")
@writes
@blp.arguments(MemberIn)
@blp.response(201, MemberOut)
def add_member(data: dict[str, Any]) -> Any:
    """Add a member."""
    member = members.add_member(deps(), agency_id(), data)
    return versioned(member, member.version, f"/v1/members/{member.id}")


@blp.route("")
@policy(*STAFF)
@blp.arguments(PageQuery, location="query")
@blp.response(200, page_of(MemberOut))
def list_members(args: dict[str, Any]) -> Page:
    """List the members of the agency."""
    page: Page = deps().members.of(agency_id()).page_of_all(**args)
    return page


@blp.route("/<member_id>")
@policy(*STAFF)
@blp.response(200, MemberOut)
def show_member(member_id: str) -> Any:
    """Show one member."""
    return _answer(deps().members.of(agency_id()).get(member_id))


@blp.route("/<member_id>", methods=["PATCH"])
@policy("admin")
@writes
@blp.arguments(MemberPatch)
@blp.response(200, MemberOut)
def change_member(data: dict[str, Any], member_id: str) -> Any:
    """Correct facts, change a role or deactivate a member; needs If-Match."""
    return _answer(members.change_member(deps(), agency_id(), member_id, data, expected_version()))


@blp.route("/<member_id>/password-changes", methods=["POST"])
@policy("admin")
@writes
@blp.arguments(NewPassword)
@blp.response(204)
def change_password(data: dict[str, Any], member_id: str) -> None:
    """Set another password; their sessions end."""
    members.change_password(deps(), agency_id(), member_id, data["password"])


def _answer(member: Member) -> Any:
    return versioned(member, member.version)
