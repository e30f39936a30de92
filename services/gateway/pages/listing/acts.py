"""What an agent does to a listing: add, correct, answer a question about it, another price or status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from flask import Response, request

from services.gateway.components.people.read import people
from services.gateway.components.reachability.present import may_write
from services.gateway.pages.listing.forms import facts_typed, faults_shown, form_of
from services.gateway.pages.listing.routes import questions_of, unstated
from services.gateway.upstream.http import Away
from services.gateway.web.answers import Row
from services.gateway.web.blueprint import new_blueprint
from services.gateway.web.sessions import session_policy
from services.gateway.web.typed import number_typed
from services.gateway.web.view import Asking, Faults, asking, dialog, done, form, show, trying
from services.gateway.web.vocabulary import LISTING_STATUSES
from services.gateway.web.words import gettext as _
from services.gateway.web.words import money
from shared.http.claims import STAFF

blp = new_blueprint("listing_acts", guarded=True)


@blp.get("/listings/new")
@session_policy(*STAFF)
def new_listing() -> Response:
    """The form for a new home."""
    return _form(None, {}, Faults())


@blp.post("/listings/new")
@session_policy(*STAFF)
def add_listing() -> Any:
    """Add the home; what is wrong is shown beside what was typed."""
    typed = request.form.to_dict()
    facts, faults = facts_typed(typed, new=True)
    made = None
    if not faults:
        made, faults = trying(lambda: asking().post("properties", "listings", body=facts, once=typed.get("once", "")))
    if made is None:
        return _form(None, typed, faults, 422)
    return done(_("Added. People whose wishes it meets appear in a moment."), _path(made["id"]))


@blp.get("/listings/<listing_id>/edit")
@session_policy(*STAFF)
def edit_listing(listing_id: str) -> Response:
    """The form with what is known."""
    home = asking().get("properties", "listings", listing_id)
    return _form(home, form_of(home), Faults())


@blp.post("/listings/<listing_id>/edit")
@session_policy(*STAFF)
def change_listing(listing_id: str) -> Any:
    """Correct the home as it was read; somebody else's change in between is not overwritten."""
    ask, typed = asking(), request.form.to_dict()
    facts, faults = facts_typed(typed, new=False)
    changed = None
    if not faults:
        version = typed.get("version", "0")
        changed, faults = trying(lambda: ask.patch("properties", "listings", listing_id, body=facts, version=version))
    if changed is None:
        return _form(ask.get("properties", "listings", listing_id), typed, faults, 422)
    return done(_("Saved."), _path(listing_id))


@blp.get("/listings/<listing_id>/answer")
@session_policy(*STAFF)
def ask_answer(listing_id: str) -> Response:
    """The small form for one thing that the owner was asked."""
    home = asking().get("properties", "listings", listing_id)
    return _answer_form(home, request.args.get("about", ""), Faults())


@blp.post("/listings/<listing_id>/answer")
@session_policy(*STAFF)
def keep_answer(listing_id: str) -> Any:
    """Enter what the owner said, over the version that was read."""
    ask, typed = asking(), form("about", "answer", "version")
    home = ask.get("properties", "listings", listing_id)
    facts, faults = _answered(home, typed)
    changed = None
    if not faults:
        version = typed["version"]
        changed, faults = trying(lambda: ask.patch("properties", "listings", listing_id, body=facts, version=version))
    if changed is None:
        return _answer_form(home, typed["about"], Faults({"answer": _first(faults_shown(faults))}), 422)
    found = ask.together(questions=lambda: questions_of(ask, changed))
    swapped = show("listing/answered.html", home=changed, unstated=unstated(found["questions"]), **found)
    return done(_("Entered. Whoever waited for it is looked at again."), _path(listing_id), answer=swapped)


@blp.get("/listings/<listing_id>/price")
@session_policy(*STAFF)
def ask_price(listing_id: str) -> Response:
    """The dialog for another price."""
    return _price_dialog(listing_id, {"list_price": request.args.get("list_price", "")}, Faults())


@blp.get("/listings/<listing_id>/price-effect")
@session_policy(*STAFF)
def show_effect(listing_id: str) -> Response:
    """What a price would do, while it is typed."""
    ask = asking()
    home = ask.get("properties", "listings", listing_id)
    price, fault = number_typed(request.args.get("list_price", ""))
    effect = _effect(ask, listing_id, price) if price and not fault and price > 0 else None
    return dialog("listing/_price_effect.html", home=home, effect=effect, fault=fault)


