"""The public page of a home, the answer of a mail's recipient to it, and the picture of its link."""

from __future__ import annotations

from flask import Response, make_response, request

from services.gateway.components.mail_links import links
from services.gateway.components.mail_links.links import NOT_OURS, LinkReader
from services.gateway.pages.public.homes.present import home_page
from services.gateway.pages.public.homes.share_picture import picture_of
from services.gateway.projections.model import ListingCard
from services.gateway.web import respond
from services.gateway.web.agency import face_of
from services.gateway.web.blueprint import allow, new_blueprint, problem_page, sentence_for
from services.gateway.web.clients import clients_with
from services.gateway.web.deps import deps
from services.gateway.web.language import use_language
from shared.errors import NotFound
from shared.http.auth import public
from shared.http.web import service_settings
from shared.vocabulary.matches import PREFERENCES

blp = new_blueprint("public_homes", guarded=False)


@blp.get("/homes/<listing_id>")
@public
def show(listing_id: str) -> Response:
    """Show a home to the public; the recipient of a mail about it may answer."""
    home, reader = _home(listing_id)
    return _page(home, reader, asked=request.args.get("say", ""))


@blp.post("/homes/<listing_id>")
@public
def answer(listing_id: str) -> Response:
    """Record the opinion of a mail's recipient; the signed link identifies the person."""
    home, reader = _home(listing_id)
    preference = request.form.get("preference", "")
    if reader is None or preference not in PREFERENCES.codes:
        raise NotFound(NOT_OURS)
    services = clients_with(deps().tokens.of_contact(reader.agency_id, reader.contact_id))
    services.matching.record_opinion(reader.contact_id, listing_id, {"preference": preference})
    return _page(home, reader, said=preference)


@blp.get("/homes/<listing_id>/picture.jpg")
@public
def show_picture(listing_id: str) -> Response:
    """The picture of a link to the home that somebody shares."""
    home, _reader = _home(listing_id)
    use_language(request.args.get("l"))
    picture = make_response(picture_of(home, deps().agencies.of(home["agency_id"]).face()))
    picture.headers.update({"Content-Type": "image/jpeg", "Cache-Control": "public, max-age=86400"})
    # other sites show it beside a link that somebody shares
    picture.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return picture


@blp.errorhandler(NotFound)
def _not_there(error: NotFound) -> Response:
    return problem_page(404, "Not found", sentence_for(404))


def _home(listing_id: str) -> tuple[ListingCard, LinkReader | None]:
    """A home for everyone while it is on the market, later for recipients of a mail about it; else NotFound."""
    home = deps().listings.anywhere(listing_id)
    reader = links.home_reader(request.args.get("t", ""), listing_id, home["agency_id"]) if home else None
    if home is None or (home["standard_status"] != "active" and reader is None):
        raise NotFound("This home does not exist or is no longer on the market.")
    return home, reader


def _page(home: ListingCard, reader: LinkReader | None, *, asked: str = "", said: str = "") -> Response:
    use_language(reader.language if reader else None)
    face = deps().agencies.of(home["agency_id"]).face()
    public_url = service_settings().public_url.rstrip("/")
    shown = home_page(home, face, _agent(home), public_url, reader, asked=asked, said=said)
    look = face_of(home["agency_id"])
    name, brand = look["agency_name"], look["brand"]
    page = respond.page("public/homes/home.html", page=shown, home=shown.home, agency_name=name, brand=brand)
    return allow(page, images="'self' data: *")


def _agent(home: ListingCard) -> str:
    """The name of the member who looks after the home."""
    agent_id = home.get("agent_member_id")
    member = deps().members.by_id(agent_id) if agent_id else None
    return member.display_name if member and member.agency_id == home["agency_id"] else ""
