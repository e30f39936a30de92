"""Words as small numbers, one numbering for the listings and the searches of an agency."""

from __future__ import annotations

NONE = -1


class Codes:
    """Numbers for keys in the order of arrival; a key keeps its number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.keys: list[str] = []

    def __len__(self) -> int:
        return len(self.keys)

    def code(self, key: str) -> int:
        """The number of a key; a new key gets the next one."""
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.keys)
            self.keys.append(key)
        return number

    def find(self, key: str) -> int:
        """The number of a key, NONE for an unknown key."""
        return self._numbers.get(key, NONE)


class Vocabulary:
    """The numberings that both tables of an agency share."""

    def __init__(self) -> None:
        self.features = Codes()
        self.types = Codes()
        self.places = Codes()
        self.currencies = Codes()
