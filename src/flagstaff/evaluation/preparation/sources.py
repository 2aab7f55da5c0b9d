"""Prepares what rollouts and weighted segment rules bucket by."""

from typing import Any

from flagstaff.evaluation.bucketing import Source, make_source
from flagstaff.evaluation.context import DEFAULT_KIND
from flagstaff.evaluation.preparation.reading import read_optional_string
from flagstaff.evaluation.references import parse_reference


def prepare_source(
    data: dict[str, Any], key: str, salt: str, kind: str, seed: int | None = None, *, by_key: bool = False
) -> Source:
    """Prepare the source for the attribute in `bucketBy`, by default the key; raise InvalidReference."""
    reference = "" if by_key else read_optional_string(data, "bucketBy")
    path = parse_reference(reference, kind) if reference else ("key",)
    return make_source(key, salt, seed, kind or DEFAULT_KIND, path)
