import pytest

from flagstaff.evaluation.references import InvalidReference, parse_reference


@pytest.mark.parametrize(
    ("reference", "path"),
    [
        ("name", ("name",)),
        ("/name", ("name",)),
        ("a/b", ("a/b",)),
        ("a~b", ("a~b",)),
        ("a~", ("a~",)),
        ("/a/b/c", ("a", "b", "c")),
        ("/a~1b", ("a/b",)),
        ("/a~0b", ("a~b",)),
        ("/~01", ("~1",)),
        ("/~1~0/~0~1", ("/~", "~/")),
        ("/list/0", ("list", "0")),
        ("/ü/ ", ("ü", " ")),
    ],
)
def test_a_slash_starts_a_path_with_escapes(reference: str, path: tuple[str, ...]) -> None:
    assert parse_reference(reference, "user") == path


@pytest.mark.parametrize(
    "reference", ["", "/", "//", "///", "//a", "/a/", "/a//b", "/a~b", "/a~", "/a~2", "/~"]
)
def test_empty_components_and_other_escapes_are_invalid(reference: str) -> None:
    with pytest.raises(InvalidReference):
        parse_reference(reference, "user")


@pytest.mark.parametrize("reference", ["/", "/a/b", "/a~b", "//a", "plain"])
def test_without_context_kind_every_text_is_one_name(reference: str) -> None:
    assert parse_reference(reference, "") == (reference,)


def test_an_empty_reference_is_invalid_even_then() -> None:
    with pytest.raises(InvalidReference):
        parse_reference("", "")
