"""HTTP shapes of feedback."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from services.matching.codes import REASON_WITHOUT_DISCARD
from services.matching.model import PREFERENCES, REASONS
from shared.http.schemas import Instant, Name, PageQuery, Reply, Strict


class FeedbackIn(Strict):
    """A person's opinion of a home, null to remove it; a reason belongs to a discard."""

    preference = fields.String(required=True, allow_none=True, validate=validate.OneOf(PREFERENCES))
    reason = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(REASONS))
    reason_text = Name(500, load_default=None, allow_none=True)
    viewed = fields.Boolean(load_default=True, truthy={True}, falsy={False})

    @validates_schema
    def _reasons(self, data: dict[str, Any], **_: Any) -> None:
        for name in ("reason", "reason_text"):
            if data.get(name) is not None and data.get("preference") != "discard":
                raise ValidationError(REASON_WITHOUT_DISCARD, name)


class Said(Reply):
    """One state of an opinion."""

    preference = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)
    reason_text = fields.String(allow_none=True)
    viewed = fields.Boolean()
    by = fields.String()


class Before(Said):
    """An earlier state."""

    at = Instant()


class FeedbackOut(Said):
    """A person's present opinion, and earlier states, oldest first."""

    contact_id = fields.String(required=True)
    listing_id = fields.String(required=True)
    version = fields.Integer(required=True)
    changed_at = Instant()
    history = fields.List(fields.Nested(Before))


class FeedbackQuery(PageQuery):
    """A page of opinions, of one preference where it is given."""

    preference = fields.String(load_default=None, validate=validate.OneOf(PREFERENCES))
