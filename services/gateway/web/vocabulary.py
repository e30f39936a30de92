"""Codes of the data in the words of the page's language; the words themselves are the vocabulary's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import Any

from flask import Flask

from services.gateway.web.formats import area, money
from services.gateway.web.language import gettext as _
from services.gateway.web.language import language, ngettext
from shared.vocabulary import subjects, wording
from shared.vocabulary.features import FEATURES, USUAL_FEATURES
from shared.vocabulary.listings import LISTING_QUESTIONS, LISTING_STATUSES
from shared.vocabulary.matches import MATCH_KINDS
from shared.vocabulary.property_types import PROPERTY_TYPES, USUAL_TYPES
from shared.vocabulary.subject import Subject

ICONS = {
    "pool": "pool", "garden": "plant-2", "terrace": "sun", "balcony": "sun-high", "lift": "elevator", "garage": "car",
    "fireplace": "flame", "air_conditioning": "snowflake", "sea_view": "ripple", "pets_allowed": "paw",
}  # fmt: skip
# Templates reach a subject by the name of its table: vocabulary.match_kinds.
_SUBJECTS = SimpleNamespace(
    **{name.lower(): table for name, table in vars(subjects).items() if isinstance(table, Subject)}
)


def label(subject: Subject, code: str | None) -> str:
    """The word for a code in the page's language, as it stands alone."""
    return wording.label(subject, code, language())


def word_of(subject: Subject, code: str | None) -> str:
    """The word for a code in the page's language, as it stands inside a sentence."""
    return wording.word(subject, code, language())


def options(subject: Subject, codes: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """Codes with their labels, for a form: all of a subject, or these."""
    return wording.choices(subject, language(), codes)


def _label_filter(code: str | None, subject: Subject) -> str:
    return label(subject, code)


def _word_filter(code: str | None, subject: Subject) -> str:
    return word_of(subject, code)


def _counted_filter(code: str, subject: Subject, number: int) -> str:
    return wording.counted(subject, code, number, language())


def type_name(word: str | None) -> str:
    """What kind of home it is."""
    return label(PROPERTY_TYPES, word)


def feature_name(word: str) -> str:
    """What a home has."""
    return word_of(FEATURES, word)


def status_name(word: str) -> str:
    """Where a listing stands."""
    return label(LISTING_STATUSES, word)


def status_colour(word: str) -> str:
    """The colour of a listing's status."""
    return {"active": "pass", "active_under_contract": "near", "pending": "near", "coming_soon": "accent"}.get(word, "")


def kind_name(word: str) -> str:
    """How well a pair meets."""
    return label(MATCH_KINDS, word)


def home_name(home: Mapping[str, Any]) -> str:
    """What a home is called in lists: its kind and where it is."""
    where = home.get("street_name") or home.get("city") or ""
    return f"{type_name(home.get('property_sub_type'))}, {where}" if where else type_name(home.get("property_sub_type"))


def home_address(home: Mapping[str, Any]) -> str:
    """Where a home stands, as on an envelope."""
    town = " ".join(filter(None, (home.get("postal_code"), home.get("city"))))
    return ", ".join(filter(None, (home.get("street_name"), town, home.get("state_or_province"))))


def home_figures(home: Mapping[str, Any]) -> str:
    """Price, rooms and area in one line."""
    price = money(home.get("list_price"), home.get("currency")) if home.get("list_price") is not None else ""
    return "\u00a0· ".join(filter(None, (price, home_size(home))))


def home_size(home: Mapping[str, Any]) -> str:
    """Rooms and area in one line."""
    rooms = home.get("bedrooms_total")
    parts = [
        ngettext("one bedroom", "%(n)s bedrooms", int(rooms)) % {"n": int(rooms)} if rooms is not None else "",
        area(home.get("living_area")) if home.get("living_area") else "",
    ]
    return "\u00a0· ".join(filter(None, parts))


def question_words(asked: Mapping[str, Any]) -> str:
    """What to ask the owner."""
    if asked["field"] in LISTING_QUESTIONS.words:
        return label(LISTING_QUESTIONS, str(asked["field"]))
    return _("%(thing)s: yes or no?") % {"thing": label(FEATURES, str(asked["about"]))}


def kinds_of_home(chosen: str | None = None) -> list[tuple[str, str]]:
    """The types that forms offer, and the one that was chosen already."""
    more = (chosen,) if chosen and chosen not in USUAL_TYPES else ()
    return options(PROPERTY_TYPES, (*USUAL_TYPES, *more))


def feature_choices(typed: Mapping[str, Any]) -> list[dict[str, str]]:
    """The features that the form asks about: the usual ones and those already answered."""
    answered = [name.removeprefix("feature_") for name in typed if name.startswith("feature_")]
    words = list(dict.fromkeys([*USUAL_FEATURES, *answered]))
    return [{"word": word, "text": feature_name(word), "said": typed.get(f"feature_{word}", "")} for word in words]


def register(app: Flask) -> None:
    """Give the templates these words."""
    names = (type_name, feature_name, status_name, status_colour, kind_name, home_name)
    lines = (home_figures, home_size, home_address, question_words)
    app.jinja_env.filters.update({name.__name__: name for name in (*names, *lines)})
    app.jinja_env.filters.update(label=_label_filter, word=_word_filter, counted=_counted_filter)
    app.jinja_env.globals.update(vocabulary=_SUBJECTS, options=options)
    app.jinja_env.globals.update(FEATURE_ICONS=ICONS, KINDS_OF_HOME=kinds_of_home, feature_choices=feature_choices)
