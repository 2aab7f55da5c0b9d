"""What a member has chosen in the console, on the wire. All of it is bounded: nobody else looks at it."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

MOST_COLUMNS, MOST_VIEWS = 50, 100
Column = Annotated[str, Meta(min_length=1, max_length=64)]
Columns = Annotated[tuple[Column, ...], Meta(max_length=MOST_COLUMNS)]
Pixels = Annotated[int, Meta(ge=1, le=10_000)]


class ColumnChoice(Struct, frozen=True, forbid_unknown_fields=True):
    """Columns of the list of flags: all that were known in their order, those hidden, widths in pixels."""

    order: Columns = ()
    hidden: Columns = ()
    widths: Annotated[dict[Column, Pixels], Meta(max_length=MOST_COLUMNS)] = {}


class View(Struct, frozen=True, forbid_unknown_fields=True):
    """A name for what the address of the list of flags asks for, such as `status=active&sort=name`."""

    name: Annotated[str, Meta(min_length=1, max_length=80)]
    query: Annotated[str, Meta(max_length=2_000)]


Views = Annotated[tuple[View, ...], Meta(max_length=MOST_VIEWS)]


class Preferences(Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """`flagViews` by project key. What has never been chosen is missing."""

    flag_columns: ColumnChoice | UnsetType = UNSET
    flag_views: dict[str, Views] = {}
