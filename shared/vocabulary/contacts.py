"""Contacts: stages, how a call ended, why data are erased, the lines of a timeline."""

from __future__ import annotations

from shared.vocabulary.subject import Subject

CONTACT_STAGES = Subject(
    "stage of a contact",
    {
        "new": "new",
        "prospect": "looking around",
        "active": "looking actively",
        "client": "client",
        "past_client": "past client",
        "archived": "archived",
    },
)
CALL_OUTCOMES = Subject(
    "outcome of a call",
    {
        "reached": "reached",
        "not_reached": "not reached",
        "call_back": "call again",
        "viewing": "wants a viewing",
        "not_interested": "not interested",
    },
)
ERASURE_GROUNDS = Subject(
    "ground of an erasure",
    {
        "requested": "the person requested it",
        "consent_withdrawn": "consent was withdrawn",
        "no_longer_needed": "the data are no longer needed",
        "objected": "the person objected",
        "unlawful": "the data were held unlawfully",
    },
)
TIMELINE_KINDS = Subject(
    "line of a timeline",
    {
        "call": "call",
        "note": "note",
        "contact_created": "contact added",
        "stage_changed": "stage changed",
        "agent_changed": "handed over to a colleague",
        "consent_granted": "consent given",
        "consent_withdrawn": "consent withdrawn",
        "search_saved": "wishes saved",
        "search_changed": "wishes changed",
        "search_removed": "wishes removed",
        "match_found": "new match",
        "match_lost": "no longer fits",
        "delivery_queued": "an e-mail is on its way",
        "delivery_sent": "an e-mail was sent",
        "delivery_skipped": "no e-mail was sent",
        "delivery_failed": "an e-mail did not arrive",
        "delivery_unknown": "it is not known whether an e-mail arrived",
    },
)
