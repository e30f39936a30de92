"""The codes of refusals by notifications."""

from __future__ import annotations

from shared.codes import Code
from shared.vocabulary.deliveries import DELIVERY_REASONS

HOME_TWICE = Code("home_twice", "List each home only once.")
# Why a person may not be written to, by the reason of the decision.
NOT_WRITTEN_TO = {
    reason: Code(reason, f"{DELIVERY_REASONS.words[reason]}.".capitalize())
    for reason in ("erased", "contact_unknown", "no_consent", "no_address", "suppressed")
}
NOT_A_LETTER = Code("not_a_letter", "Only a letter can be cancelled, not an alert.")
HAS_LEFT = Code("has_left", "It has already been sent.")
NOT_RESENDABLE = Code("not_resendable", "A delivery that is {state} cannot be sent again.")
NO_TRANSITION = Code("no_transition", "This is not possible for a delivery that is {state}.")
WRONG_SHAPE = Code("wrong_shape", "This item does not have the documented form.")
