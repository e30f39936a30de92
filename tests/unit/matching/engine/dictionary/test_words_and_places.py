"""How typed words and places find what is meant."""

from __future__ import annotations

import json

import pytest

from services.matching.engine.dictionary.lexicon import Resolved, fold
from services.matching.engine.dictionary.places import PLACES, places_of, postal_key, shipped_places, swapped_into
from services.matching.engine.dictionary.words import WORDS, label, shipped_words

LANGUAGES = {"en", "es", "pt", "sl", "sv"}


@pytest.mark.parametrize(
    "word", ["parking", "garaje", "garagem", "garaža", "garage", "GARÁŽA", "parking space", "p-plats"]
)
def test_every_language_means_the_same_place_for_the_car(word: str) -> None:
    assert shipped_words().features.resolve(word).key == "garage"


@pytest.mark.parametrize(
    ("typed", "key", "by"),
    [
        ("pool", "pool", "exact"),
        ("sea_view", "sea_view", "exact"),
        ("Sea View", "sea_view", "exact"),
        ("vistas al mar", "sea_view", "alias"),
        ("ascensro", "lift", "typo"),
        ("elevetor", "lift", "typo"),
        ("air conditionning", "air_conditioning", "typo"),
        ("poo", "poo", "typed"),
        ("hovercraft pad", "hovercraftpad", "typed"),
        ("🏊", "personswimming", "typed"),
    ],
)
def test_feature_words_are_found_by_synonym_and_small_typing_errors(typed: str, key: str, by: str) -> None:
    found = shipped_words().features.resolve(typed)
    assert (found.key, found.by) == (key, by)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("flat", "apartment"),
        ("piso", "apartment"),
        ("Lägenhet", "apartment"),
        ("stanovanje", "apartment"),
        ("moradia", "single_family_residence"),
        ("vrstna hiša", "townhouse"),
        ("SingleFamilyResidence", "single_family_residence"),
        ("Unimproved Land", "unimproved_land"),
    ],
)
def test_property_types_are_the_data_dictionarys(typed: str, key: str) -> None:
    assert shipped_words().property_sub_types.resolve(typed).key == key


def test_the_word_list_is_complete_and_no_word_means_two_things() -> None:
    parts = json.loads(WORDS.read_text(encoding="utf-8"))
    assert len(parts["features"]) >= 30
    for entries in parts.values():
        meant: dict[str, str] = {}
        for key, languages in entries.items():
            assert languages.keys() == LANGUAGES
            for word in (key, *(word for words in languages.values() for word in words)):
                assert meant.setdefault(fold(word), key) == key, word


def test_an_agency_adds_its_own_words() -> None:
    words = shipped_words().extended({"features": {"bodega climatizada": "cellar", "helipuerto": "helipad"}})
    assert words.features.resolve("Bodega Climatizada").key == "cellar"
    assert words.features.resolve("helipuerto").key == words.features.resolve("helipad").key == "helipad"
    assert shipped_words().features.resolve("helipuerto").by == "typed"


def test_words_are_shown_in_the_readers_language() -> None:
    assert [label("features", "lift", language) for language in sorted(LANGUAGES)] == [
        "lift",
        "ascensor",
        "elevador",
        "dvigalo",
        "hiss",
    ]
    assert label("features", "wine_cave", "sv") == "wine cave"


@pytest.mark.parametrize(
    ("typed", "name", "by"),
    [
        ("Madrid", "Madrid", "exact"),
        ("  MADRID ", "Madrid", "exact"),
        ("malaga", "Málaga", "exact"),
        ("madird", "Madrid", "typo"),
        ("Lisbon", "Lisboa", "alias"),
        ("Xàbia", "Jávea", "alias"),
        ("Gothenburg", "Göteborg", "alias"),
        ("Laibach", "Ljubljana", "alias"),
        ("Capodistria", "Koper", "alias"),
        ("stratford upon avon", "Stratford-upon-Avon", "exact"),
        ("Porto", "Porto", "exact"),
        ("Porto Moniz", "Porto Moniz", "typed"),
        ("Ljubljanna", "Ljubljana", "typo"),
        ("Vila Nova de Gaja", "Vila Nova de Gaia", "typo"),
        ("Springfield", "Springfield", "typed"),
    ],
)
def test_places_are_found_by_name_other_name_and_small_typing_errors(typed: str, name: str, by: str) -> None:
    found = shipped_places().resolve(typed)
    assert (found.name, found.by) == (name, by)


def test_a_typing_error_is_not_guessed_between_two_places_equally_near() -> None:
    places = places_of({}, ["Abcde", "Abcdf"])
    assert places.resolve("Abcdg") == Resolved("Abcdg", "abcdg", "Abcdg", "typed")
    assert places.resolve("Abcd").by == "typed"


def test_nine_letters_allow_one_error_and_ten_allow_two() -> None:
    places = places_of({}, ["Qwertyuio", "Zxcvbnmasd"])
    assert places.resolve("Qwertyuxx").by == "typed"
    assert places.resolve("Qwertyuix").by == "typo"
    assert places.resolve("Zxcvbnmaxx").by == "typo"
    assert places.resolve("Zxcvbnmxxx").by == "typed"


def test_an_agency_knows_the_towns_of_its_listings_and_its_aliases() -> None:
    places = places_of({"the old town": "Piran", "Downtown": "Zgornji Kašelj"}, ["Zgornji Kašelj"])
    assert places.resolve("The Old Town").key == places.resolve("Pirano").key
    assert places.resolve("downtown").name == "Zgornji Kašelj"
    assert places.resolve("zgornji kaselj").by == "exact"
    assert places.resolve("zgornij kašelj").by == "typo"


def test_the_shipped_list_is_large_and_no_name_means_two_places() -> None:
    countries = json.loads(PLACES.read_text(encoding="utf-8"))["countries"]
    assert countries.keys() == {"ES", "GB", "PT", "SE", "SI"}
    meant: dict[str, str] = {}
    for country in countries.values():
        assert len(country["towns"]) >= 60
        for name, others in (*country["towns"].items(), *country["regions"].items()):
            for word in (name, *others):
                assert meant.setdefault(fold(word), fold(name)) == fold(name), word


def test_folding_leaves_something_of_every_text() -> None:
    assert fold("Çà & Là") == "cala"
    assert fold("Šiška") == "siska"
    assert fold("???") == "???"
    assert postal_key(" sw1a 1aa ") == "SW1A1AA"


def test_swapped_coordinates_are_noticed_only_where_the_swap_makes_sense() -> None:
    assert swapped_into(-9.14, 38.72) == "ES"
    assert swapped_into(-9.14, 38.72, "PT") == "PT"
    assert swapped_into(38.72, -9.14) is None
    assert swapped_into(15.0, 46.0, "SI") == "SI"
    assert swapped_into(47.6, -122.3) is None
    assert swapped_into(15.0, 46.0, "US") is None
