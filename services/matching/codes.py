"""Why matching refuses a request, as codes."""

from __future__ import annotations

from shared.codes import Code

UNKNOWN_CONTACT = Code("unknown_contact", "There is no contact with this id.")
TOO_MANY_PRICES = Code("too_many_prices", "Give {most} prices at most.")
NOT_AMOUNTS = Code("not_amounts", "Give amounts separated by commas, such as 295000,280000.")
REASON_WITHOUT_DISCARD = Code("reason_without_discard", "Give a reason only with a discard.")
NO_PRICES = Code("no_prices", "State the prices.")
NO_PRICE_YET = Code("no_price_yet", "The home has no price yet.")
WORD_OF_ITS_OWN = Code(
    "word_of_its_own", "'{word}' already has a meaning of its own; it cannot stand for another word."
)
WORD_OF_A_WORD = Code(
    "word_of_a_word", "'{word}' means '{meaning}', which itself stands for something else; state the final meaning."
)
SAME_WORD_TWICE = Code("same_word_twice", "Two of these are the same word, spelt differently.")
