import pytest

from flagstaff.features.segments.descriptions import describe_change
from tests.support.segments import a_segment, a_segment_rule, a_target

NORDIC = "**if** user `country` **is one of** `SE`, `NO`"
ACME, BOLT = a_target("acme", kind="org"), a_target("bolt", kind="device")


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ({}, {}, ""),
        ({}, {"name": "Friends"}, "- Changed the name from ~~`Beta testers`~~ to `Friends`"),
        ({}, {"description": "Who helps"}, "- Added the description `Who helps`"),
        ({"description": "Who helps"}, {}, "- Removed the description ~~`Who helps`~~"),
        ({"tags": ("a", "b")}, {"tags": ("b", "c")}, "- Added tag `c`\n\n- Removed tag ~~`a`~~"),
        ({}, {"included": (a_target("ann"),)}, "- Added the included user `ann`"),
        ({"excluded": (ACME,)}, {}, "- Removed the excluded org ~~`acme`~~"),
        (
            {"included": (a_target("ann", "bob"),)},
            {"included": (a_target("bob", "eve"),)},
            "- Added the included user `eve`\n\n- Removed the included user ~~`ann`~~",
        ),
        (
            {"included": (a_target("ann", "bob"),)},
            {"included": (a_target("bob", "ann"),)},
            "- Changed the order of the included targets",
        ),
        (
            {"excluded": (ACME, BOLT)},
            {"excluded": (BOLT, ACME)},
            "- Changed the order of the excluded targets",
        ),
        ({}, {"rules": (a_segment_rule(),)}, f"- Added, as number 1, the rule {NORDIC} **let in** all"),
        (
            {"rules": (a_segment_rule(weight=10_000, bucket_by="city", description="North"),)},
            {},
            f"- Removed the rule ~~{NORDIC} **let in** 10% by `user city` (description `North`)~~",
        ),
        (
            {"rules": (a_segment_rule(),)},
            {"rules": (a_segment_rule(rollout_context_kind="org"),)},
            f"- Changed whom rule 1 ({NORDIC}) lets in from ~~all~~ to all by `org key`",
        ),
        ({}, {"name": "a`b"}, "- Changed the name from ~~`Beta testers`~~ to `` a`b ``"),
    ],
)
def test_each_thing_that_changed_is_an_item(before, after, words):
    assert describe_change(a_segment(**before), a_segment(**after)) == words


def test_many_targets_are_counted_after_the_first_ones():
    many = a_target(*(f"u{number}" for number in range(1_521)))
    added = describe_change(a_segment(), a_segment(included=(many,))).split("\n\n")
    assert (added[0], added[20]) == (
        "- Added the included user `u0`",
        "- Added 1,501 more to the included user targets",
    )
    removed = describe_change(a_segment(included=(many,)), a_segment()).split("\n\n")
    assert removed[20:] == ["- Removed 1,501 more from the included user targets"]
