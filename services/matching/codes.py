"""Why matching refuses a request, as codes."""

from __future__ import annotations

from shared.codes import Code

UNKNOWN_CONTACT = Code("unknown_contact", "There is no contact with this id.")
TOO_MANY_PRICES = Code("too_many_prices", "Give {most} prices at most.")
NOT_AMOUNTS = Code("not_amounts", "Give amounts separated by commas, such as 295000,280000.")
REASON_WITHOUT_DISCARD = Code("reason_without_discard", "Give a reason with a discard only.")
NO_PRICES = Code("no_prices", "Say which prices.")
NO_PRICE_YET = Code("no_price_yet", "The home has no price yet.")
WORD_OF_ITS_OWN = Code("word_of_its_own", "'{word}' is a word of its own; it cannot mean another.")
WORD_OF_A_WORD = Code(
    "word_of_a_word", "'{word}' means '{meaning}', which means something else again; say what is meant."
)
SAME_WORD_TWICE = Code("same_word_twice", "Two of these are the same word, written differently.")
