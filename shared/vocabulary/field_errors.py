"""What can be wrong with a field of a form: the codes that pages word, with the figures that they speak of."""

from __future__ import annotations

from shared.vocabulary.subject import Subject

# The names of figures are those of the codes in shared.codes and in each service's own codes.
FIELD_ERRORS = Subject(
    "error of a field",
    {
        "missing": "state this",
        "null": "state this",
        "blank": "state this",
        "not_text": "this is not a text",
        "not_a_number": "this is not a number",
        "not_whole": "this is not a whole number",
        "not_a_day": "this is not a date",
        "not_an_email": "this is not an e-mail address",
        "not_a_url": "each line begins with an address, like https://example.com/1.jpg",
        "not_a_choice": "choose one of the options",
        "not_a_currency": "three capital letters, like EUR",
        "not_a_country": "two capital letters, like ES",
        "not_a_phone": "this is not a telephone number",
        "phone_without_country": "begin with + and the code of the country",
        "phone_length": "no telephone number of that country has this length",
        "email_refused": "this is not an e-mail address",
        "reference_taken": "another listing has this reference already",
        "currency_missing": "state the currency, like EUR",
        "other_coordinate_missing": "latitude and longitude go together: state both or neither",
        "outline_crosses": "this area crosses itself; draw it again",
        "in_the_future": "this is in the future",
        "too_small": "at least %(least)s",
        "too_large": "at most %(most)s",
        "too_short": "at least %(least)s characters",
        "too_long": "at most %(most)s characters",
        "too_many_decimals": "at most %(decimals)s decimals",
    },
)
