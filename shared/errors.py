"""What can go wrong, in statuses that HTTP understands; raised anywhere, rendered in shared.http.problems alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shared.codes import FieldError

# By field: Codes called with their figures; what is nested in a field, by its own fields.
Errors = Mapping[str, Sequence[str] | Mapping[str, object]]


class DomainError(Exception):
    """A refusal: a status, an English sentence or a Code called with its figures, and by field what is wrong there."""

    status = 400
    title = "Bad request"
    service = ""  # who refused, where that was another service

    def __init__(self, detail: str, errors: Errors | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = dict(errors or {})

    @property
    def code(self) -> str:
        """What is refused, for programs: the code of the sentence, else the status's own name."""
        return self.detail.code if isinstance(self.detail, FieldError) else self.title.lower().replace(" ", "_")


class Unauthorized(DomainError):
    """Nobody we know: no token, or one that is forged, expired or meant for somebody else."""

    status, title = 401, "Unauthorized"


class Forbidden(DomainError):
    """Known, but not allowed to do this."""

    status, title = 403, "Forbidden"


class NotFound(DomainError):
    """It does not exist, or it is another agency's: the two must look the same."""

    status, title = 404, "Not found"


class Conflict(DomainError):
    """The state of things does not allow it, or somebody else was faster."""

    status, title = 409, "Conflict"


class PreconditionFailed(DomainError):
    """If-Match named a version that is no longer the current one."""

    status, title = 412, "Precondition failed"


class Invalid(DomainError):
    """A field is wrong; `errors` holds its codes by field."""

    status, title = 422, "Unprocessable content"


class PreconditionRequired(DomainError):
    """A change without If-Match could overwrite somebody's work."""

    status, title = 428, "Precondition required"


class TooManyRequests(DomainError):
    """Slow down."""

    status, title = 429, "Too many requests"


class Unavailable(DomainError):
    """Something that we need is away for now; the same call may work in a moment."""

    status, title = 503, "Service unavailable"


class NotYetKnown(Exception):
    """An event speaks of something that has not arrived yet; it is parked and tried again."""


class Pause(Exception):
    """What a handler needs is away (not the message's fault); hold the message and try it again."""
