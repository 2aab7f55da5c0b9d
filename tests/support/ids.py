"""A source of ids that counts instead of drawing, so that a test can name what it gets."""

from itertools import count

from flagstaff.kernel.ids import Ids


def counting_ids(start: int = 1) -> Ids:
    numbers = count(start)
    return Ids(lambda size: next(numbers).to_bytes(size, "big"))


def nth_uuid(number: int) -> str:
    """The UUID that is the `number`-th draw of `counting_ids()`."""
    return counting_ids(number).uuid()