@blp.post("/listings/<listing_id>/price")
@session_policy(*STAFF)
def change_price(listing_id: str) -> Any:
    """Ask another price; the old one stays in the history."""
    typed = form("list_price", "reason", "once")
    price, fault = number_typed(typed["list_price"])
    if fault or price is None:
        return _price_dialog(listing_id, typed, Faults({"list_price": fault or _("State the price.")}), 422)
    body = {"list_price": price, "reason": typed["reason"]}
    path, once = ("properties", "listings", listing_id, "price-changes"), typed["once"]
    changed, faults = trying(lambda: asking().post(*path, body=body, once=once))
    if changed is None:
        return _price_dialog(listing_id, typed, faults_shown(faults), 422)
    text = _("Now %(price)s. Whoever it suits hears of it.") % {"price": money(price, changed["currency"])}
    return done(text, _path(listing_id))


@blp.get("/listings/<listing_id>/status")
@session_policy(*STAFF)
def ask_status(listing_id: str) -> Response:
    """The dialog for another status: those that this one may go to."""
    return _status_dialog(listing_id, {}, Faults())


@blp.post("/listings/<listing_id>/status")
@session_policy(*STAFF)
def change_status(listing_id: str) -> Any:
    """Move the home to another status."""
    typed = form("standard_status", "reason", "once")
    body = {"standard_status": typed["standard_status"], "reason": typed["reason"]}
    path, once = ("properties", "listings", listing_id, "status-changes"), typed["once"]
    changed, faults = trying(lambda: asking().post(*path, body=body, once=once))
    if changed is None:
        return _status_dialog(listing_id, typed, faults_shown(faults), 422)
    now = LISTING_STATUSES[changed["standard_status"]]()
    return done(_("The status is now: %(status)s.") % {"status": now}, _path(listing_id))


def _form(home: Row | None, typed: Mapping[str, str], faults: Faults, status: int = 200) -> Response:
    """The form; owners and colleagues to choose from, the owner by name."""
    ask = asking()
    ids = (typed.get("owner_contact_id") or "").split()
    owners = ask.together(people=lambda: people(ask, ids))["people"] if ids else {}
    names = {} if isinstance(owners, Away) else {key: person["full_name"] for key, person in owners.items()}
    told: Row = {"home": home, "typed": typed, "faults": faults_shown(faults), "owner_names": names}
    return show("listing/form.html", status=status, **told)


def _answer_form(home: Row, about: str, faults: Faults, status: int = 200) -> Response:
    told: Row = {"home": home, "about": about, "faults": faults, "answer": request.form.get("answer", "")}
    return show("listing/answer_alone.html", "listing/_answer_form.html", status=status, **told, one=_question(about))


def _question(about: str) -> Row:
    return {"about": about, "field": {"bedrooms": "bedrooms_total", "bathrooms": "bathrooms_total"}.get(about, about)}


def _answered(home: Row, typed: Mapping[str, str]) -> tuple[Row, Faults]:
    """What an answer changes of the home, over the version that was read."""
    if typed["version"] != str(home["version"]):
        return {}, Faults({"If-Match": _("Somebody was faster.")})
    about, field, answer = typed["about"], _question(typed["about"])["field"], typed["answer"]
    if not answer:
        return {}, Faults({"answer": _("Say what the owner said.")})
    if field == "property_sub_type":
        return {field: answer}, Faults()
    if field in home:
        value, fault = number_typed(answer, plain=field == "year_built")
        return {field: value}, Faults({"answer": fault} if fault else {})
    there = {"features": home["features"], "features_absent": home["features_absent"]}
    name = "features" if answer == "yes" else "features_absent"
    kept = {each: [word for word in words if word != about] for each, words in there.items()}
    return kept | {name: sorted({*kept[name], about})}, Faults()


def _price_dialog(listing_id: str, typed: Mapping[str, str], faults: Faults, status: int = 200) -> Response:
    ask = asking()
    home = ask.get("properties", "listings", listing_id)
    price, fault = number_typed(typed.get("list_price", ""))
    effect = _effect(ask, listing_id, price) if price and not fault else None
    return dialog(
        "listing/_price_dialog.html", status, home=home, typed=typed, faults=faults, effect=effect, fault=None
    )


def _effect(ask: Asking, listing_id: str, price: float) -> Any:
    """Whom the price would bring and lose, and how many of those it brings get a mail; Away, or None if it cannot."""
    path = ("matching", "listings", listing_id, "price-effect")
    effect = ask.together(effect=lambda: ask.get(*path, price=price))["effect"]
    if isinstance(effect, Away):
        return effect
    known = people(ask, effect["alerted_contact_ids"])
    return effect | {"mails": sum(may_write(person)["state"] == "mail" for person in known.values())}


def _status_dialog(listing_id: str, typed: Mapping[str, str], faults: Faults, status: int = 200) -> Response:
    home = asking().get("properties", "listings", listing_id)
    options = [(word, text()) for word, text in LISTING_STATUSES.items() if word in home["next_statuses"]]
    return dialog("listing/_status_dialog.html", status, home=home, typed=typed, faults=faults, options=options)


def _first(faults: Faults) -> str:
    return next(iter(faults.values()), "")


def _path(listing_id: str) -> str:
    return f"/listings/{quote(listing_id, safe='')}"
