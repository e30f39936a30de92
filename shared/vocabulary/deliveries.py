"""Deliveries of alerts and letters: states, reasons why one did not leave or arrive, conditions before it leaves."""

from __future__ import annotations

from shared.vocabulary.subject import Subject

DELIVERY_STATES = Subject(
    "state of a delivery",
    {
        "sent": "sent",
        "queued": "on its way",
        "claimed": "on its way",
        "handing_over": "on its way",
        "waiting": "waiting for data",
        "held": "kept for the digest",
        "failed": "did not arrive",
        "unknown": "arrival unknown",
        "skipped": "not sent",
        "canceled": "cancelled",
    },
)
# Notifications stores these; what a mail server answered stands beside them as its own text.
DELIVERY_REASONS = Subject(
    "reason of a delivery",
    {
        "no_consent": "no consent to these e-mails",
        "consent_withdrawn": "consent to these e-mails withdrawn",
        "no_address": "no e-mail address",
        "suppressed": "an earlier e-mail to this address was refused",
        "erased": "the person's data were erased",
        "contact_unknown": "the person's data have not arrived yet",
        "agency_unknown": "the agency's data have not arrived yet",
        "match_lost": "it no longer fits",
        "price_changed": "the price changed",
        "called_off": "cancelled before it was sent",
        "daily": "for the daily e-mail",
        "weekly": "for the weekly e-mail",
        "sent_before": "sent before at this price",
        "alerts_off": "the wishes do not ask for alerts about this home",
        "refused": "the mail server refused the e-mail",
        "deferred": "the mail server could not accept the e-mail yet",
        "unmailable": "the e-mail cannot be written",
        "unclear": "the mail server did not say whether it accepted the e-mail",
        "stopped_before_handover": "sending was interrupted repeatedly before the e-mail was sent",
        "stopped_during_handover": "sending was interrupted while the mail server was accepting the e-mail",
        "listing_coming_soon": "the home is not on the market yet",
        "listing_active_under_contract": "the home is under offer",
        "listing_pending": "a contract for the home is pending",
        "listing_hold": "the listing is on hold",
        "listing_incomplete": "the listing is incomplete",
        "listing_closed": "the listing is closed",
        "listing_withdrawn": "the listing was withdrawn",
        "listing_expired": "the listing has expired",
        "listing_canceled": "the listing was cancelled",
    },
)
DELIVERY_GATES = Subject(
    "condition of an alert",
    {
        "not_erased": "the person has not asked for erasure",
        "known": "name and address are known",
        "consent": "consent to alerts by e-mail",
        "address": "there is an e-mail address",
        "not_suppressed": "the address accepts e-mails",
        "pair_lives": "the home meets the wishes as they are now",
        "listing_active": "the home is on the market",
        "agency_known": "the agency's sender is set up",
        "alerts": "the wishes have alerts switched on",
        "possible": "alerts are wanted for homes with something not stated",
        "near": "near matches are included in alerts",
        "not_sent": "not sent before at this price",
    },
)
REACHABILITY = Subject(
    "how a person may be reached",
    {"mail": "by e-mail", "phone": "by phone only", "none": "do not contact"},
)
