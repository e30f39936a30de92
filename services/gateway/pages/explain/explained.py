"""A verdict in words: one sentence that says it all, and every gate that an alert has to pass."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.upstream.http import Away
from services.gateway.web.answers import Row
from services.gateway.web.shell import zone
from services.gateway.web.vocabulary import label, word_of
from services.gateway.web.words import gettext as _
from services.gateway.web.words import when
from shared.vocabulary.criteria import ALERT_FREQUENCIES
from shared.vocabulary.deliveries import DELIVERY_GATES


def summary(pair: Row, may_go: bool, person: Row | None) -> list[str]:
    """The verdict in two or three sentences, the reason first."""
    kind, misses, unknowns = pair["kind"], pair["misses"], pair["unknowns"]
    hard = [each["text"] for each in misses if not str(each["code"]).startswith(SOFT)]
    asked = [each["text"] for each in unknowns if not str(each["code"]).startswith(SOFT)]
    if kind == "match":
        told = [_("Everything that has to be is there.")]
    elif kind == "near":
        told = [_("One thing misses: %(miss)s.") % {"miss": _joined(hard)}]
        told.append(_("Everything else that has to be is there."))
    elif kind == "possible":
        told = [_("Nothing speaks against it, but: %(open)s.") % {"open": _joined(asked)}]
    else:
        told = [_("They do not meet: %(miss)s.") % {"miss": _joined(hard)} if hard else _("They do not meet.")]
    if may_go:
        return [*told, _("An alert may go out.")]
    can_call = kind != "none" and person is not None and person.get("phone")
    return [*told, _("No alert goes out; call.") if can_call else _("No alert goes out.")]


def gates(answer: Any, sent: Any, pair: Row, search: Mapping[str, Any], home: Mapping[str, Any]) -> Row:
    """Every condition for an alert, met or not."""
    if isinstance(answer, Away):
        return {"away": answer.service, "open": False, "rows": []}
    rows = [_gate(gate["code"], gate["open"]) for gate in answer["gates"]]
    rows += _own(pair, search)
    before = [] if isinstance(sent, Away) else [one for one in sent if one["state"] == "sent"]
    same = next((one for one in before if one["list_price"] == home.get("list_price")), None)
    hint = when(same["sent_at"], zone()) if same else ""
    rows.append(_gate("not_sent", same is None, hint))
    return {"away": None, "open": all(row["open"] for row in rows), "rows": rows}


def _own(pair: Row, search: Mapping[str, Any]) -> list[Row]:
    """The gates that the wishes themselves set."""
    rows = []
    if search:
        frequency = search.get("alerts") or "off"
        hint = word_of(ALERT_FREQUENCIES, frequency) if frequency != "off" else ""
        rows.append(_gate("alerts", frequency != "off", hint))
    if pair["kind"] == "possible":
        rows.append(_gate("possible", bool(search.get("alert_possible"))))
    if pair["kind"] == "near":
        rows.append(_gate("near", False, _("only what fits whole goes out")))
    return rows


def _gate(code: str, is_open: bool, hint: str = "") -> Row:
    return {"code": code, "open": is_open, "text": label(DELIVERY_GATES, code), "hint": hint}


def _joined(texts: list[str]) -> str:
    return "; ".join(texts)


SOFT = ("feature.strong", "feature.would", "feature.might")
