"""HTTP shapes of reachability, sendability and the audience of an alert."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate

from services.notifications.alerts.audience import OfferedPair
from services.notifications.alerts.model import ALERTS_OFF, SENT_BEFORE
from services.notifications.codes import WRONG_SHAPE
from services.notifications.delivery.model import URGENCY
from services.notifications.people.model import REFUSALS
from shared.http.schemas import (
    Currency,
    Identifier,
    Instant,
    Money,
    Reply,
    Strict,
    to_minor,
)

MOST_REACHED, MOST_COUNTED = 5_000, 50_000
PAIR_KINDS = ("match", "possible", "near")
FREQUENCIES = (*URGENCY, "off")


class WholeList(fields.List[Any]):  # Any: the request's value before it is checked
    """A long list that is checked as a whole: a field for each item would take longer than the reply."""

    def __init__(
        self, item: fields.Field[Any], most: int, fits: Callable[[object], bool], made: Callable[[Any], object]
    ) -> None:
        super().__init__(item, required=True, validate=validate.Length(1, most))
        self._fits, self._made = fits, made

    def _deserialize(
        self, value: object, attr: str | None, data: Mapping[str, object] | None, **_: object
    ) -> list[Any]:
        if not isinstance(value, list):
            raise self.make_error("invalid")
        for number, item in enumerate(value):
            if not self._fits(item):
                raise ValidationError({number: [WRONG_SHAPE]})
        return [self._made(item) for item in value]


def _is_id(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 64


def _is_pair(value: object) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() <= PAIR_FIELDS
        and _is_id(value.get("contact_id"))
        and value.get("kind") in PAIR_KINDS
        and value.get("alerts") in FREQUENCIES
        and isinstance(value.get("alert_possible", False), bool)
        and all(isinstance(value.get(name, ""), str) for name in ("saved_search_id", "entered_by"))
    )


def _pair(value: dict[str, Any]) -> OfferedPair:
    return OfferedPair(value["contact_id"], value["kind"], value["alerts"], value.get("alert_possible", False))


class ReachabilityIn(Strict):
    """The people to check."""

    contact_ids = WholeList(Identifier(), MOST_REACHED, _is_id, str)


class UseReachabilityOut(Reply):
    """How a person may be reached for one use, and why not by mail."""

    state = fields.String(validate=validate.OneOf(("mail", "phone", "none")))
    basis = fields.String(allow_none=True, metadata={"description": "The purpose whose consent permits the mail."})
    reason = fields.String(allow_none=True, validate=validate.OneOf(REFUSALS))


class ReachabilityOut(Reply):
    """How one person may be reached: by alerts, by letters that a member writes, by a call."""

    contact_id = fields.String()
    phone = fields.Boolean(metadata={"description": "Whether a call is allowed."})
    alerts = fields.Nested(UseReachabilityOut)
    letters = fields.Nested(UseReachabilityOut)


class Reachabilities(Reply):
    """Each person once, in the order of the request."""

    items = fields.List(fields.Nested(ReachabilityOut))


class OfferedPairIn(Strict):
    """A search that the offer matches, as matching's `audience` returns it; other fields are allowed."""

    contact_id = Identifier(required=True)
    saved_search_id = fields.String()
    kind = fields.String(required=True, validate=validate.OneOf(PAIR_KINDS))
    entered_by = fields.String()
    alerts = fields.String(required=True, validate=validate.OneOf(FREQUENCIES))
    alert_possible = fields.Boolean()


PAIR_FIELDS = frozenset(OfferedPairIn._declared_fields)


class AlertAudienceIn(Strict):
    """A home at a price, and the pairs that matching returns for it; a home that is not saved yet has no id."""

    listing_id = Identifier(load_default=None, allow_none=True)
    list_price = Money(load_default=None, allow_none=True)
    currency = Currency(load_default=None, allow_none=True)
    pairs = WholeList(fields.Nested(OfferedPairIn), MOST_COUNTED, _is_pair, _pair)


class AlertAudience(Reply):
    """The number of people: all, those with a mail at once, those with a digest, and the others by reason."""

    people = fields.Integer()
    mailed = fields.Integer()
    held = fields.Dict(keys=fields.String(validate=validate.OneOf(("daily", "weekly"))), values=fields.Integer())
    reasons = fields.Dict(
        keys=fields.String(validate=validate.OneOf((*REFUSALS, SENT_BEFORE, ALERTS_OFF))),
        values=fields.Integer(),
        required=True,
        metadata={"description": "How many people by reason code."},
    )


class PriceText(fields.Float):
    """An amount in a query, in major units; minor units inside."""

    def __init__(self, **options: Any) -> None:  # Any: options of marshmallow's own
        super().__init__(validate=validate.Range(0, 10**14), allow_nan=False, **options)

    def _deserialize(self, value: object, attr: str | None, data: Mapping[str, object] | None, **more: object) -> int:
        return to_minor(super()._deserialize(value, attr, data, **more))


class SendabilityQuery(Strict):
    """Whether an alert of this search about this home may be sent to this person."""

    contact_id = Identifier(required=True)
    listing_id = Identifier(required=True)
    saved_search_id = Identifier(required=True)
    list_price = PriceText(load_default=None, metadata={"description": "What the home costs now, in major units."})
    currency = Currency(load_default=None)


class GateOut(Reply):
    """One condition, and whether it is met."""

    code = fields.String()
    open = fields.Boolean()
    reason = fields.String(allow_none=True, metadata={"description": "Why it is closed, as a code."})
    at = Instant(allow_none=True, metadata={"description": "When an earlier alert was sent."})


class SendabilityOut(Reply):
    """The decision, gate by gate."""

    sendable = fields.Boolean()
    gates = fields.List(fields.Nested(GateOut))
