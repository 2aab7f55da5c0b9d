"""What the methods under `.raw` answer."""

from collections.abc import Mapping
from typing import Generic, NamedTuple, TypeVar

Body = TypeVar("Body")


class RawResponse(NamedTuple, Generic[Body]):
    """An answer with its status and headers; `round_trip_time` is in seconds.

    `headers` is read without regard to upper and lower case.
    """

    body: Body
    status: int
    headers: Mapping[str, str]
    round_trip_time: float
