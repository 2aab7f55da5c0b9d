"""A flag in all environments beside each other, and promoting parts of it from one to another."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.console.accessibility import find_violations
from tests.support.process import Process

LONG = "Checkout redesign for everybody who pays with a gift card in one of our own shops"
FLAG = "/flags/promotion/checkout-redesign"
PAGE = "/promotion/production/flags/checkout-redesign"
ENVIRONMENTS = [
    ("staging", "Staging", "b07a12"),
    ("production", "Production", "b9402a"),
    ("test", "Test", "5b63b8"),
]


def _clause(attribute: str, op: str, *values: str) -> dict[str, Any]:
    return {"contextKind": "user", "attribute": attribute, "op": op, "negate": False, "values": list(values)}


@pytest.fixture(scope="module", autouse=True)
def flag(server: Process) -> None:
    made = [{"key": key, "name": name, "color": color} for key, name, color in ENVIRONMENTS]
    made[1] |= {"critical": True, "requireComments": True}
    server.call("POST", "/projects", {"key": "promotion", "name": "Promotion", "environments": made})
    server.call("POST", "/flags/promotion", {"key": "basket-service", "name": "Basket service"})
    values = [{"value": value, "name": value.capitalize()} for value in ("classic", "single", "express")]
    defaults = {"onVariation": 0, "offVariation": 0}
    body = {"key": "checkout-redesign", "name": LONG, "variations": values, "defaults": defaults}
    ids = [one["_id"] for one in server.call("POST", "/flags/promotion", body)["variations"]]
    basket = server.call("GET", "/flags/promotion/basket-service")["variations"][0]["_id"]

    def old_apps(version: str) -> dict[str, Any]:
        clauses = [_clause("version", "semVerLessThan", version)]
        return {"kind": "addRule", "description": "Old apps", "clauses": clauses, "variationId": ids[0]}

    gift_cards = [_clause("paid_with", "contains", "gift-card"), _clause("country", "in", "fi", "se")]
    shares = {ids[0]: 60_000, ids[1]: 25_000, ids[2]: 15_000}
    changes: dict[str, list[dict[str, Any]]] = {
        "staging": [
            {"kind": "turnFlagOn"},
            {"kind": "addPrerequisite", "key": "basket-service", "variationId": basket},
            {"kind": "addTargets", "contextKind": "user", "values": ["ada", "grace"], "variationId": ids[1]},
            old_apps("5.3.1"),
            {
                "kind": "addRule",
                "description": "Gift card payers",
                "clauses": gift_cards,
                "variationId": ids[0],
                "trackEvents": True,
            },
        ],
        "production": [
            old_apps("5.2.0"),
            {"kind": "updateFallthroughVariationOrRollout", "rolloutWeights": shares},
        ],
        "test": [
            {"kind": "addRule", "clauses": [_clause("email", "endsWith", "@test")], "variationId": ids[2]},
        ],
    }
    for environment, instructions in changes.items():
        patch = {"environmentKey": environment, "instructions": instructions}
        server.call("PATCH", FLAG, patch, semantic=True)


def test_chosen_parts_are_copied_to_another_environment_and_taken_back(
    page: Page, server: Process, axe: str
) -> None:
    before = server.call("GET", FLAG)["environments"]["production"]
    page.goto(PAGE)
    expect(page.get_by_role("heading", name=LONG)).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("e")
    table = page.get_by_role("table", name="Settings by environment")
    expect(table).to_contain_text("6 differences, 2 parts the same")
    expect(table.get_by_role("row", name=re.compile("^Gift card payers"))).to_contain_text("only in Staging")
    expect(table.get_by_role("row", name=re.compile("^When off"))).to_contain_text("same")
    expect(table.get_by_role("row", name=re.compile("^Events"))).to_contain_text("sends counts")
    expect(table.get_by_role("row", name=re.compile("^Gift card payers"))).to_contain_text(
        "sends every evaluation"
    )
    expect(table.get_by_role("row", name=re.compile("^Other rules"))).to_contain_text("@test")

    page.get_by_role("switch", name="Only differences").click()
    expect(table.get_by_role("row", name=re.compile("^When off"))).to_be_hidden()
    for part in ("Requires", "Old apps", "Gift card payers"):
        page.get_by_role("checkbox", name=f"Copy {part} from Staging to Production").click()
    expect(table).to_contain_text("Will be added")
    expect(page).to_have_url(re.compile(r"/environments\?only=differences&pick=prerequisites"))
    page.reload()
    expect(page.get_by_text("3 of 6 differences picked")).to_be_visible()
    assert find_violations(page, axe) == []
    page.get_by_role("button", name="Review copy to Production").click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("5.3.1")
    save = drawer.get_by_role("button", name="Save to Production")
    expect(save).to_be_disabled()
    assert find_violations(page, axe) == []
    drawer.get_by_role("textbox", name="Why").fill("OPS-12")
    save.click()

    expect(table).to_contain_text("3 differences")
    after = server.call("GET", FLAG)["environments"]["production"]
    assert [rule["description"] for rule in after["rules"]] == ["Old apps", "Gift card payers"]
    assert after["rules"][0]["_id"] == before["rules"][0]["_id"]
    assert after["rules"][0]["clauses"][0]["values"] == ["5.3.1"]
    assert [rule["trackEvents"] for rule in after["rules"]] == [False, True]
    assert (after["on"], after["fallthrough"]) == (before["on"], before["fallthrough"])
    assert [needed["key"] for needed in after["prerequisites"]] == ["basket-service"]

    page.get_by_role("button", name="Undo").click()
    expect(table).to_contain_text("6 differences")
    assert server.call("GET", FLAG)["environments"]["production"]["rules"] == before["rules"]

    expect(page.get_by_role("button", name="Review copy to Production")).to_have_count(0)
    page.get_by_role("button", name="Copy to Production", exact=True).click()
    page.get_by_role("option", name="Staging").click()
    expect(page).to_have_url(
        re.compile(r"/promotion/staging/.*/environments\?only=differences&from=production$")
    )
    expect(page.get_by_role("button", name="Copy from Production")).to_be_visible()


def test_the_check_ratio_of_a_migration_is_copied_with_what_stands_beside_it(
    page: Page, server: Process
) -> None:
    stages = {"stageCount": 2}
    body = {"key": "orders", "name": "Orders", "purpose": "migration", "migrationSettings": stages}
    ids = [one["_id"] for one in server.call("POST", "/flags/promotion", body)["variations"]]
    staff = [_clause("team", "in", "staff")]
    rule = {"kind": "addRule", "description": "Staff", "clauses": staff, "rolloutWeights": {ids[1]: 100_000}}
    patch = {"environmentKey": "staging", "instructions": [{"kind": "turnFlagOn"}, rule]}
    server.call("PATCH", "/flags/promotion/orders", patch, semantic=True)
    ratio = {"op": "add", "path": "/environments/staging/migrationSettings/checkRatio", "value": 20}
    server.call("PATCH", "/flags/promotion/orders", [ratio])

    page.goto("/promotion/test/flags/orders/environments?from=staging")
    table = page.get_by_role("table", name="Settings by environment")
    checks = table.get_by_role("row", name=re.compile("^Comparing both systems"))
    expect(checks).to_contain_text("one read in 20")
    expect(checks).to_contain_text("as the SDK does")
    for part in ("Staff", "Comparing both systems"):
        page.get_by_role("checkbox", name=f"Copy {part} from Staging to Test").click()
    expect(page.get_by_text("2 of 3 differences picked")).to_be_visible()
    page.get_by_role("button", name="Review copy to Test").click()
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_text("to one read in 20")).to_be_visible()
    drawer.get_by_role("button", name="Save to Test").click()

    expect(table).to_contain_text("1 difference,")
    expect(checks.get_by_role("cell", name="same")).to_be_visible()
    after = server.call("GET", "/flags/promotion/orders?expand=migrationSettings")["environments"]["test"]
    assert after["migrationSettings"] == {"checkRatio": 20}
    assert [held["description"] for held in after["rules"]] == ["Staff"]
    assert after["on"] is False
