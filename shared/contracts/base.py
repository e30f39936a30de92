"""The base of a contract, and field types that several contracts share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Generic, Literal, TypeVar, dataclass_transform, get_args

from pydantic import StrictBool, StrictFloat, StrictInt, StringConstraints, TypeAdapter, ValidationError

T = TypeVar("T")
# The agency id of data that belongs to no agency; agencies have generated ids.
PLATFORM = "platform"

# Nothing is converted: a value is stored and compared as it was sent.
Identifier = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Number = StrictInt | StrictFloat
Whole = StrictInt
Flag = StrictBool

Channel = Literal["email", "phone", "sms", "push", "post"]
Purpose = Literal["service", "alerts", "marketing", "sharing"]
CHANNELS: tuple[Channel, ...] = get_args(Channel)
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def event_data(cls: type[T]) -> type[T]:
    """Make a class the data of an event, or a part of it: a frozen dataclass with slots and named arguments."""
    return dataclass(frozen=True, slots=True, kw_only=True)(cls)


class BrokenContract(ValueError):
    """The data of an event does not match its contract; `fields` names where, without quoting values."""

    def __init__(self, fields: list[str]) -> None:
        super().__init__(f"data breaks the contract at {', '.join(fields)}")
        self.fields = fields


@dataclass(frozen=True)
class Contract(Generic[T]):
    """One event: the class of its data, its consumers, and where it names a person.

    `contact` is "subject", the name of a data field, or None; `personal` data is masked wherever it is shown.
    `subject` names the data field that repeats the subject, if there is one: an event where they differ is refused.
    """

    data: type[T]
    consumers: tuple[str, ...]
    contact: str | None = None
    personal: bool = False
    subject: str | None = None

    def load(self, raw: Mapping[str, Any]) -> T:
        """The data of an event as its class; unknown fields are ignored. Raises BrokenContract."""
        try:
            return self._validate(raw)
        except ValidationError as error:
            raise BrokenContract(sorted({str(one["loc"][0]) for one in error.errors()})) from None

    @cached_property
    def _validate(self) -> Callable[[Mapping[str, Any]], T]:
        return TypeAdapter(self.data).validator.validate_python
