"""The HTTP door of matching."""

from __future__ import annotations

from services.matching.api.advice import advice
from services.matching.api.feedback import opinions
from services.matching.api.matches import matches
from services.matching.api.searches import searches
from services.matching.api.vocabulary import choices, words

BLUEPRINTS = (searches, matches, advice, opinions, words, choices)
