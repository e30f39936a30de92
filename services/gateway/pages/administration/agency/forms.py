"""The form of the agency's settings: what was typed, and what the service takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from flask import request

from services.gateway.accounts.model.agency import Agency
from services.gateway.web.forms.page_form import text_fields
from shared.vocabulary.i18n import LANGUAGES

OPTIONAL = ("colour", "from_name", "from_address", "reply_to", "postal_address", "public_url")
TEXTS = ("name", "time_zone", "currency", *OPTIONAL)


@dataclass(frozen=True)
class AgencyForm:
    """The fields as typed; the first language is the main one, `version` what the page was made from."""

    name: str
    languages: tuple[str, ...]
    time_zone: str
    currency: str
    colour: str = ""
    from_name: str = ""
    from_address: str = ""
    reply_to: str = ""
    postal_address: str = ""
    public_url: str = ""
    version: int = 0

    @classmethod
    def from_agency(cls, agency: Agency) -> AgencyForm:
        """The form as it is shown first."""
        texts = {name: getattr(agency, name) or "" for name in TEXTS}
        return cls(**texts, languages=tuple(agency.languages), version=agency.version)

    @classmethod
    def from_request(cls) -> AgencyForm:
        """The form as it was sent."""
        texts = text_fields(*TEXTS, "version")
        version = texts.pop("version")
        main = request.form.get("first_language", "")
        languages = _ordered({*request.form.getlist("languages"), main}, main)
        return cls(**texts, languages=languages, version=int(version) if version.isdigit() else 0)

    @property
    def body(self) -> dict[str, object]:
        """The facts that the schema takes: an empty optional text is None."""
        facts = {name: value for name, value in asdict(self).items() if name != "version"}
        optional = {name: facts[name] or None for name in OPTIONAL}
        return {**facts, **optional, "languages": list(self.languages), "currency": self.currency.upper()}


def _ordered(ticked: Iterable[str], main: str) -> tuple[str, ...]:
    known = set(ticked) & set(LANGUAGES)
    return tuple(sorted(known, key=lambda each: (each != main, LANGUAGES.index(each))))
