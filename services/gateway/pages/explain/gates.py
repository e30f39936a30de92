"""Every condition of an alert in words: of the wishes, the person, the home and earlier mails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.matching import AlertGate
from services.gateway.upstream.notifications import Gate, Sendability
from services.gateway.web.formats import day, when
from services.gateway.web.language import gettext as _
from services.gateway.web.vocabulary import label, word_of
from shared.vocabulary.criteria import ALERT_FREQUENCIES, SEARCH_GATES
from shared.vocabulary.deliveries import DELIVERY_GATES, DELIVERY_REASONS
from shared.vocabulary.matches import MATCH_KINDS


@dataclass(frozen=True)
class GateRow:
    """One condition of an alert, whether it is met, and what decides it."""

    text: str
    is_open: bool
    hint: str = ""


@dataclass(frozen=True)
class Gates:
    """All conditions of an alert, and the service that did not answer."""

    rows: Sequence[GateRow]
    unavailable: str = ""

    @property
    def are_open(self) -> bool:
        """Whether an alert may go out."""
        return not self.unavailable and all(row.is_open for row in self.rows)


def gates(own: Sequence[AlertGate], sendability: Sendability | Unavailable, zone: str) -> Gates:
    """The conditions that the wishes set (`own`), then those of notifications."""
    rows = [_own(gate) for gate in own]
    if isinstance(sendability, Unavailable):
        return Gates(rows, sendability.service)
    return Gates([*rows, *(_delivery(gate, zone) for gate in sendability["gates"])])


def _own(gate: AlertGate) -> GateRow:
    return GateRow(label(SEARCH_GATES, gate["code"]), gate["open"], _hint(gate["code"], gate["value"] or ""))


def _hint(code: str, value: str) -> str:
    """The value that decides a condition of the wishes: the frequency of alerts, the kind of match, the last day."""
    if code == "alerts_on":
        return word_of(ALERT_FREQUENCIES, value)
    if code == "kind_wanted":
        return word_of(MATCH_KINDS, value)
    return _("until %(day)s") % {"day": day(value)} if code == "search_valid" and value else ""


def _delivery(gate: Gate, zone: str) -> GateRow:
    hint = when(gate["at"], zone) if gate["at"] else ""
    if gate["code"] == "listing_active" and gate["reason"]:
        hint = word_of(DELIVERY_REASONS, gate["reason"])
    return GateRow(label(DELIVERY_GATES, gate["code"]), gate["open"], hint)
