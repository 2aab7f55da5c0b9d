import msgspec

from flagstaff.features.segments.model import FlagUse
from flagstaff.features.segments.represent import represent_membership, represent_segment
from tests.support.segments import NOW, PLACE, a_segment, a_segment_rule, a_target

LINKS = {
    "self": {"href": "/api/v2/segments/shop/live/beta", "type": "application/json"},
    "parent": {"href": "/api/v2/segments/shop/live", "type": "application/json"},
    "site": {"href": "/shop/live/segments/beta", "type": "text/html"},
}


def test_an_empty_segment_shows_its_empty_lists_and_no_description():
    assert msgspec.to_builtins(represent_segment(PLACE, a_segment())) == {
        "key": "beta",
        "name": "Beta testers",
        "tags": (),
        "creationDate": NOW - 2000,
        "lastModifiedDate": NOW - 1000,
        "_links": LINKS,
        "included": (),
        "excluded": (),
        "includedContexts": (),
        "excludedContexts": (),
        "rules": (),
        "version": 1,
        "deleted": False,
        "unbounded": False,
        "generation": 1,
    }


def test_users_stand_apart_from_other_kinds():
    listed = (a_target("ann"), a_target("acme", kind="org"))
    shown = msgspec.to_builtins(represent_segment(PLACE, a_segment(included=listed, excluded=listed)))
    for side in ("included", "excluded"):
        assert shown[side] == ("ann",)
        assert shown[f"{side}Contexts"] == ({"contextKind": "org", "values": ("acme",)},)


def test_a_rule_shows_only_what_it_has():
    bare = a_segment_rule("rule-1", clauses=())
    full = a_segment_rule(
        "rule-2", clauses=(), weight=0, bucket_by="city", rollout_context_kind="org", description="x"
    )
    shown = msgspec.to_builtins(represent_segment(PLACE, a_segment(rules=(bare, full))))
    assert shown["rules"] == (
        {"_id": "rule-1", "clauses": ()},
        {
            "_id": "rule-2",
            "clauses": (),
            "weight": 0,
            "rolloutContextKind": "org",
            "bucketBy": "city",
            "description": "x",
        },
    )


def test_the_flags_that_use_it_are_linked():
    shown = msgspec.to_builtins(represent_segment(PLACE, a_segment(), [FlagUse("checkout", "Checkout")]))
    assert shown["_flags"] == (
        {
            "name": "Checkout",
            "key": "checkout",
            "_links": {"self": {"href": "/api/v2/flags/shop/checkout", "type": "application/json"}},
            "_site": {"href": "/shop/live/features/checkout", "type": "text/html"},
        },
    )


def test_a_context_that_is_listed_is_not_said_to_match_a_rule():
    def reasons(**how):
        shown = represent_membership(PLACE, a_segment(), **how)
        return shown.is_member, shown.is_individually_targeted, shown.is_rule_targeted

    assert reasons(member=True, listed=True) == (True, True, False)
    assert reasons(member=True, listed=False) == (True, False, True)
    assert reasons(member=False, listed=False) == (False, False, False)
