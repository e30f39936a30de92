"""The wishes editor, for members and for people who look for a home: one form, looked at with every change."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Response, make_response, render_template, request

from services.gateway.components.map import geography, pins
from services.gateway.components.wish_editor import preview as fitting
from services.gateway.components.wish_editor.forms import FIGURES, Draft, area_read
from services.gateway.upstream.http import Away
from services.gateway.web.answers import Row, items
from services.gateway.web.view import Asking, Faults, faults_of, show, trying
from services.gateway.web.vocabulary import kinds_of_home
from services.gateway.web.words import gettext as _
from shared.errors import Conflict, Invalid, PreconditionFailed

CURRENCIES = ("EUR", "GBP", "SEK", "USD")
CRITERIA = (
    *FIGURES,
    "transaction",
    "currency",
    "property_sub_types",
    "areas",
    "must_have",
    "wont_accept",
    "preferences",
)
SERVICE_FAULTS = {"must_have": "words", "wont_accept": "words", "preferences": "words"}
DISTRICTS_OFFERED = 8
MOST_DOTS = 200
OK = 200


@dataclass(frozen=True)
class Desk:
    """Where the editor stands: its page, its addresses, whose words it uses."""

    template: str
    form_part: str
    found_part: str
    path: str
    away: str
    preview: str
    homes: str
    contact_id: str
    currency: str
    country: str | None = None
    is_simple: bool = False
    about: Row = field(default_factory=dict)


def page(desk: Desk, ask: Asking, draft: Draft, search: Row | None, status: int = 200, notice: str = "") -> Response:
    """The editor with a draft and what it finds now."""
    criteria = draft.criteria()
    calls: dict[str, Callable[[], Any]] = {"words": lambda: ask.get("matching", "words")}
    if search:
        calls["hints"] = lambda: ask.get("matching", "saved-searches", search["id"], "suggestions")
    if not draft.faults:
        calls["preview"] = lambda: preview(ask, criteria, desk.contact_id)
    elif not desk.is_simple:
        calls["market"] = lambda: ask.get("properties", "listings", standard_status="active", limit=MOST_DOTS)
    if status == OK:
        draft.faults.pop("", None)  # nothing stated yet is no mistake before somebody saves
    answers = ask.together(**calls)
    looked = answers.get("preview")
    found = None if looked is None or isinstance(looked, Away) else fitting.told(looked, criteria, desk.homes)
    if found:
        _settle(draft, found["labels"])
    told = {"desk": desk, "draft": draft, "found": found, "search": search, "faults": draft.faults, "notice": notice}
    told |= {"looked": looked, "hints": items(answers.get("hints")), "choices": choices(draft, answers["words"])}
    told["kinds_known"] = [] if isinstance(answers["words"], Away) else answers["words"]["property_sub_types"]
    told["currencies"] = list(dict.fromkeys((draft.typed.get("currency") or desk.currency, *CURRENCIES)))
    told |= {
        "map_told": map_told(desk, draft, found, items(answers.get("market"))),
        "kinds": _kinds(draft, answers["words"]),
        **desk.about,
    }
    return show(desk.template, desk.form_part, status=status, **told)


def posted(desk: Desk, ask: Asking, search: Row | None, save: Callable[[Row], Any], saved: Callable[[Row], Any]) -> Any:
    """What the form's buttons do: save, or change the draft and look again; nothing typed is lost."""
    draft = Draft.read(request.form)
    act, _colon, what = request.form.get("act", "save").partition(":")
    if act != "save":
        return page(desk, ask, changed(draft, act, what), search)
    body = draft.body()
    if draft.faults:
        return page(desk, ask, draft, search, 422)
    try:
        kept = save(body)
    except PreconditionFailed:
        return _overtaken(desk, ask, draft, search)
    except (Invalid, Conflict) as error:
        draft.faults = _told(faults_of(error))
        return page(desk, ask, draft, search, error.status)
    return saved(kept)


def looked_at(desk: Desk, ask: Asking) -> Any:
    """What the form as typed finds; 422 with a sentence by field where it cannot be read."""
    draft = Draft.read(request.form)
    criteria = draft.criteria()
    if not draft.faults:
        answer, faults = trying(lambda: preview(ask, criteria, desk.contact_id))
        draft.faults = _told(faults)
        if answer is not None:
            return make_response(
                render_template(desk.found_part, desk=desk, found=fitting.told(answer, criteria, desk.homes))
            )
    return dict(draft.faults), 422


