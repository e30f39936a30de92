"""HTTP shapes of leads."""

from __future__ import annotations

from collections import Counter
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from services.leads import codes
from services.leads.addresses import normal_email, time_zones
from services.leads.model import GROUNDS, STAGES, RuleBroken
from services.leads.timeline import KINDS, LOGGED, OUTCOMES
from shared.codes import NOT_A_COUNTRY, NOT_A_TIME_ZONE
from shared.contracts.base import CHANNELS, PURPOSES
from shared.http.schemas import Identifier, Instant, Language, Line, PageQuery, Reply, Strict

STATES = ("granted", "withdrawn")
COUNTRY = validate.Regexp(r"^[A-Z]{2}\Z", error=NOT_A_COUNTRY)
WORDING = validate.Regexp(r"^[A-Za-z0-9][A-Za-z0-9._:/-]{0,59}\Z", error=codes.NOT_A_WORDING)


class Email(fields.String):
    """An e-mail address; accents are kept, the domain is in lower case."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        try:
            return normal_email(super()._deserialize(value, attr, data, **kwargs))
        except RuleBroken as broken:
            raise ValidationError(broken.error) from None


class TimeZone(fields.String):
    """An IANA time zone."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        zone: str = super()._deserialize(value, attr, data, **kwargs)
        if zone not in time_zones():
            raise ValidationError(NOT_A_TIME_ZONE)
        return zone


class Facts(Strict):
    """The facts of a person; null is "not stated"."""

    full_name = Line(200, metadata={"description": "As the person writes it."})
    first_name = Line(100, allow_none=True)
    middle_name = Line(100, allow_none=True)
    last_name = Line(100, allow_none=True)
    email = Email(allow_none=True)
    phone = Line(40, allow_none=True, metadata={"description": "Answered in E.164."})
    country = fields.String(allow_none=True, validate=COUNTRY)
    language = Language(metadata={"description": "The agency's first one by default."})
    time_zone = TimeZone(metadata={"description": "IANA; the agency's by default."})
    stage = fields.String(validate=validate.OneOf(STAGES))
    source = Line(100, allow_none=True, metadata={"description": "Where the person came from."})
    agent_member_id = Identifier(allow_none=True)
    notes = fields.String(allow_none=True, validate=validate.Length(0, 10_000))


class ConsentIn(Strict):
    """A consent or withdrawal on one purpose and channel."""

    purpose = fields.String(required=True, validate=validate.OneOf(PURPOSES))
    channel = fields.String(required=True, validate=validate.OneOf(CHANNELS))
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    wording_version = fields.String(
        load_default=None, allow_none=True, validate=WORDING, metadata={"description": "Which text was agreed to."}
    )
    source = Line(200, required=True, metadata={"description": "How the word reached us."})
    at = Instant(metadata={"description": "When it was said; now by default, never later."})

    @validates_schema
    def _worded(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("state") == "granted" and data.get("wording_version") is None:
            raise ValidationError(codes.WORDING_MISSING, "wording_version")


class ContactIn(Facts):
    """A new person."""

    full_name = Line(200, required=True, metadata={"description": "As the person writes it."})
    consents = fields.List(fields.Nested(ConsentIn), validate=validate.Length(0, len(PURPOSES) * len(CHANNELS)))

    @validates_schema
    def _one_word_each(self, data: dict[str, Any], **_: Any) -> None:
        pairs = Counter((word["purpose"], word["channel"]) for word in data.get("consents") or ())
        if twice := [f"{purpose} by {channel}" for (purpose, channel), n in pairs.items() if n > 1]:
            raise ValidationError(codes.CONSENT_TWICE(twice=twice), "consents")


class ContactPatch(Facts):
    """A correction."""

    consents = fields.Raw(metadata={"description": "Refused: POST to consents."})

    @validates_schema
    def _not_here(self, data: dict[str, Any], **_: Any) -> None:
        if "consents" in data:
            raise ValidationError(codes.CONSENTS_HAVE_A_HISTORY, "consents")


class ConsentOut(Reply):
    """A consent or withdrawal as recorded; source and wording prove it."""

    purpose = fields.String(required=True)
    channel = fields.String(required=True)
    state = fields.String(required=True)
    wording_version = fields.String(allow_none=True)
    source = fields.String(allow_none=True)
    at = Instant()
    recorded_at = Instant()


class ConsentNow(Reply):
    """The consent for one purpose and channel; `none` means never given, and forbids like `withdrawn`."""

    purpose = fields.String(required=True)
    channel = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf((*STATES, "none")))
    allowed = fields.Boolean(required=True)
    at = Instant(allow_none=True)


