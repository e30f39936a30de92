"""The codes of refusals by notifications."""

from __future__ import annotations

from shared.codes import Code
from shared.vocabulary.deliveries import DELIVERY_REASONS

HOME_TWICE = Code("home_twice", "Each home once.")
# Why a person may not be written to, by the reason of the decision.
NOT_WRITTEN_TO = {
    reason: Code(reason, f"{DELIVERY_REASONS.words[reason]}.".capitalize())
    for reason in ("erased", "contact_unknown", "no_consent", "no_address", "suppressed")
}
NOT_A_LETTER = Code("not_a_letter", "An alert ends with what it rests on, not by itself.")
HAS_LEFT = Code("has_left", "It has left already.")
NOT_RESENDABLE = Code("not_resendable", "A delivery that is {state} is not sent again.")
NO_TRANSITION = Code("no_transition", "A delivery that is {state} cannot do that.")
WRONG_SHAPE = Code("wrong_shape", "This item has another shape than the document says.")
