"""The mapping of a file's columns as properties reads it, in TOML."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FEATURE = "feature:"
AREAS = ("living_area", "lot_size_area")
SQUARE_FOOT = 0.09290304
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


@dataclass(frozen=True)
class ColumnMapping:
    """How a file is read.

    `targets` is the field of each column, "feature:lift" for a feature and "" for a column that is left out;
    `constants` are the fields that are the same for every row.
    """

    targets: Mapping[str, str]
    constants: Mapping[str, str]
    encoding: str
    delimiter: str
    decimal: str
    dates: str
    is_in_square_feet: bool = False

    def toml(self) -> str:
        """The mapping as a file."""
        lines = ["[file]", _line("encoding", self.encoding), _line("delimiter", self.delimiter)]
        lines.append(_line("decimal", self.decimal))
        if thousands := {".": ",", ",": "."}.get(self.decimal):
            lines.append(_line("thousands", thousands))
        lines.append("[constants]")
        lines += [_line(name, value) for name, value in self.constants.items() if name not in self.targets.values()]
        for column, target in self.targets.items():
            if target.startswith(FEATURE):
                lines += _feature(column, target.removeprefix(FEATURE))
            elif target:
                lines += self._field(column, target)
        return "\n".join(lines) + "\n"

    def _field(self, column: str, target: str) -> Iterable[str]:
        yield f"[fields.{json.dumps(target)}]"
        yield _line("column", column)
        if target in AREAS and self.is_in_square_feet:
            yield f"factor = {SQUARE_FOOT}"
            yield "round = 2"
        if target in ("latitude", "longitude"):
            yield "round = 6"
        if target == "on_market_date":
            yield f"dates = [{json.dumps(self.dates)}]"
        if target in WORDS:
            yield _values(WORDS[target])
        if target == "list_price":
            yield 'remove = ["€", "$", "£", "kr", "EUR", "SEK", "GBP", "USD", " ", "\\u00a0"]'


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
