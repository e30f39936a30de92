"""Pages that need no sign-in: a home, the way out of the alerts."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Response, make_response, render_template, request

from services.gateway.components.map import pins
from services.gateway.pages.public import exits, sharing
from services.gateway.web import words
from services.gateway.web.blueprint import allow, new_blueprint, sentence_for
from services.gateway.web.deps import deps
from services.gateway.web.shell import face_of
from shared.errors import NotFound
from shared.http.auth import public
from shared.http.web import service_settings

blp = new_blueprint("open", guarded=False)


PREFERENCES = ("favorite", "possibility", "discard")


@blp.get("/u/<token>")
@public
def show_exit(token: str) -> str:
    """Ask before anything happens: mail scanners open links, people press buttons."""
    return _exit_page(exits.leaver(deps(), token))


@blp.post("/u/<token>")
@public
def leave(token: str) -> str:
    """Do at once what the link or the button says (RFC 8058: no cookie, no redirect, any body)."""
    reader = exits.leaver(deps(), token)
    return _exit_page(reader, done=exits.act(deps(), reader, request.form.get("act", "")))


@blp.get("/homes/<listing_id>")
@public
def show_home(listing_id: str) -> Response:
    """Show a home to whoever has its address; whom we wrote to about it may answer."""
    home, reader = exits.home_page(deps(), listing_id, request.args.get("t", ""))
    return _home_page(home, reader, asked=request.args.get("say", ""))


@blp.post("/homes/<listing_id>")
@public
def answer(listing_id: str) -> Response:
    """Keep the answer of somebody whom we wrote to about the home; the signed link says who."""
    home, reader = exits.home_page(deps(), listing_id, request.args.get("t", ""))
    said = request.form.get("preference", "")
    if reader is None or said not in PREFERENCES:
        raise NotFound("This link is not one of ours, or a part of it is missing.")
    exits.say(deps(), reader, said)
    return _home_page(home, reader, said=said)


def _exit_page(reader: exits.Reader, done: str = "") -> str:
    words.read_in(reader.language)
    asked = exits.ACTS.get(reader.scope, "all")
    return render_template("public/exit.html", reader=reader, asked=asked, done=done, **face_of(reader.agency_id))


@blp.get("/homes/<listing_id>/picture.jpg")
@public
def show_picture(listing_id: str) -> Response:
    """The picture of a link to the home that somebody shares."""
    home, _reader = exits.home_page(deps(), listing_id, "")
    words.read_in(request.args.get("l"))
    picture = make_response(sharing.picture_of(home, deps().agencies.of(home["agency_id"]).face()))
    picture.headers.update({"Content-Type": "image/jpeg", "Cache-Control": "public, max-age=86400"})
    # other sites show it beside a link that somebody shares
    picture.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return picture


def _home_page(home: dict[str, Any], reader: exits.Reader | None, **told: str) -> Response:
    words.read_in(reader.language if reader else None)
    remarks = home.get("public_remarks") or {}
    text = remarks.get(words.language()) or remarks.get("en") or next(iter(remarks.values()), "")
    agency = deps().agencies.of(home["agency_id"]).face()
    url = f"{_public_url()}/homes/{quote(home['_id'], safe='')}"
    picture = f"{url}/picture.jpg?v={home['sequence']}&l={words.language()}"
    about = (home, text, url, picture, agency)
    page = render_template(
        "public/home.html",
        home={**home, "id": home["_id"]},
        text=text,
        reader=reader,
        face=agency,
        card=sharing.card(*about),
        structured=None if home["standard_status"] != "active" else sharing.structured(*about),
        agent=_agent(home),
        map_told={"homes": pins.pins([{**home, "id": home["_id"]}], path="#"), "isFixed": True},
        **told,
        **face_of(home["agency_id"]),
    )
    return allow(make_response(page), images="'self' data: *")


def _agent(home: dict[str, Any]) -> str:
    """The name of the colleague who looks after the home."""
    member = deps().members.by_id(home["agent_member_id"]) if home.get("agent_member_id") else None
    return member.display_name if member and member.agency_id == home["agency_id"] else ""


def _public_url() -> str:
    return service_settings().public_url.rstrip("/")


@blp.errorhandler(NotFound)
def _not_here(error: NotFound) -> Any:
    return render_template("problem.html", status=404, title="Not found", sentence=sentence_for(404)), 404
