from flagstaff.evaluation.context import parse_context
from flagstaff.features.console.explanations.material import Material
from flagstaff.features.console.explanations.represent import represent_trace
from tests.support.flags import a_flag, a_rule, a_state, a_targeting
from tests.support.sdk_data import USER, a_dataset
from tests.support.sdk_data import a_clause as wire_clause
from tests.support.sdk_data import a_flag as wire_flag
from tests.support.sdk_data import a_rule as wire_rule

CONTEXT = parse_context(USER)


def test_rules_are_named_in_their_order() -> None:
    targeting = a_targeting(on=True, rules=(a_rule("one", description="First"), a_rule("two")))
    rules = [wire_rule(wire_clause("country", "in", "SE")), wire_rule(wire_clause("key", "in", "user-key"))]
    trace = a_dataset(wire_flag("checkout", rules=rules)).explain("checkout", CONTEXT)

    shown = represent_trace(
        trace, Material("test", {"checkout": a_state(a_flag(), test=targeting)}, {}), CONTEXT
    )

    assert [(rule.id, rule.description, rule.state) for rule in shown.rules] == [
        ("one", "First", "notMet"),
        ("two", "", "met"),
    ]


def test_a_flag_that_is_unknown_here_is_shown_by_key() -> None:
    trace = a_dataset().explain("gone", CONTEXT)
    shown = represent_trace(trace, Material("test", {}, {}), CONTEXT)
    assert (shown.key, shown.name, shown.exists, shown.value) == ("gone", "", False, None)
