"""Consents: what for, by which channel, and whether it holds."""

from __future__ import annotations

from shared.vocabulary.subject import Subject

CONSENT_PURPOSES = Subject(
    "purpose of a consent",
    {
        "service": "service",
        "alerts": "new homes",
        "marketing": "news and offers",
        "sharing": "sharing with partners",
    },
)
CHANNELS = Subject(
    "channel",
    {
        "email": "by e-mail",
        "phone": "by phone",
        "sms": "by SMS",
        "push": "by push notification",
        "post": "by post",
    },
)
CONSENT_STATES = Subject("state of a consent", {"granted": "given", "withdrawn": "withdrawn", "none": "never given"})
