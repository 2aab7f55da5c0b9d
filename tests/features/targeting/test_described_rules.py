import pytest

from flagstaff.features.targeting.described_rules import describe_rules
from flagstaff.features.targeting.model import ClauseRule
from tests.support.clauses import a_clause

ONE = ClauseRule(id="1", clauses=(a_clause("c1"),))
TWO = ClauseRule(id="2", clauses=(a_clause("c2", attribute="age", values=(7,)),), description="Seven")
NORDIC = "**if** user `country` **is one of** `SE`, `NO`"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ((ONE,), (TWO,), ["Removed the rule ~~gone 1~~", "Added, as number 1, the rule come 2"]),
        (
            (ONE, TWO),
            (TWO, ClauseRule(id="1", clauses=ONE.clauses, description="North")),
            [
                f"Changed the description of rule 1 ({NORDIC}) to `North`",
                f"rule 1 ({NORDIC}) otherwise",
                f"Changed the order of the rules from ~~{NORDIC}, `Seven`~~ to `Seven`, `North`",
            ],
        ),
        (
            (TWO,),
            (ClauseRule(id="2", clauses=(a_clause("c2", attribute="age", values=(8,)),)),),
            [
                "Removed the values ~~`7`~~ from the clause user `age` **is one of** `7` of rule 1 (`Seven`)",
                "Added the values `8` to the clause user `age` **is one of** `7` of rule 1 (`Seven`)",
                "Changed the description of rule 1 (`Seven`) from ~~`Seven`~~ to none",
                "rule 1 (`Seven`) otherwise",
            ],
        ),
        ((ONE, TWO), (ONE, TWO), []),
    ],
)
def test_whoever_has_the_rules_says_them_whole_and_what_is_their_own(before, after, said):
    assert said == list(
        describe_rules(
            before,
            after,
            gone=lambda rule: f"gone {rule.id}",
            come=lambda rule: f"come {rule.id}",
            changed=lambda _before, _after, rule: [f"{rule} otherwise"],
        )
    )
