"""A contact's stage, consents and calls in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask

from services.gateway.web.vocabulary import label, options, word_of
from shared.vocabulary.consents import CHANNELS, CONSENT_PURPOSES
from shared.vocabulary.contacts import CALL_OUTCOMES, CONTACT_STAGES


def stage_name(code: str) -> str:
    """The stage of a contact."""
    return label(CONTACT_STAGES, code)


def stages() -> list[tuple[str, str]]:
    """The stages that forms offer."""
    return options(CONTACT_STAGES)


def purpose_name(code: str) -> str:
    """The purpose of a consent."""
    return label(CONSENT_PURPOSES, code)


def channel_name(code: str) -> str:
    """The channel of a consent."""
    return word_of(CHANNELS, code)


def consent_words(consent: Mapping[str, Any]) -> str:  # a consent of leads, or the figures of a timeline's line
    """The purpose and channel of a consent in a few words."""
    return f"{purpose_name(consent['purpose'])}, {channel_name(consent['channel'])}"


def outcome_name(code: str | None) -> str:
    """The outcome of a call."""
    return word_of(CALL_OUTCOMES, code)


def outcomes() -> list[tuple[str, str]]:
    """The outcomes of a call that forms offer."""
    return options(CALL_OUTCOMES)


def register(app: Flask) -> None:
    """Give the templates these words."""
    names = (stage_name, purpose_name, channel_name, consent_words, outcome_name)
    app.jinja_env.filters.update({name.__name__: name for name in names})
    app.jinja_env.globals.update(STAGES=stages, OUTCOMES=outcomes)
