"""The words of the dialogs about a contact."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from syrupy.assertion import SnapshotAssertion

from services.gateway.pages.contact_entries.forms import CallForm, ConsentForm
from services.gateway.web.forms.page_form import FormErrors
from tests.builders import (
    a_contact,
)
from tests.unit.gateway.rendering import a_request, words_of


@pytest.mark.parametrize(
    ("template", "values"),
    [
        ("contact_entries/call.html", {"form": CallForm(listing_id="listing-1")}),
        ("contact_entries/consent.html", {"form": ConsentForm(), "choices": [("alerts.email", "New homes")]}),
    ],
)
def test_the_words_of_the_dialogs(
    pages: Flask, template: str, values: dict[str, Any], snapshot: SnapshotAssertion
) -> None:
    with a_request(pages):
        html = pages.jinja_env.get_template(template).render(contact=a_contact(), errors=FormErrors(), **values)
        assert words_of(html, "dialog") == snapshot
