import pytest

from flagstaff.features.flags.described_rules import describe_rules
from tests.support.clauses import a_clause
from tests.support.flags import a_flag, a_rollout, a_rule

ONE = a_rule("1", "a", clauses=(a_clause("c1"),))
TWO = a_rule("2", "b", clauses=(a_clause("c2", op="segmentMatch", values=("beta",)),), description="Testers")
NORDIC = "**if** user `country` **is one of** `SE`, `NO`"


def changed(rule, **members):
    return a_rule(rule.id, **({"serve": rule.serve, "clauses": rule.clauses} | members))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ((ONE,), (), [f"Removed the rule ~~{NORDIC} **serve** `red`~~"]),
        (
            (ONE,),
            (TWO, ONE),
            [
                (
                    "Added, as number 1, the rule **if** context **is in** `beta` **serve** `green` "
                    "(description `Testers`)"
                )
            ],
        ),
        (
            (),
            (a_rule("3", a_rollout(), clauses=(), ref="r", track_events=True),),
            [
                (
                    "Added, as number 1, the rule **if** **anyone** **serve** 60% `red`, 40% `green` "
                    "by `user key` (reference `r`, with detailed events)"
                )
            ],
        ),
        (
            (ONE, TWO),
            (TWO, ONE),
            [f"Changed the order of the rules from ~~{NORDIC}, `Testers`~~ to `Testers`, {NORDIC}"],
        ),
        (
            (ONE, TWO),
            (ONE, changed(TWO, serve="c", description="Testers")),
            ["Changed what is served by rule 2 (`Testers`) from ~~`green`~~ to `blue`"],
        ),
        (
            (ONE,),
            (changed(ONE, description="Nordic", ref="r", track_events=True),),
            [
                f"Changed the description of rule 1 ({NORDIC}) to `Nordic`",
                f"Changed the reference of rule 1 ({NORDIC}) to `r`",
                f"Turned on detailed events of rule 1 ({NORDIC})",
            ],
        ),
        (
            (ONE,),
            (changed(ONE, clauses=(a_clause("c1", values=("NO", "DK")),)),),
            [
                (
                    f"Removed the values ~~`SE`~~ from the clause {NORDIC.removeprefix('**if** ')} "
                    f"of rule 1 ({NORDIC})"
                ),
                f"Added the values `DK` to the clause {NORDIC.removeprefix('**if** ')} of rule 1 ({NORDIC})",
            ],
        ),
        (
            (ONE,),
            (
                changed(
                    ONE, clauses=(a_clause("c1", negate=True), a_clause("c9", op="lessThan", values=(3,)))
                ),
            ),
            [
                (
                    f"Changed a clause of rule 1 ({NORDIC}) from ~~user `country` **is one of** `SE`, `NO`~~ "
                    "to user `country` **is not one of** `SE`, `NO`"
                ),
                f"Added the clause user `country` **<** `3` to rule 1 ({NORDIC})",
            ],
        ),
        (
            (a_rule("1", clauses=(a_clause("c1"), a_clause("c2", attribute="plan"))),),
            (a_rule("1", clauses=(a_clause("c2", attribute="plan"),)),),
            [
                (
                    "Removed the clause ~~user `country` **is one of** `SE`, `NO`~~ from rule 1 ("
                    f"{NORDIC} **and** user `plan` **is one of** `SE`, `NO`)"
                )
            ],
        ),
        (
            (a_rule("1", clauses=(a_clause("c1"), a_clause("c2", attribute="plan"))),),
            (a_rule("1", clauses=(a_clause("c2", attribute="plan"), a_clause("c1"))),),
            [
                (
                    f"Changed the order of the clauses of rule 1 ({NORDIC} **and** user `plan` "
                    "**is one of** `SE`, `NO`) from ~~user `country` **is one of** `SE`, `NO` **and** user "
                    "`plan` **is one of** `SE`, `NO`~~ to user `plan` **is one of** `SE`, `NO` "
                    "**and** user `country` **is one of** `SE`, `NO`"
                )
            ],
        ),
        ((ONE, TWO), (ONE, TWO), []),
    ],
)
def test_each_change_of_a_rule_says_which_rule_it_was(before, after, said):
    assert list(describe_rules(before, after, a_flag(), a_flag())) == said
