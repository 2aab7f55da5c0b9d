import msgspec
import pytest
from msgspec.structs import replace

from flagstaff.features.segments.model import MAX_TARGETS, Segment, check_segment_key, settle
from flagstaff.kernel.errors import InvalidRequest
from tests.support.clauses import a_clause
from tests.support.segments import NOW, a_rule_asking_for, a_segment, a_segment_rule, a_target


def test_a_changed_segment_gets_the_next_version_and_the_moment():
    before = a_segment(version=3)
    after = settle(before, replace(before, name="Friends"), NOW)
    assert (after.name, after.version, after.last_modified_date) == ("Friends", 4, NOW)


def test_a_segment_that_comes_out_as_it_went_in_is_the_same_one():
    before = a_segment(included=(a_target("ann"),))
    assert settle(before, replace(before, included=(a_target("ann"),)), NOW) is before


def test_a_value_of_another_type_is_a_change_even_where_python_sees_none():
    before = a_segment(rules=(a_segment_rule(clauses=(a_clause(values=(1,)),)),))
    after = replace(before, rules=(a_segment_rule(clauses=(a_clause(values=(True,)),)),))
    assert settle(before, after, NOW).version == 2


def test_the_lists_of_a_segment_are_bounded_together():
    half = tuple(f"user-{number}" for number in range(MAX_TARGETS // 2))
    full = a_segment(included=(a_target(*half),), excluded=(a_target(*half, kind="org"),))
    assert settle(a_segment(), full, NOW).version == 2
    with pytest.raises(InvalidRequest, match="would list 15,001"):
        settle(full, replace(full, included=(*full.included, a_target("one", kind="device"))), NOW)


def test_the_segments_that_rules_ask_for_are_those_of_all_their_clauses():
    rules = (a_rule_asking_for("staff", "friends"), a_segment_rule("rule-2"), a_rule_asking_for("staff"))
    assert a_segment(rules=rules).segments == {"staff", "friends"}


@pytest.mark.parametrize("key", ["expiring-targets", "expiring-user-targets", "triggers"])
def test_a_word_of_a_path_cannot_be_a_segment_key(key):
    with pytest.raises(InvalidRequest, match="reserved word"):
        check_segment_key(key)


@pytest.mark.parametrize("key", ["", "-a", "a/b", "a b", "a" * 257])
def test_a_malformed_segment_key_is_refused(key):
    with pytest.raises(InvalidRequest, match="segment key"):
        check_segment_key(key)


def test_a_default_that_a_caller_spells_out_is_no_change():
    before = a_segment(rules=(a_segment_rule(),))
    sent = msgspec.json.decode(msgspec.json.encode(before), type=Segment)
    assert settle(before, sent, NOW) is before
