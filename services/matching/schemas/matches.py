"""HTTP shapes of matches: pairs, their reasons and their verdicts."""

from __future__ import annotations

from marshmallow import fields, validate

from services.matching.engine.advice.improvements import IMPROVEMENTS, LISTING, SEARCH
from services.matching.engine.criteria import FAIL, NEAR, PASS, UNKNOWN
from services.matching.engine.evaluate import WEIGHT
from services.matching.model import KINDS
from services.matching.schemas.listings import ListingSummary
from shared.http.schemas import Identifier, PageQuery, Reply, Strict

MOST_HOMES = 20


class MatchQuery(PageQuery):
    """Which pairs: best first."""

    kind = fields.String(load_default="match", validate=validate.OneOf(KINDS))


class HomesQuery(Strict):
    """Which homes, and how many pairs of each, best first."""

    listing_id = fields.List(Identifier(), required=True, validate=validate.Length(1, MOST_HOMES))
    kind = fields.String(load_default="match", validate=validate.OneOf(KINDS))
    limit = fields.Integer(load_default=12, validate=validate.Range(1, 50))


class Reason(Reply):
    """One sentence with its figures, in the language of Accept-Language."""

    code = fields.String(required=True)
    figures = fields.Dict()
    text = fields.String(required=True)


class Segment(Strict):
    """One group of a score for display: its weight, the shares (0 to 1) earned and known, its worst hard state."""

    name = fields.String(required=True, validate=validate.OneOf(WEIGHT))
    weight = fields.Integer(required=True)
    share = fields.Float(required=True)
    known = fields.Float(required=True)
    state = fields.String(required=True, validate=validate.OneOf((PASS, NEAR, FAIL, UNKNOWN)))


class MatchCounts(Strict):
    """How many pairs there are of each kind, and how many were refused."""

    match = fields.Integer(required=True)
    possible = fields.Integer(required=True)
    near = fields.Integer(required=True)
    discarded = fields.Integer(required=True)


class MatchOut(Reply):
    """A match, and the reasons for it."""

    sometimes = frozenset({"listing", "taste", "preference", "viewed"})

    listing_id = fields.String(required=True)
    saved_search_id = fields.String(required=True)
    contact_id = fields.String(
        required=True, allow_none=True, metadata={"description": "Null for a draft of nobody's."}
    )
    search_name = fields.String(allow_none=True)
    alerts = fields.String()
    kind = fields.String(required=True)
    score = fields.Integer(required=True)
    confidence = fields.Integer(required=True)
    beam = fields.List(fields.Nested(Segment))
    reasons = fields.List(fields.Nested(Reason))
    misses = fields.List(fields.Nested(Reason))
    unknowns = fields.List(fields.Nested(Reason))
    listing = fields.Nested(ListingSummary)
    taste = fields.Integer(metadata={"description": "0-100, learned from this person's yes and no; ranks only."})
    preference = fields.String(allow_none=True)
    viewed = fields.Boolean()


class HomeMatches(Strict):
    """One listing with its best pairs of the kind in the query."""

    listing_id = fields.String(required=True)
    counts = fields.Nested(MatchCounts, required=True)
    matches = fields.List(fields.Nested(MatchOut), required=True)


class HomesMatches(Strict):
    """The listings in the order of the query; those that do not exist (any more) are missing."""

    items = fields.List(fields.Nested(HomeMatches), required=True)


class PairQuery(Strict):
    """One search against one listing."""

    saved_search_id = Identifier(required=True)
    listing_id = Identifier(required=True)


class CriterionOut(Reply):
    """One criterion with its figures; points are of 1000."""

    name = fields.String()
    hard = fields.Boolean()
    state = fields.String()
    wanted = fields.Raw(allow_none=True)
    found = fields.Raw(allow_none=True)
    gap = fields.Raw(allow_none=True)
    points = fields.Raw(allow_none=True)
    weight = fields.Integer()
    most = fields.Float(allow_none=True, metadata={"description": "What it could bring of 100; null for a gate."})
    earned = fields.Float(allow_none=True, metadata={"description": "What it brings of that."})
    reason = fields.Nested(Reason, required=True)


class AlertGate(Strict):
    """One alert condition of the search, whether it is met, and the setting that decides it."""

    code = fields.String(required=True)
    open = fields.Boolean(required=True)
    value = fields.String(required=True, allow_none=True)


class Explanation(MatchOut):
    """The whole verdict on a pair of any kind."""

    sometimes = frozenset({"taste", "preference", "viewed"})

    criteria = fields.List(fields.Nested(CriterionOut), required=True)
    gates = fields.List(fields.Nested(AlertGate), required=True)
    listing_sequence = fields.Integer(required=True)
    search_sequence = fields.Integer(required=True)


class ImprovementOut(Strict):
    """A change of the listing or of the wishes; `patch` of the search or `price` of the listing makes it.

    `opens_contacts` others would match at the price; `opens_listings` would match with the patch, this one included.
    """

    code = fields.String(required=True, validate=validate.OneOf(IMPROVEMENTS))
    side = fields.String(required=True, validate=validate.OneOf((LISTING, SEARCH)))
    criterion = fields.String(required=True)
    figures = fields.Dict(keys=fields.String(), required=True)
    patch = fields.Dict(keys=fields.String(), required=True, allow_none=True)
    price = fields.Float(required=True, allow_none=True)
    opens_contacts = fields.Integer(required=True, allow_none=True)
    opens_listings = fields.Integer(required=True, allow_none=True)


class Improvements(Strict):
    """The changes that would make a pair a match; where `together`, one change of each criterion is needed at once."""

    saved_search_id = fields.String(required=True)
    listing_id = fields.String(required=True)
    contact_id = fields.String(required=True)
    together = fields.Boolean(required=True)
    items = fields.List(fields.Nested(ImprovementOut), required=True)
