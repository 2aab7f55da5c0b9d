"""What a process serves: all of it, or its roles' part."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from falcon.asgi import Request, Response

from flagstaff.http.operations import Endpoint, Operation
from flagstaff.kernel.errors import Unavailable


def select_rows(
    rows: Mapping[str, Iterable[Operation | Endpoint]], roles: Collection[str]
) -> Iterator[Operation | Endpoint]:
    """The rows of these roles; those of others answer 503, since SDKs take 404 for good."""
    for role, found in rows.items():
        for row in found:
            yield row if role in roles else Endpoint(row.method, row.path, _answer_elsewhere)


async def _answer_elsewhere(_: Request, __: Response, ___: dict[str, str]) -> None:
    raise Unavailable("Another process serves this: see FLAGSTAFF_ROLES", retry_after=1)
