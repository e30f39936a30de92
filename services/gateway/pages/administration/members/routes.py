"""The members of the agency: the list, one of them, and what admins change."""

from __future__ import annotations

from flask import Response, request

from services.gateway.accounts.handlers import members
from services.gateway.accounts.model.member import Member
from services.gateway.accounts.schemas.member import MemberChanged
from services.gateway.pages.administration.members import read
from services.gateway.web import respond
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.deps import deps
from services.gateway.web.forms.api_schemas import load_texts
from services.gateway.web.forms.page_form import FormErrors, submit, text_fields
from services.gateway.web.language import gettext as _
from services.gateway.web.session import member, session_policy

blp = new_blueprint("members_page", guarded=True)
FIELDS = ("email", "display_name", "role", "phone")


@blp.get("/members")
@session_policy("admin")
def show_members() -> Response:
    """Everybody of the agency, deactivated members last."""
    return respond.page("administration/members/index.html", listed=read.member_list())


@blp.get("/members/<member_id>")
@session_policy("admin")
def show_member(member_id: str) -> Response:
    """One member: facts, access, the latest sign-ins."""
    who = read.member_of_agency(member_id)
    return _page(who, _typed(who), FormErrors())


@blp.post("/members/<member_id>")
@session_policy("admin")
def change_member(member_id: str) -> Response:
    """Correct facts or the role."""
    who = read.member_of_agency(member_id)
    typed = text_fields(*FIELDS, "version")
    version = typed.pop("version")

    def save() -> Member:
        facts = load_texts(MemberChanged(), typed, emptied=("phone",))
        return members.change_member_as(deps(), member(), member_id, facts, int(version) if version.isdigit() else 0)

    _member, errors = submit(save)
    if errors:
        return _page(who, typed, errors)
    return respond.saved(_("Saved."), f"/members/{member_id}")


@blp.post("/members/<member_id>/active")
@session_policy("admin")
def set_active(member_id: str) -> Response:
    """Deactivate a member, or activate them again."""
    active = request.form.get("active") == "yes"
    who = read.member_of_agency(member_id)
    _member, errors = submit(lambda: members.change_member_as(deps(), member(), member_id, {"active": active}, 0))
    if errors:
        return _page(who, _typed(who), FormErrors({"": " ".join(errors.values())}))
    text = _("%(name)s can sign in again.") if active else _("%(name)s has been deactivated and signed out everywhere.")
    return respond.saved(text % {"name": who.display_name}, f"/members/{member_id}")


@blp.post("/members/<member_id>/sessions-end")
@session_policy("admin")
def end_sessions(member_id: str) -> Response:
    """Sign a member out everywhere."""
    who = members.sign_out_everywhere(deps(), member(), member_id)
    return respond.saved(_("%(name)s is signed out everywhere.") % {"name": who.display_name}, f"/members/{member_id}")


@blp.post("/members/<member_id>/second-step-removal")
@session_policy("admin")
def remove_second_step(member_id: str) -> Response:
    """Turn the second step off for a member who has lost the telephone."""
    who = members.remove_second_step_of(deps(), member(), member_id)
    text = _("%(name)s signs in without a code now.") % {"name": who.display_name}
    return respond.saved(text, f"/members/{member_id}")


def _typed(who: Member) -> dict[str, str]:
    return {name: getattr(who, name) or "" for name in FIELDS}


def _page(who: Member, typed: dict[str, str], errors: FormErrors) -> Response:
    return respond.page(
        "administration/members/show.html",
        status=422 if errors else 200,
        details=read.member_details(who),
        who=who,
        typed=typed,
        faults=errors,
    )
