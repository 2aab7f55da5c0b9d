"""What a row says of itself."""

import pytest

from flagstaff.http.operations import NoQuery, Operation
from flagstaff.kernel.patches import PatchFormat
from tests.support.rows import a_row


@pytest.mark.parametrize(
    ("name", "operation_id"),
    [("get_root", "getRoot"), ("post_flag_copy_2", "postFlagCopy2"), ("search", "search")],
)
def test_the_id_is_the_name_of_the_handler(name: str, operation_id: str) -> None:
    assert a_row(name=name).id == operation_id


def test_what_gets_something_reads() -> None:
    assert a_row("GET").reads
    assert not a_row("POST").reads
    assert a_row("POST", reads=True).reads


def test_a_body_is_taken_by_a_row_that_names_a_struct_or_a_patch_format() -> None:
    assert not a_row("POST").takes_body
    assert a_row("POST", body=NoQuery).takes_body
    assert a_row("PATCH", patch=frozenset({PatchFormat.JSON})).takes_body


def test_a_handler_without_words_is_no_operation() -> None:
    def get_secret(call):
        return call

    with pytest.raises(ValueError, match="getSecret: the handler needs a docstring"):
        Operation(get_secret, "GET", "/", ("other", "secret"))