def preview(ask: Asking, criteria: Mapping[str, Any], contact_id: str) -> Row:
    """Ask what wishes would find."""
    answer: Row = ask.post("matching", "saved-searches", "preview", body={**criteria, "contact_id": contact_id})
    return answer


def changed(draft: Draft, act: str, what: str) -> Draft:
    """The draft after a button that adds, removes or tries something."""
    if act == "add-word":
        draft.add_word(draft.typed["add_word"])
    elif act == "add-kind":
        draft.add_kind(draft.typed["add_kind"])
    elif act == "add-place":
        draft.add_place(draft.typed["add_place"])
    elif act == "add-area" and (area := area_read(what)):
        draft.areas.append(area)
    elif act == "drop-area" and what.isdigit():
        draft.areas = [area for at, area in enumerate(draft.areas) if at != int(what)]
    elif act == "try":
        return _patched(draft, what)
    return draft


def choices(draft: Draft, words: Any) -> list[Row]:
    """The features that may be added, as the reader's language calls them."""
    known = [] if isinstance(words, Away) else words["features"]
    return [word for word in known if word["word"] not in draft.levels]


def places(ask: Asking, typed: str) -> list[Row]:
    """Districts that we can draw and towns that the service knows, by what is typed of them."""
    wanted = typed.casefold().strip()
    if not wanted:
        return []
    drawn = [f"{each.name}, {each.city}" for each in geography.districts() if wanted in each.name.casefold()]
    towns = ask.together(towns=lambda: ask.get("matching", "places", q=typed[:120]))["towns"]
    return [{"text": name} for name in (*drawn[:DISTRICTS_OFFERED], *(town["name"] for town in items(towns)))]


def map_told(desk: Desk, draft: Draft, found: Row | None, market: list[Row]) -> Row:
    """The map's facts: the areas by their place in the list, the homes, and where to look while nothing is stated."""
    areas = [{"key": at, **area} for at, area in enumerate(draft.areas)]
    homes = found["homes"] if found else pins.pins(market, "other", desk.homes)
    view = {} if found else {"view": geography.start(desk.country)}
    return {"areas": areas, "homes": homes, "isFixed": False} | view


def _patched(draft: Draft, text: str) -> Draft:
    """The draft with a change that was offered; the service knows what such a patch may hold."""
    body = draft.body()
    try:
        patch = json.loads(text)
    except ValueError:
        return draft
    if draft.faults or not isinstance(patch, dict) or not patch.keys() <= body.keys():
        return draft
    tried = Draft.of(body | patch, body["currency"] or "")
    tried.typed["version"] = draft.typed.get("version", "")
    return tried


def _settle(draft: Draft, labels: dict[str, Row]) -> None:
    """Call kinds and features by the words that the service knows them by, and know these by name too."""
    known = {typed: word["word"] for typed, word in labels.items() if word["by"] != "typed"}
    draft.kinds = list(dict.fromkeys(known.get(kind, kind) for kind in draft.kinds))
    draft.levels = {known.get(word, word): level for word, level in draft.levels.items()}
    labels |= {word["word"]: word for word in list(labels.values()) if word["by"] != "typed"}


def _kinds(draft: Draft, words: Any) -> list[tuple[str, str]]:
    """The kinds of home to tick: the usual ones and those already wished for."""
    known = {} if isinstance(words, Away) else {word["word"]: word["label"] for word in words["property_sub_types"]}
    usual = kinds_of_home()[:4]
    more = [kind for kind in draft.kinds if kind not in dict(usual)]
    return usual + [(kind, known.get(kind, kind).capitalize()) for kind in more]


def _overtaken(desk: Desk, ask: Asking, draft: Draft, search: Row | None) -> Response:
    """Somebody else saved meanwhile: theirs is told, ours stays in the form, and saving again is a decision."""
    newest = ask.get("matching", "saved-searches", search["id"]) if search else None
    if newest:
        draft.typed["version"] = str(newest["version"])
    draft.faults = Faults({"": _("Somebody changed these wishes a moment ago. Look at the change, then save again.")})
    return page(desk, ask, draft, newest, PreconditionFailed.status)


def _told(faults: Faults) -> Faults:
    """The service's refusals under the fields that they belong to, in the reader's words where we have them."""
    found = Faults()
    for name, sentence in faults.items():
        head, _dot, _rest = name.partition(".")
        if head == "areas":
            found["areas"] = sentence
        else:
            found[SERVICE_FAULTS.get(head, "" if head == "_schema" else head)] = sentence
    return found
