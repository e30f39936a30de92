"""The words of home types, as sources for the catalogs."""

from __future__ import annotations

from collections.abc import Callable


def N_(text: str) -> str:  # noqa: N802 - the name under which catalogs are extracted
    """Mark a sentence for the catalogs without translating it yet."""
    return text


A_HOME = N_("Home")  # by itself: extraction does not look into the arguments of another call
HOME_TYPES = {
    "apartment": N_("Apartment"),
    "cabin": N_("Cabin"),
    "condominium": N_("Condominium"),
    "deeded_parking": N_("Parking space"),
    "duplex": N_("Duplex"),
    "farm": N_("Farm"),
    "ranch": N_("Ranch"),
    "manufactured_home": N_("Prefabricated house"),
    "mobile_home": N_("Mobile home"),
    "single_family_residence": N_("House"),
    "townhouse": N_("Terraced house"),
    "multi_family": N_("Apartment building"),
    "unimproved_land": N_("Plot of land"),
    "office": N_("Office"),
    "retail": N_("Shop"),
    "warehouse": N_("Warehouse"),
    "industrial": N_("Industrial building"),
    "hotel_motel": N_("Hotel"),
    "mixed_use": N_("Mixed-use building"),
}


def home_type(property_sub_type: str | None, gettext: Callable[[str], str]) -> str:
    """The reader's word for a property_sub_type; a type without a word of its own is a home."""
    return gettext(HOME_TYPES.get(property_sub_type or "", A_HOME))
