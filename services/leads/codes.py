"""The codes for errors in a contact."""

from __future__ import annotations

from shared.codes import Code

PHONE_WITHOUT_COUNTRY = Code("phone_without_country", "Begin with + and the country code, or state the country.")
NOT_A_PHONE = Code("not_a_phone", "This is not a phone number.")
PHONE_LENGTH = Code("phone_length", "Phone numbers in that country do not have this length.")
EMAIL_REFUSED = Code("email_refused", "Not a valid email address: {why}")
NOT_A_WORDING = Code("not_a_wording", "Use a version like alerts-2025-03.")
WORDING_MISSING = Code("wording_missing", "State the wording; without it there is no proof of what was agreed to.")
CONSENT_TWICE = Code("consent_twice", "Given twice: {twice}.")
CONSENTS_HAVE_A_HISTORY = Code(
    "consents_have_a_history", "Consents have a history: POST to /v1/contacts/<id>/consents."
)
EMPTY_ENTRY = Code("empty_entry", "Write what a colleague should know.")
NO_DEFAULT = Code("no_default", "State it: the agency has no default.")
UNKNOWN_MEMBER = Code("unknown_member", "There is no member with this id.")
IN_THE_FUTURE = Code("in_the_future", "Is in the future.")
