"""Docstrings out of rows."""

from generator.arguments import list_arguments
from generator.wording import describe, describe_kind, list_errors
from launch_darkly_python_sdk.kinds import parse_kind
from tests.generator.tables import a_row, a_shape, a_table


def test_a_docstring_has_endpoint_arguments_answer_and_errors() -> None:
    row = a_row(query={"limit": "int"}, answer="[Thing]", beta=True, errors=[404, 500])
    table = a_table(row, shapes=(a_shape("Thing"),))
    assert describe(row, list_arguments(table, row)) == (
        "Show one thing.\n"
        "\n"
        "GET /api/v2/things/{id}, in beta\n"
        "\n"
        "  id (text, required): Id.\n"
        "  limit (integer): Limit.\n"
        "\n"
        "Answers list of Thing.\n"
        "Raises NotFound (404), ServerError (500)."
    )


def test_a_docstring_says_that_one_format_is_given() -> None:
    row = a_row(call="PATCH /api/v2/things", body="[PatchOperation]", patch=["json", "semantic"])
    text = describe(row, list_arguments(a_table(row), row))
    assert "Exactly one of patch, instructions, body is given." in text
    row = a_row(call="PATCH /api/v2/things", body="[PatchOperation]", patch=["json"], bare=True)
    assert "At most one of patch, body is given." in describe(row, list_arguments(a_table(row), row))


def test_long_lines_are_wrapped_but_endpoints_are_not() -> None:
    path = "/api/v2/" + "things/" * 20
    row = a_row(call=f"GET {path}", does="Shows " + "many " * 40 + "things.", errors=[])
    lines = describe(row, []).split("\n")
    assert f"GET {path}" in lines
    assert max(len(line) for line in lines if path not in line) <= 100
    assert lines[-1] == "Answers None."


def test_kinds_have_words() -> None:
    assert describe_kind(parse_kind("{[millis]}")) == "dictionary of list of Unix milliseconds"
    assert list_errors(a_row(errors=[409])) == ["Conflict (409)"]
