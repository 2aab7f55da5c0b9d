"""A unit on its way from the event loop through a thread and back."""

import asyncio
import contextvars
from dataclasses import dataclass, field
from typing import Any

from flagstaff.storage.groups import Outcome, Unit


@dataclass
class Waiting:
    """Handed to a thread, which leaves the outcome; `release` then answers whoever waits for the future."""

    unit: Unit
    context: contextvars.Context
    future: "asyncio.Future[Any]"
    outcome: Outcome = field(default_factory=Outcome)

    def release(self) -> None:
        """On the loop: answer whoever waits, unless they have gone."""
        if self.future.done():
            return
        if self.outcome.error is None:
            self.future.set_result(self.outcome.result)
        else:
            self.future.set_exception(self.outcome.error)
