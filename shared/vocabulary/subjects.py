"""Every subject of the vocabulary: what the catalogs are made from and the tests go through."""

from __future__ import annotations

from shared.vocabulary.consents import CHANNELS, CONSENT_PURPOSES, CONSENT_STATES
from shared.vocabulary.contacts import CALL_OUTCOMES, CONTACT_STAGES, ERASURE_GROUNDS, TIMELINE_KINDS
from shared.vocabulary.criteria import (
    ALERT_FREQUENCIES,
    CRITERIA,
    CRITERION_STATES,
    FEATURE_WEIGHTS,
    IMPROVEMENT_SIDES,
    IMPROVEMENTS,
    SCORE_PARTS,
    SEARCH_GATES,
    SEARCH_STATUSES,
)
from shared.vocabulary.dead_entries import DEAD_ENTRY_CAUSES
from shared.vocabulary.deliveries import DELIVERY_GATES, DELIVERY_REASONS, DELIVERY_STATES, REACHABILITY
from shared.vocabulary.features import FEATURES
from shared.vocabulary.field_errors import FIELD_ERRORS
from shared.vocabulary.imports import IMPORT_STATES, IMPORT_VERDICTS, PREVIEW_VERDICTS
from shared.vocabulary.listings import (
    LISTING_FIELDS,
    LISTING_QUESTIONS,
    LISTING_STATUSES,
    PRICE_PROBLEMS,
    TRANSACTIONS,
    WANTED_TRANSACTIONS,
)
from shared.vocabulary.matches import MATCH_ENTRIES, MATCH_KINDS, MATCH_LOSSES, PREFERENCES, REFUSAL_REASONS
from shared.vocabulary.property_types import PROPERTY_TYPES
from shared.vocabulary.sign_ins import ROLE_DUTIES, ROLES, SIGN_IN_OUTCOMES
from shared.vocabulary.subject import Subject

SUBJECTS: tuple[Subject, ...] = (
    PRICE_PROBLEMS,
    *(PROPERTY_TYPES, FEATURES, LISTING_STATUSES, TRANSACTIONS, WANTED_TRANSACTIONS, LISTING_FIELDS, LISTING_QUESTIONS),
    *(MATCH_KINDS, MATCH_ENTRIES, MATCH_LOSSES, PREFERENCES, REFUSAL_REASONS),
    *(CRITERIA, CRITERION_STATES, SCORE_PARTS, FEATURE_WEIGHTS, SEARCH_STATUSES, ALERT_FREQUENCIES),
    *(IMPROVEMENTS, IMPROVEMENT_SIDES, SEARCH_GATES),
    *(DELIVERY_STATES, DELIVERY_REASONS, DELIVERY_GATES, REACHABILITY),
    *(CONTACT_STAGES, CALL_OUTCOMES, ERASURE_GROUNDS, TIMELINE_KINDS),
    *(CONSENT_PURPOSES, CHANNELS, CONSENT_STATES),
    *(SIGN_IN_OUTCOMES, ROLES, ROLE_DUTIES),
    DEAD_ENTRY_CAUSES,
    FIELD_ERRORS,
    *(IMPORT_VERDICTS, PREVIEW_VERDICTS, IMPORT_STATES),
)
