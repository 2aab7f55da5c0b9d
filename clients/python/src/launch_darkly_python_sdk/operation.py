"""Operations as the generated groups state them: one per method of the API."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

# Where an argument goes: into the path, the query, a field of the body, a part of a form, the body as a
# whole, or into a patch, whose format it then decides.
Place = Literal["path", "query", "field", "form", "body", "patch"]
# How the next page is found: by the link in the answer, the token in it, or by counting; "none" has no next.
Paging = Literal["", "links", "token", "offset", "none"]


class Argument(NamedTuple):
    """An argument of a method: where it goes, of which kind it is, and its name on the wire."""

    place: Place
    kind: str
    wire: str
    required: bool = False
    same_as: str = ""  # the documented name of which this is another spelling


class Operation(NamedTuple):
    """`body`, `answer` and the kinds of arguments are in the notation of `kinds`.

    `formats` are those of a patch; `wrapped` says that even a bare JSON patch is an object with `patch`;
    `environment` that instructions are accompanied by the environment of the path; `bare` that the patch may
    be left out, as its documentation does.
    `repeatable` calls may be sent again when nobody knows whether they arrived.
    """

    name: str
    http: str
    path: str
    arguments: Mapping[str, Argument] = MappingProxyType({})
    body: str = ""
    answer: str = ""
    formats: tuple[str, ...] = ()
    wrapped: bool = False
    environment: bool = False
    bare: bool = False
    paging: Paging = ""
    repeatable: bool = False
    beta: bool = False
    doc: str = ""

    @property
    def title(self) -> str:
        return f"{self.http} {self.path}"
