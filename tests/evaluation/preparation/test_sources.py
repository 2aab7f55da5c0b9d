import pytest

from flagstaff.evaluation.preparation.reading import MalformedData
from flagstaff.evaluation.preparation.sources import prepare_source
from flagstaff.evaluation.references import InvalidReference


@pytest.mark.parametrize(
    ("bucket_by", "kind", "by_key", "expected"),
    [
        (None, "", False, ("user", ("key",))),
        ("", "org", False, ("org", ("key",))),
        ("a", "", False, ("user", ("a",))),
        ("/a/b", "user", False, ("user", ("a", "b"))),
        ("/a/b", "", False, ("user", ("/a/b",))),
        ("/a/b", "org", True, ("org", ("key",))),
        ("//", "org", True, ("org", ("key",))),
    ],
)
def test_bucketing_is_by_attribute_or_key(
    bucket_by: str | None, kind: str, by_key: bool, expected: tuple[str, tuple[str, ...]]
) -> None:
    source = prepare_source({"bucketBy": bucket_by}, "k", "s", kind, by_key=by_key)
    assert (source.reading.kind, source.reading.path) == expected


@pytest.mark.parametrize(("seed", "prefix"), [(None, "k\ufffd.s.".encode()), (0, b"0."), (-7, b"-7.")])
def test_a_seed_takes_the_place_of_key_and_salt(seed: int | None, prefix: bytes) -> None:
    assert prepare_source({}, "k\ud800", "s", "", seed).prefix == prefix


def test_invalid_references_and_types_are_refused() -> None:
    with pytest.raises(InvalidReference):
        prepare_source({"bucketBy": "//"}, "k", "s", "user")
    with pytest.raises(MalformedData):
        prepare_source({"bucketBy": 5}, "k", "s", "user")
