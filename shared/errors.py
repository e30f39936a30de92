"""Errors by HTTP status; raised anywhere, rendered only in shared.http.problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shared.codes import FieldError

# By field: Codes called with their figures; nested fields have a dictionary of their own.
Errors = Mapping[str, Sequence[str] | Mapping[str, object]]


class DomainError(Exception):
    """A refusal: a status, an English sentence or a Code called with its figures, and the errors by field."""

    status = 400
    title = "Bad request"
    service = ""  # the service that refused, where it was another one

    def __init__(self, detail: str, errors: Errors | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = dict(errors or {})

    @property
    def code(self) -> str:
        """The code for programs: that of the sentence, else the status's own name."""
        return self.detail.code if isinstance(self.detail, FieldError) else self.title.lower().replace(" ", "_")


class Unauthorized(DomainError):
    """No valid token: it is missing, forged, expired or meant for another audience."""

    status, title = 401, "Unauthorized"


class Forbidden(DomainError):
    """Signed in, but not allowed to do this."""

    status, title = 403, "Forbidden"


class NotFound(DomainError):
    """The thing does not exist, or belongs to another agency: both must look the same."""

    status, title = 404, "Not found"


class Conflict(DomainError):
    """The present state does not allow it, or another request was faster."""

    status, title = 409, "Conflict"


class PreconditionFailed(DomainError):
    """If-Match named a version that is no longer the current one."""

    status, title = 412, "Precondition failed"


class Invalid(DomainError):
    """A field is wrong; `errors` holds its codes by field."""

    status, title = 422, "Unprocessable content"


class PreconditionRequired(DomainError):
    """A change without If-Match could overwrite another person's work."""

    status, title = 428, "Precondition required"


class TooManyRequests(DomainError):
    """Too many requests."""

    status, title = 429, "Too many requests"


class Unavailable(DomainError):
    """A service or database is away; the same call may work in a moment."""

    status, title = 503, "Service unavailable"


class NotYetKnown(Exception):
    """An event refers to something that has not arrived yet; it is parked and tried again."""


class Pause(Exception):
    """A dependency of a handler is away, which is not the message's fault; hold the message and try it again."""