class ConsentsNow(Reply):
    """Every purpose on every channel."""

    items = fields.List(fields.Nested(ConsentNow), required=True)


class ContactOut(Facts, Reply):
    """A person as the agency sees them."""

    id = fields.String(required=True)
    phone_as_typed = fields.String(allow_none=True)
    consents = fields.List(fields.Nested(ConsentOut))
    version = fields.Integer(required=True)
    created_at = Instant()
    changed_at = Instant()


class SelfPatch(Strict):
    """The facts that people may correct about themselves."""

    language = Language()
    time_zone = TimeZone()


class SelfOut(SelfPatch, Reply):
    """A person as that person sees it: without what the agency notes for itself."""

    id = fields.String(required=True)
    full_name = fields.String(required=True)
    first_name = fields.String(allow_none=True)
    email = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)
    version = fields.Integer(required=True)


class PossibleDuplicate(Reply):
    """Another person with the same e-mail or telephone, and the agent of that contact."""

    id = fields.String(required=True)
    full_name = fields.String(required=True)
    phone = fields.String(allow_none=True)
    email = fields.String(allow_none=True)
    agent_member_id = fields.String(allow_none=True)
    why = fields.String(required=True, validate=validate.OneOf(("email", "phone")))


class PossibleDuplicates(Strict):
    """People who may be the same one."""

    items = fields.List(fields.Nested(PossibleDuplicate), required=True)


class DuplicateQuery(Strict):
    """A telephone and an e-mail as typed so far; a text too short to identify one person finds nobody."""

    phone = fields.String(load_default="", validate=validate.Length(0, 40))
    email = fields.String(load_default="", validate=validate.Length(0, 254))


class ContactMade(ContactOut):
    """A new person, and people who may be the same one."""

    possible_duplicates = fields.List(fields.Nested(PossibleDuplicate), required=True)


class ContactQuery(PageQuery):
    """Filters of the list."""

    stage = fields.String(validate=validate.OneOf(STAGES))
    language = Language()
    agent_member_id = Identifier()
    id = fields.List(
        Identifier(), load_default=list, validate=validate.Length(0, 200), metadata={"description": "These people."}
    )
    q = Line(100, metadata={"description": "Beginnings of names, a piece of the e-mail, digits of the telephone."})


class ErasureIn(Strict):
    """Why a person is erased."""

    ground = fields.String(load_default="requested", validate=validate.OneOf(GROUNDS))


class Erasure(Strict):
    """The remains of an erased person."""

    id = fields.String(required=True)
    erased_at = Instant(required=True)


class Logged(Strict):
    """A call or a note that a member records."""

    kind = fields.String(required=True, validate=validate.OneOf(LOGGED))
    text = fields.String(load_default="", validate=validate.Length(0, 2000))
    outcome = fields.String(allow_none=True, load_default=None, validate=validate.OneOf(OUTCOMES))
    next_on = fields.Date(allow_none=True, load_default=None, format="iso")
    listing_id = Identifier(allow_none=True, load_default=None)

    @validates_schema
    def _says_something(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("kind") == "note" and not (data.get("text") or "").strip():
            raise ValidationError(codes.EMPTY_ENTRY, "text")


class TimelineQuery(PageQuery):
    """Filters of the timeline; all kinds by default."""

    kind = fields.List(fields.String(validate=validate.OneOf(KINDS)), load_default=list)


class Home(Reply):
    """The listing that a line is about, as it is now."""

    listing_id = fields.String(allow_none=True, metadata={"description": "The agency's reference."})
    street_name = fields.String(allow_none=True)
    city = fields.String(allow_none=True)
    list_price = fields.Float(allow_none=True)
    currency = fields.String(allow_none=True)
    standard_status = fields.String(allow_none=True)
    transaction = fields.String(allow_none=True)
    property_sub_type = fields.String(allow_none=True)


class TimelineLine(Reply):
    """An event of a person's timeline; `figures` depend on the kind."""

    sometimes = frozenset({"listing_id", "saved_search_id"})

    id = fields.String(required=True, attribute="_id")
    at = Instant(required=True)
    kind = fields.String(required=True)
    by = fields.String()
    listing_id = fields.String()
    saved_search_id = fields.String()
    listing = fields.Nested(Home, allow_none=True)
    figures = fields.Dict(required=True)
