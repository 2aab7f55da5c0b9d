"""Operations as the generated groups state them."""

from launch_darkly_python_sdk.operation import Operation


def test_an_operation_is_called_by_its_endpoint_and_has_nothing_that_is_not_stated() -> None:
    operation = Operation("tags.list", "GET", "/api/v2/tags")
    assert operation.title == "GET /api/v2/tags"
    assert (operation.arguments, operation.formats, operation.paging) == ({}, (), "")
    assert [operation.beta, operation.repeatable, operation.bare] == [False] * 3
