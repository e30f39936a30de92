"""The form that says what a file's columns are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from services.gateway.upstream.import_mapping import FEATURE, ColumnMapping
from services.gateway.upstream.properties import UploadedFile
from services.gateway.web.forms.fields import Capitals, Choice, Prefixed, Text
from services.gateway.web.forms.page_form import FormErrors, PageForm
from services.gateway.web.language import gettext as _
from shared.vocabulary.listings import LISTING_FIELDS

ENCODINGS = ("utf-8", "windows-1252", "windows-1250", "iso-8859-1", "iso-8859-15", "utf-16")
DELIMITERS = (",", ";", "\t", "|")
DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%m/%d/%Y")
DECIMALS = (".", ",")
FEATURES = ("garden", "terrace", "balcony", "lift", "garage", "pool", "fireplace", "air_conditioning", "sea_view")
# Fields that a column may hold; status, owners and agent are set in Lintel.
FIELDS = tuple(
    name for name in LISTING_FIELDS.codes if name not in ("standard_status", "owner_contact_ids", "agent_member_id")
)
SHIPPED = "shipped:"


class MappingFields(PageForm):
    """How the file is read, and what is the same for every row."""

    how = Text(empty="")
    encoding = Choice(ENCODINGS)
    delimiter = Choice(DELIMITERS)
    decimal = Choice(DECIMALS)
    dates = Choice(DATES)
    unit = Text(empty="")
    transaction = Text()
    property_sub_type = Text()
    currency = Capitals()
    country = Capitals()
    columns = Prefixed("column_")


@dataclass(frozen=True)
class MappingForm:
    """What was chosen; `how` is the way to read the file: "page", "file" or "shipped:" and a name."""

    typed: Mapping[str, str]
    how: str = ""
    mapping: ColumnMapping | None = None
    errors: FormErrors = field(default_factory=FormErrors)

    @classmethod
    def from_form(cls, typed: Mapping[str, str], file: UploadedFile) -> MappingForm:
        """What was chosen; only the way "page" needs a field for each column."""
        values, errors = MappingFields.read(typed)
        how = values["how"] or ""
        if how != "page":
            return cls(typed, how)
        targets = {column["name"]: values["columns"].get(str(at), "") for at, column in enumerate(file["columns"])}
        errors |= _errors(targets)
        if errors:
            return cls(typed, how, None, errors)
        same = ("transaction", "currency", "country", "property_sub_type")
        constants = {name: values[name] for name in same if values[name]}
        encoding, delimiter, decimal = values["encoding"], values["delimiter"], values["decimal"]
        in_feet = values["unit"] == "sqft"
        return cls(
            typed, how, ColumnMapping(targets, constants, encoding, delimiter, decimal, values["dates"], in_feet)
        )

    @property
    def shipped(self) -> str:
        """The name of the shipped mapping that was chosen, or ""."""
        return self.how.removeprefix(SHIPPED) if self.how.startswith(SHIPPED) else ""

    def refused(self, errors: FormErrors) -> MappingForm:
        """The same form with what is wrong with it."""
        return MappingForm(self.typed, self.how, self.mapping, errors)


def _errors(targets: Mapping[str, str]) -> FormErrors:
    """What is wrong with the columns: no reference, a field chosen twice, or one that does not exist."""
    chosen = Counter(target for target in targets.values() if target and not target.startswith(FEATURE))
    errors = FormErrors()
    if "listing_id" not in chosen:
        errors["listing_id"] = _("Choose the column that holds your reference; the next import finds the home by it.")
    for at, target in enumerate(targets.values()):
        if chosen[target] > 1:
            errors[f"column_{at}"] = _("Two columns cannot be the same field.")
        if chosen[target] and target not in FIELDS:
            errors[f"column_{at}"] = _("This is not one of the options.")
    return errors
