"""Errors of properties, shown at the form's fields in the reader's language."""

from __future__ import annotations

from collections.abc import Container

from services.gateway.web.forms.page_form import FormErrors

# Fields of properties that forms show under another name.
FORM_FIELDS = {
    "owner_contact_ids": "owner_contact_id",
    "features": "more_features",
    "features_absent": "more_features",
}


def errors_shown(errors: FormErrors, shown_fields: Container[str]) -> FormErrors:
    """Errors of properties under the names of the form's fields; those of fields that it does not show stand on top."""
    shown, others = FormErrors(), []
    for name, text in errors.items():
        shown_as = _form_field(name)
        if shown_as in shown_fields or shown_as.startswith(("remarks_", "feature_")):
            shown[shown_as] = text
        elif shown_as:
            others.append(f"{shown_as}: {text}")
        else:
            shown[""] = text
    if others:
        shown[""] = " ".join(filter(None, (shown.get(""), *others)))
    return shown


def _form_field(name: str) -> str:
    group, _dot, rest = name.partition(".")
    if group == "public_remarks":
        return f"remarks_{rest.partition('.')[0]}"
    return FORM_FIELDS.get(group, group)
