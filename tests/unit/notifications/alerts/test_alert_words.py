"""What an alert says, in each language and for each way a home came to fit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from services.notifications.channels.email.content import Home, Photo, Reason
from services.notifications.channels.email.wording import Wording
from shared.vocabulary.i18n import LANGUAGES


def view(alert):
    return Wording(alert).view()


def spaced(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("en", "Price down 4.6%: Terraced house, Oxford Street, €438,000 → €418,000"),
        ("es", "Baja un 4,6 %: Casa adosada, Oxford Street, 438.000 € → 418.000 €"),
        ("pt", "Preço desce 4,6%: Moradia em banda, Oxford Street, 438 000 € → 418 000 €"),
        ("sl", "Cena nižja za 4,6 %: Vrstna hiša, Oxford Street, 438.000 € → 418.000 €"),
        ("sv", "Priset sänkt med 4,6 %: Radhus, Oxford Street, 438 000 € → 418 000 €"),
    ],
)
def test_a_price_drop_is_told_with_both_prices_in_the_subject(make_alert, language, subject):
    assert spaced(view(make_alert(recipient__language=language, entered_by="price")).subject) == subject


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_in_has_its_own_subject_and_label(make_alert, language):
    views = [view(make_alert(recipient__language=language, entered_by=way)) for way in ("new", "criteria", "status")]
    views.append(view(make_alert(recipient__language=language, entered_by="price")))
    assert len({v.subject for v in views}) == len({v.label for v in views}) == 4
    assert all("418" in v.subject for v in views)


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_no_sentence_is_left_in_english(make_alert, language):
    def sentences(v):
        return {v.label, v.fit, v.subject, v.day, v.facts[0], v.price + v.title}

    english = sentences(view(make_alert()))
    assert not english & sentences(view(make_alert(recipient__language=language)))


@pytest.mark.parametrize(
    ("beds", "told"),
    [
        (1, "1 spalnica"),
        (2, "2 spalnici"),
        (3, "3 spalnice"),
        (4, "4 spalnice"),
        (5, "5 spalnic"),
        (101, "101 spalnica"),
    ],
)
def test_slovene_rooms_have_four_forms(make_alert, beds, told):
    assert view(make_alert(recipient__language="sl", home__bedrooms_total=Decimal(beds))).facts[0] == told


@pytest.mark.parametrize(
    ("baths", "told"),
    [("1", "1 kopalnica"), ("2", "2 kopalnici"), ("1.5", "1,5 kopalnice"), ("2.25", "2,25 kopalnice")],
)
def test_a_broken_number_of_bathrooms_takes_its_own_form(make_alert, baths, told):
    assert view(make_alert(recipient__language="sl", home__bathrooms_total=Decimal(baths))).facts[1] == told


def test_cents_are_shown_only_when_there_are_any(make_alert):
    assert view(make_alert(home__list_price=Decimal("950.50"))).price == "€950.50"
    assert view(make_alert(home__list_price=Decimal("950.00"))).price == "€950"


def test_a_price_that_rose_is_a_new_price_and_not_a_drop(make_alert):
    risen = view(make_alert(entered_by="price", home__previous_list_price=Decimal(400000)))
    assert risen.label == "New price"
    assert risen.old_price == "€400,000"
    assert "%" not in risen.subject


def test_a_drop_too_small_for_a_percentage_names_none(make_alert):
    tiny = view(make_alert(entered_by="price", home__previous_list_price=Decimal(418001)))
    assert tiny.label == "New price"
    assert "%" not in tiny.subject


@pytest.mark.parametrize("way", ["new", "criteria", "status"])
def test_an_old_price_is_struck_only_when_the_price_brought_the_home(make_alert, way):
    assert view(make_alert(entered_by=way)).old_price == ""


def test_what_is_not_known_is_left_out_and_nothing_else(make_alert):
    bare = make_alert(
        home__list_price=None,
        home__bedrooms_total=None,
        home__bathrooms_total=None,
        home__living_area=None,
        home__street_name=None,
        home__place=None,
        home__property_sub_type=None,
    )
    said = view(bare)
    assert (said.title, said.price, said.facts) == ("Home, Bristol", "Price on request", ("Bristol",))


def test_a_home_type_of_the_agencys_own_is_shown_as_it_is(make_alert):
    assert view(make_alert(home__property_sub_type="tree_house")).title == "Tree house, Oxford Street"


def test_a_home_to_rent_says_so(make_alert):
    assert view(make_alert(home__transaction="lease")).facts[0] == "To rent"


def test_several_searches_are_named_in_one_sentence(make_alert):
    said = view(make_alert(search_names=("Family house", "", "Near the school", "Family house")))
    assert said.fit == "It fits your wishes: “Family house”, “My wishes” and “Near the school”."


@pytest.mark.parametrize(
    ("kind", "start"), [("match", "It fits"), ("possible", "It may fit"), ("near", "It almost fits")]
)
def test_how_well_it_fits_is_said_plainly(make_alert, kind, start):
    assert view(make_alert(kind=kind)).fit.startswith(start)


def test_the_day_is_the_readers_own(make_alert):
    assert "25 November 2026" in view(make_alert()).day
    assert "24 November 2026" in view(make_alert(recipient__time_zone="America/New_York")).day
    assert "24 November 2026" in view(make_alert(recipient__time_zone="Mars/Olympus")).day


def test_remarks_come_only_in_the_readers_language_and_not_endless(make_alert):
    assert view(make_alert(recipient__language="pt")).remarks == ""
    long = view(make_alert(home__public_remarks={"en": "word " * 500})).remarks
    assert len(long) <= 320
    assert long.endswith("word…")


def test_an_unknown_language_reads_english(make_alert):
    assert view(make_alert(recipient__language="xx")).label == "New home"


def test_a_home_is_read_from_the_event_with_nulls_as_not_stated():
    event = {
        "id": "home-1", "sequence": 3, "listing_id": None, "transaction": "sale", "list_price": 418000.5,
        "currency": "EUR", "bedrooms_total": 3, "bathrooms_total": 1.75, "living_area": None, "city": "Bristol",
        "latitude": 51.4, "photo": {"url": "https://cdn.example.com/a.jpg", "alt": None}, "public_remarks": None,
    }  # fmt: skip
    home = Home.of(event)
    assert (home.list_price, home.bathrooms_total, home.living_area) == (Decimal("418000.5"), Decimal("1.75"), None)
    assert (home.listing_id, home.photo, home.public_remarks) == ("", Photo("https://cdn.example.com/a.jpg"), {})


def test_reasons_are_read_from_the_event():
    told = [
        {"code": "list_price", "text": "€32,000 under budget", "figures": {"gap": 32000}},
        {"code": "x", "text": "y"},
    ]
    assert [reason.text for reason in Reason.all_of(told)] == ["€32,000 under budget", "y"]
