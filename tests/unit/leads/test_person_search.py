"""How people are found by what is typed."""

import random

import pytest
from rapidfuzz.distance import OSA

from services.leads import person_search

NAMES = ("garcia", "znidarsic", "angstrom", "conceicao", "novak", "lindqvist", "hernandez", "krajnc")


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("  José   NÚÑEZ ", ["jose", "nunez"]),
        ("+34 600-12.3", ["3460012" + "3"]),
        ("0034600", ["34600"]),
        ("ana@Exä", ["ana@exa"]),
        ("@example.com", ["example.com"]),
        ("O'Brien", ["o", "brien"]),
        ("calle 12", ["calle", "12"]),
        ("*** $ne", ["ne"]),
        ("@@@", []),
    ],
)
def test_what_was_typed_is_read(typed: str, wanted: list[str]) -> None:
    assert person_search.needs(typed) == wanted


def test_every_misspelling_by_one_letter_shares_a_key_with_the_name() -> None:
    chance = random.Random(7)
    letters = "abcdefghijklmnopqrstuvwxyz"
    for name in NAMES:
        keys = set(person_search.typo_keys([name]))
        for _ in range(300):
            place, letter = chance.randrange(len(name)), chance.choice(letters)
            for typo in (
                name[:place] + letter + name[place:],
                name[:place] + letter + name[place + 1 :],
                name[:place] + name[place + 1 :],
                name[:place] + name[place : place + 2][::-1] + name[place + 2 :],
            ):
                assert OSA.distance(typo, name) <= 1
                assert keys & set(person_search.typo_candidates(typo)), (name, typo)
                assert person_search.is_near(typo, [name])


def test_two_wrong_letters_are_another_name() -> None:
    assert not person_search.is_near("novxyk", ["Novak"])
    assert not person_search.is_near("lindkwist", ["Lindqvist"])


def test_short_words_and_digits_are_taken_at_their_word() -> None:
    assert person_search.typo_candidates("ana") == []
    assert person_search.typo_candidates("28001") == []


def test_an_end_of_the_number_and_of_the_address_are_keys() -> None:
    keys = person_search.search_keys(["Ana"], "Ana.Ruiz@mail.example.com", "+34600123456")
    assert {"34600123456", "600123456", "456"} <= set(keys)
    assert {"ana.ruiz@mail.example.com", "ruiz@mail.example.com", "mail.example.com", "example.com"} <= set(keys)
    assert "56" not in keys


def test_a_whole_word_answers_better_than_a_beginning() -> None:
    assert person_search.closeness(["jose"], ["Jose Ruiz"]) > person_search.closeness(["jose"], ["Josefina Ruiz"]) > 0.5
    assert person_search.closeness([], ["Jose"]) == 0


@pytest.mark.parametrize(
    ("typed", "digits"), [("+34 612 34 50 18", "34612345018"), ("0612-345018", "612345018"), ("123 456", ""), ("", "")]
)
def test_a_telephone_that_is_too_short_names_nobody(typed: str, digits: str) -> None:
    assert person_search.national_digits(typed) == digits
