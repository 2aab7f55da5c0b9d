"""What the methods under `.raw` answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Body = TypeVar("Body")


@dataclass(frozen=True, slots=True)
class RawResponse(Generic[Body]):
    """An answer with its status and headers; `round_trip_time` is in seconds.

    `headers` is read without regard to upper and lower case.
    """

    body: Body
    status: int
    headers: Mapping[str, str]
    round_trip_time: float
