"""The interface between a sender and a channel, and the possible results of sending."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

Message = TypeVar("Message", contravariant=True)
WRONG_ADDRESS = "RCPT"  # the step at which a recipient is refused


class State(StrEnum):
    """The result of sending."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    DEFERRED = "deferred"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Outcome:
    """The state, the other side's code if any, and its text (200 characters at most)."""

    state: State
    code: int | None
    reason: str

    @property
    def refuses_address(self) -> bool:
        """Whether the address was refused for good: nothing is to be sent there again."""
        return self.state is State.REFUSED and self.reason.startswith(WRONG_ADDRESS)


class Channel(Protocol[Message]):
    """A channel to a person: e-mail; in-app messages, push, SMS and webhooks are planned."""

    name: str

    def hand_over(self, message: Message, before_final_step: Callable[[], None]) -> Outcome:
        """Send one message to one recipient.

        `before_final_step` is called once, just before the step after which only the other side knows whether the
        message arrived. An error that it raises is passed on, and the message is not delivered.
        """
