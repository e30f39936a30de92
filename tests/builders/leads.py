"""Replies of leads."""

from __future__ import annotations

from typing import Any

from services.gateway.upstream.leads import (
    Consent,
    Contact,
    ContactPage,
    CurrentConsent,
    OwnContact,
    PossibleDuplicate,
    TimelineEntry,
    TimelinePage,
)
from tests.builders.made import AT, made


def a_contact(**changes: Any) -> Contact:
    """Ana Beltrán, a lead with an address and a telephone."""
    return made(
        Contact,
        changes,
        id="contact-1",
        full_name="Ana Beltrán",
        first_name="Ana",
        middle_name=None,
        last_name="Beltrán",
        email="ana@example.com",
        phone="+34612345018",
        phone_as_typed="612 345 018",
        country="ES",
        language="es",
        time_zone="Europe/Madrid",
        stage="lead",
        source=None,
        agent_member_id=None,
        notes=None,
        consents=[],
        version=1,
        created_at=AT,
        changed_at=AT,
    )


def a_contact_page(*contacts: Contact, next_cursor: str | None = None) -> ContactPage:
    """A page of these people."""
    return {"items": list(contacts), "next_cursor": next_cursor}


def an_own_contact(**changes: Any) -> OwnContact:
    """Ana as she sees herself."""
    return made(
        OwnContact,
        changes,
        id="contact-1",
        full_name="Ana Beltrán",
        first_name="Ana",
        email="ana@example.com",
        phone="+34612345018",
        language="es",
        time_zone="Europe/Madrid",
        version=1,
    )


def a_consent(**changes: Any) -> Consent:
    """A consent to alerts by e-mail."""
    return made(
        Consent,
        changes,
        purpose="alerts",
        channel="email",
        state="granted",
        wording_version="member-form-1",
        source="told a member",
        at=AT,
        recorded_at=AT,
    )


def a_current_consent(**changes: Any) -> CurrentConsent:
    """Alerts by e-mail are allowed."""
    return made(CurrentConsent, changes, purpose="alerts", channel="email", state="granted", allowed=True, at=AT)


def a_possible_duplicate(**changes: Any) -> PossibleDuplicate:
    """Somebody with the same e-mail address."""
    return made(
        PossibleDuplicate,
        changes,
        id="contact-2",
        full_name="Ana B.",
        phone=None,
        email="ana@example.com",
        agent_member_id=None,
        why="email",
    )


def a_timeline_entry(**changes: Any) -> TimelineEntry:
    """A note by a member."""
    return made(
        TimelineEntry,
        changes,
        id="entry-1",
        at=AT,
        kind="note",
        by="agent:member-1",
        figures={"text": "Likes light rooms."},
        listing=None,
    )


def a_timeline_page(*entries: TimelineEntry, next_cursor: str | None = None) -> TimelinePage:
    """A page of these entries."""
    return {"items": list(entries), "next_cursor": next_cursor}
