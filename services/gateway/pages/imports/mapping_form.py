"""How a file's columns are read, as chosen on the page: a mapping in TOML for the service that takes the file in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from services.gateway.web.view import Faults
from services.gateway.web.vocabulary import feature_name, kinds_of_home
from services.gateway.web.words import gettext as _

ENCODINGS = ("utf-8", "windows-1252", "windows-1250", "iso-8859-1", "iso-8859-15", "utf-16")
DELIMITERS = (",", ";", "\t", "|")
DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%m/%d/%Y")
AREAS = ("living_area", "lot_size_area")
SQUARE_FOOT = 0.09290304
FEATURES = ("garden", "terrace", "balcony", "lift", "garage", "pool", "fireplace", "air_conditioning", "sea_view")
YES = ("yes", "y", "true", "1", "x", "si", "sí", "sim", "da", "ja")
NO = ("no", "n", "false", "0", "não", "nao", "ne", "nej")
WORDS = {
    "transaction": {
        "sale": "sale|for sale|venta|en venta|venda|prodaja|försäljning|till salu",
        "lease": "lease|rent|to let|to rent|alquiler|arrendamento|aluguer|najem|oddaja|uthyrning|att hyra",
    },
    "property_sub_type": {
        "apartment": "apartment|flat|piso|apartamento|stanovanje|lägenhet",
        "single_family_residence": "single_family_residence|house|detached|casa|chalet|moradia|hiša|villa|hus",
        "townhouse": "townhouse|town house|terraced|adosado|geminada|vrstna hiša|radhus",
        "unimproved_land": "unimproved_land|land|plot|terreno|parcela|zemljišče|tomt",
        "office": "office|oficina|escritório|pisarna|kontor",
        "retail": "retail|shop|local|loja|trgovina|butik",
        "garage": "garage|garaje|garagem|garaža",
    },
}
Typed = Mapping[str, Any]


class Wrong(Exception):
    """The mapping cannot be made; a sentence by field."""

    def __init__(self, faults: Faults) -> None:
        super().__init__()
        self.faults = faults


def choices() -> dict[str, Any]:
    """What the page offers."""
    features = [(f"feature:{word}", _("Has: %(thing)s") % {"thing": feature_name(word)}) for word in FEATURES]
    return {
        "fields": [("", _("Leave out")), *_fields().items(), *features],
        "encodings": [(word, word) for word in ENCODINGS],
        "delimiters": [(",", _("Comma")), (";", _("Semicolon")), ("\t", _("Tab")), ("|", _("Vertical bar"))],
        "dates": [(form, form.replace("%Y", "2026").replace("%m", "11").replace("%d", "24")) for form in DATES],
        "kinds": [("", _("As in the file, or not stated")), *kinds_of_home()],
    }


def mapping_typed(typed: Typed, file: Mapping[str, Any]) -> str:
    """The mapping that was put together, as TOML; Wrong names what is missing."""
    chosen = {column["name"]: typed.get(f"column_{at}", "") for at, column in enumerate(file["columns"])}
    faults = _faults(chosen, typed)
    if faults:
        raise Wrong(faults)
    lines = ["[file]", *(_line(name, typed.get(name, "")) for name in ("encoding", "delimiter", "decimal"))]
    if thousands := {".": ",", ",": "."}.get(typed.get("decimal", "")):
        lines.append(_line("thousands", thousands))
    lines += ["[constants]", *_constants(chosen, typed)]
    for column, target in chosen.items():
        if target.startswith("feature:"):
            lines += _feature(column, target.removeprefix("feature:"))
        elif target:
            lines += _field(column, target, typed)
    return "\n".join(lines) + "\n"


def _faults(chosen: Mapping[str, str], typed: Typed) -> Faults:
    targets = [target for target in chosen.values() if target and not target.startswith("feature:")]
    faults = Faults()
    if "listing_id" not in targets:
        faults["listing_id"] = _("Say which column holds your reference: by it the next file finds the home again.")
    for at, target in enumerate(chosen.values()):
        if target in targets and targets.count(target) > 1:
            faults[f"column_{at}"] = _("Two columns cannot both be this.")
        if target and not target.startswith("feature:") and target not in _fields():
            faults[f"column_{at}"] = _("There is no such choice.")
    known = {"encoding": ENCODINGS, "delimiter": DELIMITERS, "decimal": (".", ","), "dates": DATES}
    for name, values in known.items():
        if typed.get(name) not in values:
            faults[name] = _("Choose one.")
    return faults


def _constants(chosen: Mapping[str, str], typed: Typed) -> list[str]:
    """What is the same for every row, where no column says it."""
    given = {
        name: str(typed.get(name, "")).strip() for name in ("transaction", "currency", "country", "property_sub_type")
    }
    given = {name: value.upper() if name in ("currency", "country") else value for name, value in given.items()}
    return [_line(name, value) for name, value in given.items() if value and name not in chosen.values()]


def _field(column: str, target: str, typed: Typed) -> list[str]:
    lines = [f"[fields.{json.dumps(target)}]", _line("column", column)]
    if target in AREAS and typed.get("unit") == "sqft":
        lines += [f"factor = {SQUARE_FOOT}", "round = 2"]
    if target in ("latitude", "longitude"):
        lines.append("round = 6")
    if target == "on_market_date":
        lines.append(f"dates = [{json.dumps(typed['dates'])}]")
    if target in WORDS:
        lines.append(_values(WORDS[target]))
    if target == "list_price":
        lines.append('remove = ["€", "$", "£", "kr", "EUR", "SEK", "GBP", "USD", " ", "\\u00a0"]')
    return lines


def _feature(column: str, word: str) -> list[str]:
    said = {**dict.fromkeys(YES, word), **dict.fromkeys(NO, f"-{word}")}
    values = ", ".join(f"{_text(each)} = [{_text(meant)}]" for each, meant in said.items())
    return ["[[features]]", _line("column", column), f"values = {{ {values} }}"]


def _values(words: Mapping[str, str]) -> str:
    """What the words of a cell mean: {meaning: words}."""
    pairs = [(word, meaning) for meaning, said in words.items() for word in said.split("|")]
    return "values = { " + ", ".join(f"{_text(word)} = {_text(meaning)}" for word, meaning in pairs) + " }"


def _line(name: str, value: str) -> str:
    return f"{name} = {_text(value)}"


def _text(value: str) -> str:
    """A TOML basic string: JSON's escapes are among its own, but for DEL, which no name of a column holds."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "")


def _fields() -> dict[str, str]:
    """The fields that a column may be, by what people call them."""
    return {
        "listing_id": _("Our reference"),
        "list_price": _("Price"),
        "property_sub_type": _("Kind"),
        "bedrooms_total": _("Bedrooms"),
        "bathrooms_total": _("Bathrooms"),
        "living_area": _("Living area"),
        "lot_size_area": _("Plot"),
        "year_built": _("Built in"),
        "on_market_date": _("On the market since"),
        "street_name": _("Street"),
        "postal_code": _("Postal code"),
        "city": _("City"),
        "state_or_province": _("Region"),
        "country": _("Country"),
        "latitude": _("Latitude"),
        "longitude": _("Longitude"),
        "currency": _("Currency"),
        "transaction": _("Sale or lease"),
        "public_remarks.en": _("Description, English"),
        "public_remarks.es": _("Description, Spanish"),
        "public_remarks.pt": _("Description, Portuguese"),
        "public_remarks.sl": _("Description, Slovenian"),
        "public_remarks.sv": _("Description, Swedish"),
        "photos": _("Photographs, separated by |"),
        "private_remarks": _("Notes for colleagues"),
    }
