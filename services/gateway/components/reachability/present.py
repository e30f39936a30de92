"""How a person may be reached about homes, in words; notifications decides it for alerts and for letters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.gateway.upstream.http import Unavailable
from services.gateway.upstream.notifications import Reachability, UseReachability
from services.gateway.web.language import gettext as _
from services.gateway.web.vocabulary import word_of
from shared.vocabulary.consents import CONSENT_PURPOSES
from shared.vocabulary.deliveries import DELIVERY_REASONS

MAIL, PHONE, NONE, UNKNOWN = "mail", "phone", "none", "unknown"


@dataclass(frozen=True)
class ReachUse:
    """One use of mail, alerts or letters: whether it is open, and by which consent or why not."""

    name: str
    is_open: bool
    why: str


@dataclass(frozen=True)
class Reach:
    """How a person may be reached: by mail, by phone, not at all, or unknown while notifications does not answer."""

    state: str
    text: str
    why: str
    alerts: ReachUse | None = None
    letters: ReachUse | None = None

    @property
    def uses(self) -> list[ReachUse]:
        """Each use of mail with its state."""
        return [use for use in (self.alerts, self.letters) if use]

    @property
    def by_mail(self) -> bool:
        """Whether a member may write a letter."""
        return self.state == MAIL

    @property
    def is_stopped(self) -> bool:
        """Whether the person must not be contacted."""
        return self.state == NONE


def reach(answer: Reachability) -> Reach:
    """How one person may be reached; `state` is that of letters, which members write."""
    alerts, letters = answer["alerts"], answer["letters"]
    uses = _use(_("Alerts"), alerts), _use(_("Personal e-mails"), letters)
    why = "; ".join(f"{use.name}: {use.why}" for use in uses)
    return Reach(letters["state"], _text(answer), why, *uses)


def reach_by_contact(contact_ids: Iterable[str], answers: Iterable[Reachability] | Unavailable) -> dict[str, Reach]:
    """How each of these people may be reached; unknown for those without a reply."""
    if isinstance(answers, Unavailable):
        nothing = Reach(
            UNKNOWN, _("Not known at the moment"), _("%(service)s is not answering") % {"service": answers.service}
        )
        return dict.fromkeys(contact_ids, nothing)
    known = {answer["contact_id"]: reach(answer) for answer in answers}
    return {id_: known.get(id_, Reach(UNKNOWN, _("Not known at the moment"), "")) for id_ in contact_ids}


def _text(answer: Reachability) -> str:
    alerts, letters, phone = answer["alerts"]["state"], answer["letters"]["state"], answer["phone"]
    if letters == MAIL and alerts == MAIL:
        return _("E-mail and phone") if phone else _("E-mail")
    if letters == MAIL:
        return _("Personal e-mail and phone") if phone else _("Personal e-mail only")
    return _("Phone only") if letters == PHONE else _("Do not contact")


def _use(name: str, use: UseReachability) -> ReachUse:
    if use["state"] == MAIL:
        return ReachUse(name, True, _("consent: %(purpose)s") % {"purpose": word_of(CONSENT_PURPOSES, use["basis"])})
    return ReachUse(name, False, word_of(DELIVERY_REASONS, use["reason"]))
