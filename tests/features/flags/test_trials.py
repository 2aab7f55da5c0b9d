import pytest

from flagstaff.features.flags.trials import as_wire, fits, run
from flagstaff.kernel.errors import InvalidRequest
from tests.support.flags import a_rule, a_state

ON = {"kind": "turnFlagOn"}


def test_instructions_fit_when_they_make_what_is_wanted():
    assert fits(a_state(), "test", [ON], lambda state: state.environments["test"].on)
    assert not fits(a_state(), "test", [ON], lambda state: not state.environments["test"].on)


def test_instructions_that_cannot_be_run_do_not_fit():
    assert not fits(a_state(), "nowhere", [ON], lambda _: True)


def test_nothing_that_needs_a_new_id_is_tried_out():
    with pytest.raises(InvalidRequest, match="a new id is needed"):
        run(a_state(), "", [{"kind": "addVariation", "value": "pink"}])


def test_structs_are_written_as_json_has_them():
    assert as_wire((a_rule("1", clauses=()),))[0]["clauses"] == []
