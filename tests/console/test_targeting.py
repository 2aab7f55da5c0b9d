"""The targeting of a flag, as a person reads and changes it."""

import re
import time

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import calls
from tests.support.process import Process, wait_until

KEPT = "() => Object.keys(localStorage).some((key) => key.includes('targeting:'))"


@pytest.fixture(scope="module", autouse=True)
def flag(server: Process) -> None:
    server.call(
        "POST", "/flags/default", {"key": "express-lane", "name": "Express lane", "tags": ["checkout"]}
    )
    clause = {
        "contextKind": "user",
        "attribute": "country",
        "op": "in",
        "negate": False,
        "values": ["fi", "se"],
    }
    ids = [one["_id"] for one in server.call("GET", "/flags/default/express-lane")["variations"]]
    server.instruct(
        "express-lane",
        {"kind": "addRule", "description": "Nordic shops", "clauses": [clause], "variationId": ids[0]},
        {"kind": "addTargets", "contextKind": "user", "values": ["ada"], "variationId": ids[1]},
    )


def test_the_steps_are_read_in_the_order_in_which_they_decide(page: Page) -> None:
    page.goto("/default/test/flags/express-lane")

    steps = page.get_by_role("list", name="Steps").get_by_role("listitem")
    expect(steps.nth(0)).to_contain_text("Individual targets")
    expect(steps.nth(0)).to_contain_text("ada")
    expect(steps.nth(1)).to_contain_text("Nordic shops")
    expect(steps.nth(1)).to_contain_text("Ifuser countryis one offior se")
    expect(steps.last).to_contain_text("Everyone else")
    expect(page).to_have_title("Express lane, Test, Flagstaff")
    expect(page.get_by_role("link", name="Targeting")).to_have_attribute("aria-current", "page")
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Flags").click()
    expect(page).to_have_url(re.compile("/default/test/flags$"))


def test_a_rule_with_a_split_is_added_reviewed_saved_and_taken_back(page: Page, server: Process) -> None:
    page.goto("/default/test/flags/express-lane")
    expect(page.get_by_role("heading", name="Nordic shops")).to_be_visible()
    page.keyboard.press("r")
    rule = page.get_by_role("region", name="Rule 2")
    rule.get_by_role("textbox", name="Name of the rule").fill("A quarter of the rest")
    rule.get_by_role("combobox", name="Attribute").fill("plan")
    rule.get_by_label("Values").fill("gold")
    rule.get_by_label("Values").press("Enter")
    expect(page.get_by_role("button", name="Review changes")).to_be_disabled()
    rule.get_by_label("What it serves").click()
    page.get_by_role("option", name="Percentages").click()
    rule.get_by_role("textbox", name="Share of true in percent").fill("25")
    expect(rule.get_by_role("status")).to_contain_text("75% missing")
    rule.get_by_role("button", name="Give the rest to false").click()
    between = rule.get_by_role("slider", name="Between true and false")
    expect(between).to_have_attribute("aria-valuetext", "true 25%, false 75%")
    between.press("Shift+ArrowRight")
    between.press("ArrowLeft")
    expect(rule.get_by_role("textbox", name="Share of false in percent")).to_have_value("66%")
    scale = between.locator("..").bounding_box()
    assert scale is not None
    between.hover()
    page.mouse.down()
    page.mouse.move(scale["x"] + scale["width"] * 0.25, scale["y"] + 4, steps=3)
    page.mouse.up()
    expect(between).to_have_attribute("aria-valuenow", "25")
    rule.get_by_role("checkbox", name="Send every evaluation that this step decides").check()
    rule.get_by_role("textbox", name="Split by attribute").fill("country")
    page.get_by_role("button", name="Review changes").click()

    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("A quarter of the rest")
    dialog.get_by_role("button", name="Save to Test").click()
    expect(page.get_by_text("Saved Express lane to Test")).to_be_visible()
    rules = server.call("GET", "/flags/default/express-lane")["environments"]["test"]["rules"]
    assert [one["weight"] for one in rules[1]["rollout"]["variations"]] == [25_000, 75_000]
    assert (rules[1]["rollout"]["bucketBy"], rules[1]["trackEvents"]) == ("country", True)
    assert (rules[1]["clauses"][0]["attribute"], rules[1]["clauses"][0]["values"]) == ("plan", ["gold"])

    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="A quarter of the rest")).to_have_count(0)
    rules = server.call("GET", "/flags/default/express-lane")["environments"]["test"]["rules"]
    assert [one["description"] for one in rules] == ["Nordic shops"]


def _see(server: Process, project: str, keys: list[str]) -> None:
    """Have an SDK of the environment `test` tell of users."""
    people = [{"kind": "user", "key": key} for key in keys]
    events = [{"kind": "index", "creationDate": int(time.time() * 1000), "context": one} for one in people]
    key = server.call("GET", f"/projects/{project}/environments/test")["apiKey"]
    assert calls.post(f"{server.url}/bulk", json=events, headers={"Authorization": key}).status_code == 202
    search = f"/projects/{project}/environments/test/contexts/search"
    wait_until(
        lambda: server.call("POST", search, {})["totalCount"] == len(keys), "the contexts are there", 30
    )


def test_keys_of_a_long_list_are_found_compared_moved_and_removed_each_having_one_variation(
    page: Page, server: Process
) -> None:
    made = server.call("POST", "/flags/default", {"key": "many-keys", "name": "Many keys"})
    on, off = (one["_id"] for one in made["variations"])
    keys = [f"u-{number:04}" for number in range(1200)]
    server.instruct(
        "many-keys",
        {"kind": "addTargets", "contextKind": "user", "values": keys, "variationId": on},
        {"kind": "addTargets", "contextKind": "user", "values": ["zoe"], "variationId": off},
    )
    page.goto("/default/test/flags/many-keys")
    card = page.get_by_role("region", name="Individual targets")
    expect(card).to_contain_text("and 1,190 more")

    page.get_by_role("button", name="Edit targets").click()
    page.get_by_role("combobox", name="user: Keys that get false").press_sequentially("u-0007,yan,")
    expect(card.get_by_role("alert")).to_contain_text("u-0007 gets true. A key has one variation.")
    card.get_by_role("button", name="Show u-0007").click()
    panel = page.get_by_role("dialog")
    row = panel.get_by_role("listitem").filter(has_text="u-0007")
    expect(panel.get_by_role("textbox", name="Find a key")).to_have_value("u-0007")
    expect(panel.get_by_role("listitem")).to_have_count(1)
    row.get_by_role("button", name="What can be done with u-0007").click()
    page.get_by_role("menuitem", name="Move to false").click()
    expect(row).to_contain_text("removed u-0007")

    panel.get_by_role("textbox", name="Find a key").fill("")
    expect(panel.get_by_role("listitem").nth(1)).to_contain_text("u-0000")
    assert panel.get_by_role("listitem").count() < 60
    panel.get_by_role("textbox", name="Add keys, or compare").fill("u-0001, u-0002\nnew\nzoe")
    expect(panel).to_contain_text("1 new, 2 here already; 1,197 here are not among these.")
    expect(panel.get_by_role("alert")).to_contain_text("zoe gets false")
    panel.get_by_role("button", name="Add 1 new").click()
    expect(panel).to_contain_text("0 new, 3 here already")
    panel.get_by_role("button", name="Remove the other 1,197").click()
    expect(panel).to_contain_text("0 new, 3 here already; 0 here are not among these.")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Review changes").click()
    page.get_by_role("dialog").get_by_role("button", name="Save to Test").click()
    expect(page.get_by_text("Saved Many keys to Test")).to_be_visible()

    targets = server.call("GET", "/flags/default/many-keys")["environments"]["test"]["targets"]
    found = {one["variation"]: sorted(one["values"]) for one in targets}
    assert found == {0: ["new", "u-0001", "u-0002"], 1: ["u-0007", "yan", "zoe"]}


def test_who_would_have_got_something_else_is_said_before_saving(page: Page, server: Process) -> None:
    server.call("POST", "/projects", {"key": "moving", "name": "Moving"})
    ids = [
        one["_id"]
        for one in server.call("POST", "/flags/moving", {"key": "van", "name": "Van"})["variations"]
    ]
    target = {"kind": "addTargets", "contextKind": "user", "values": ["ada"], "variationId": ids[1]}
    body = {"environmentKey": "test", "instructions": [{"kind": "turnFlagOn"}, target]}
    server.call("PATCH", "/flags/moving/van", body, semantic=True)
    page.goto("/moving/test/flags/van")
    expect(page.get_by_text("no evaluations in 24 h")).to_be_visible()
    page.get_by_role("button", name="Edit Everyone else").click()
    page.get_by_role("region", name="Everyone else").get_by_label("What it serves").click()
    page.get_by_role("option", name="false", exact=True).click()
    page.get_by_role("button", name="Review changes").click()
    effect = page.get_by_role("dialog").get_by_role("region", name="What would have been different")
    expect(effect).to_contain_text("No context was seen in the last 24 h")
    page.keyboard.press("Escape")

    _see(server, "moving", ["ada", "bob", "cem"])
    page.get_by_role("button", name="Review changes").click()

    expect(effect.get_by_role("status")).to_have_text("2 of 3 contexts would have got another variation.")
    expect(effect.get_by_role("listitem")).to_have_text("truefalse2everyone else")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("tabpanel", name="Changes")).to_contain_text(
        "Everyone elsenowserve trueafterserve false"
    )
    dialog.get_by_role("tab", name="JSON").click()
    expect(dialog.get_by_role("region", name="JSON")).to_contain_text('added: "variation": 1')
    page.keyboard.press("Escape")
    page.get_by_role("region", name="Everyone else").get_by_label("What it serves").click()
    page.get_by_role("option", name="true", exact=True).click()
    page.get_by_role("button", name="Edit targets").click()
    keys = page.get_by_role("combobox", name="user: Keys that get true")
    keys.fill("bob")
    keys.press("Enter")
    page.get_by_role("button", name="Review changes").click()
    expect(effect).to_contain_text("None of 3 contexts would have got another variation.")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Discard").click()
    page.reload()
    for said in ("Decides for 1 of 3 contexts", "Decides for 2 of 3 contexts"):
        expect(page.get_by_title(f"{said} seen in the last 24 hours.")).to_be_visible()

    _look_at_changes_that_are_patches(page, server, ids[0])


def _look_at_changes_that_are_patches(page: Page, server: Process, variation: str) -> None:
    """An older version out of the history, and another order of the variations."""
    dialog = page.get_by_role("dialog")
    effect = dialog.get_by_role("region", name="What would have been different")
    trailer = server.call("POST", "/flags/moving", {"key": "trailer", "name": "Trailer"})["variations"][0]
    needs = {"kind": "addPrerequisite", "key": "van", "variationId": variation}
    serves = {"kind": "updateFallthroughVariationOrRollout", "variationId": trailer["_id"]}
    body = {"environmentKey": "test", "instructions": [{"kind": "turnFlagOn"}, serves, needs]}
    server.call("PATCH", "/flags/moving/trailer", body, semantic=True)
    page.goto("/moving/test/flags/van/history?version=2")
    page.get_by_role("button", name="Restore version 1").click()
    expect(dialog).to_contain_text("Turned off the flag")
    expect(dialog).to_contain_text("The flag Trailer has this flag as a prerequisite in Test")
    expect(effect.get_by_role("status")).to_contain_text(
        ["2 of 3 contexts", "In the flag trailer 2 of 3 contexts"]
    )
    expect(effect.get_by_role("listitem").first).to_have_text("truefalse2offwas everyone else")
    dialog.get_by_role("tab", name="JSON").click()
    expect(dialog.get_by_role("region", name="JSON")).to_contain_text('added: "on": false')
    expect(dialog.get_by_role("button", name="Save to Test")).to_be_enabled()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.goto("/moving/test/flags/van/variations")
    page.get_by_role("button", name="Move variation 2 up").click()
    page.get_by_role("button", name="Review changes").click()
    expect(dialog).to_contain_text("Changed the order of the variations from true, false to false, true")
    expect(effect).to_contain_text("None of 3 contexts would have got another variation.")


def test_what_is_not_saved_outlives_a_reload_and_can_be_discarded(page: Page) -> None:
    page.goto("/default/test/flags/express-lane")
    expect(page.get_by_role("heading", name="Nordic shops")).to_be_visible()
    page.keyboard.press("a")
    keys = page.get_by_role("combobox", name="user: Keys that get true")
    keys.fill("grace")
    keys.press("Control+s")  # with what is not yet taken over by Enter
    expect(page.get_by_role("dialog").get_by_text("grace").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    unsaved = page.get_by_role("region", name="1 unsaved change in Test")
    expect(unsaved).to_be_visible()
    page.context.set_offline(True)
    expect(unsaved).to_contain_text("It is kept in this browser until the server is back.")
    page.context.set_offline(False)
    expect(unsaved).not_to_contain_text("It is kept in this browser")
    keys.fill("hopper")
    wait_until(lambda: bool(page.evaluate(KEPT)), "the draft is kept")

    page.reload()

    expect(page.get_by_role("region", name="Individual targets")).to_contain_text("grace")
    expect(page.get_by_role("region", name="Individual targets")).to_contain_text("hopper")
    unsaved.get_by_role("button", name="Discard").click()
    expect(unsaved).to_have_count(0)
    expect(page.get_by_role("region", name="Individual targets")).not_to_contain_text("grace")


def test_rules_move_by_keyboard_and_by_mouse(page: Page, server: Process) -> None:
    page.goto("/default/test/flags/express-lane")
    expect(page.get_by_role("heading", name="Nordic shops")).to_be_visible()
    page.keyboard.press("r")
    page.get_by_role("button", name="Edit Nordic shops").press("Alt+ArrowDown")

    expect(page.get_by_role("region", name="Rule 2")).to_contain_text("Nordic shops")
    expect(page.get_by_text("Rule 1 is now rule 2 of 2")).to_be_attached()
    handle = page.get_by_role("button", name="Move rule 2")
    handle.hover()
    page.mouse.down()
    top = page.get_by_role("region", name="Rule 1").bounding_box()
    assert top is not None
    page.mouse.move(top["x"] + 80, top["y"] + 2, steps=4)
    expect(page.locator("[data-line=before]")).to_contain_text("Rule 1")
    page.mouse.up()
    expect(page.get_by_text("Rule 2 is now rule 1 of 2")).to_be_attached()
    expect(page.get_by_role("region", name="Rule 1")).to_contain_text("Nordic shops")
    assert page.evaluate("() => getSelection().toString()") == ""
    handle.hover()
    page.mouse.down()
    page.mouse.move(top["x"] + 80, top["y"] + 2, steps=4)
    expect(page.locator("[data-line=before]")).to_have_count(1)
    handle.press("Escape")
    page.mouse.up()
    expect(page.get_by_role("region", name="Rule 1")).to_contain_text("Nordic shops")
    page.get_by_role("button", name="Discard").click()


def test_one_goes_to_a_rule_of_many_by_its_number_and_edits_it_among_the_others(
    page: Page, server: Process
) -> None:
    made = server.call("POST", "/flags/default", {"key": "many-rules", "name": "Many rules"})
    clause = {"contextKind": "user", "attribute": "plan", "op": "in", "negate": False, "values": ["gold"]}
    rule = {"kind": "addRule", "clauses": [clause], "variationId": made["variations"][0]["_id"]}
    server.instruct("many-rules", *({**rule, "description": f"Plan {place}"} for place in range(1, 121)))
    page.goto("/default/test/flags/many-rules")
    jump = page.get_by_role("textbox", name="Go to rule")
    for place in (100, 2):  # what was drawn before the first edit acts on what that has made
        jump.fill(str(place))
        jump.press("Enter")
        edit = page.get_by_role("button", name=f"Edit Plan {place}", exact=True)
        expect(edit).to_be_focused()
        expect(edit).to_be_in_viewport()
        edit.press("Enter")
        card = page.get_by_role("region", name=f"Rule {place}", exact=True)
        card.get_by_role("textbox", name="Name of the rule").fill(f"Other {place}")
    expect(page.get_by_role("region", name="2 unsaved changes in Test")).to_contain_text(
        "rules 2, 100 changed"
    )
    jump.fill("500")
    jump.press("Enter")
    expect(page.get_by_role("button", name="Edit Plan 120", exact=True)).to_be_focused()
    expect(jump).to_have_value("120")
    jump.fill("101")
    jump.press("Enter")
    page.get_by_role("button", name="Edit Plan 101", exact=True).press("Alt+ArrowUp")
    expect(page.get_by_text("Rule 101 is now rule 100 of 120")).to_be_attached()
    moved = page.get_by_role("region", name="Rule 101", exact=True)
    expect(moved.get_by_role("textbox", name="Name of the rule")).to_have_value("Other 100")
    page.get_by_role("button", name="Review changes").click()
    page.get_by_role("dialog").get_by_role("button", name="Save to Test").click()
    expect(page.get_by_text("Saved Many rules to Test")).to_be_visible()

    rules = server.call("GET", "/flags/default/many-rules")["environments"]["test"]["rules"]
    names = [one["description"] for one in rules]
    assert (names[1], names[99:101], len(names)) == ("Other 2", ["Plan 101", "Other 100"], 120)


def test_a_requirement_is_added_and_a_circle_is_refused(page: Page, server: Process) -> None:
    server.call("POST", "/flags/default", {"key": "basket", "name": "Basket"})
    for flag, required in (("basket", "Express lane"), ("express-lane", "Basket")):
        page.goto(f"/default/test/flags/{flag}")
        page.get_by_role("button", name="Add requirement").click()
        new = page.get_by_role("region", name="New requirement")
        new.get_by_role("combobox", name="Flag").fill(required)
        page.get_by_role("option", name=required).click()
        new.get_by_role("combobox", name="Variation").click()
        page.get_by_role("option", name="true").click()
        page.get_by_role("button", name="Review changes").click()
        if flag == "basket":
            page.get_by_role("dialog").get_by_role("button", name="Save to Test").click()
            expect(page.get_by_text("Saved Basket to Test")).to_be_visible()

    expect(page.get_by_role("dialog").get_by_role("alert")).to_have_text(
        "This would make a circle: express-lane → basket → express-lane."
    )
    held = server.call("GET", "/flags/default/basket")["environments"]["test"]["prerequisites"]
    assert held == [{"key": "express-lane", "variation": 0}]
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Discard").click()


def test_a_reader_sees_everything_and_is_told_what_is_missing(browser: Browser, server: Process) -> None:
    invited = server.call("POST", "/members", [{"email": "rea@reader.example", "role": "reader"}])
    token = invited["items"][0]["_links"]["invitation"]["href"].rpartition("/")[2]
    joined = {"firstName": "Rea", "lastName": "Der", "password": "a sentence of a reader, long enough"}
    context = browser.new_context(base_url=server.url, reduced_motion="reduce")
    answer = context.request.post(
        f"{server.url}/auth/invitations/{token}", data=joined, headers={"Origin": server.url}
    )
    assert answer.ok, answer.text()
    page = context.new_page()
    page.goto("/default/test/flags/express-lane")

    expect(page.get_by_text("turning it on and off (updateOn), changing requirements")).to_be_visible()
    expect(page.get_by_role("heading", name="Nordic shops")).to_be_visible()
    switch = page.get_by_role("switch", name="Express lane in Test")
    expect(switch).to_be_disabled()
    expect(switch).to_have_accessible_description(re.compile(r"updateOn.*None of your roles gives it"))
    for name in ("Add rule", "Edit targets", "Add requirement", "Edit Everyone else", "Edit Nordic shops"):
        expect(page.get_by_role("button", name=name)).to_be_disabled()
    page.keyboard.press("r")
    expect(page.get_by_role("heading", name="Rule 2")).to_have_count(0)
    _look_into_the_palette(page)
    page.get_by_role("link", name="Variations").click()
    expect(page.get_by_text("In Production you may not do this: changing variations")).to_be_visible()
    expect(page.get_by_role("textbox", name=re.compile("^Name")).first).to_be_disabled()
    page.goto("/default/test/flags/express-lane/settings")
    expect(page.get_by_role("button", name="Archive")).to_be_disabled()
    page.goto("/default/test/flags/express-lane/environments")
    copying = page.get_by_role("checkbox", name="Copy Individual targets from Production to Test")
    expect(copying).to_be_disabled()
    expect(copying).to_have_attribute("title", re.compile(r"changing targets \(updateTargets\)\. None"))
    expect(page.get_by_role("checkbox", name="Pick all differences")).to_have_count(0)
    _look_at_a_restore_and_a_segment(page, server)

    become_careful(server, invited["items"][0]["_id"])
    page.goto("/default/test/flags/express-lane")
    page.get_by_role("button", name="Edit Nordic shops").click()
    page.get_by_role("button", name="Edit Everyone else").click()
    tracking = page.get_by_role("checkbox", name=re.compile("^Send every evaluation"))
    expect(tracking).to_have_count(3)
    for box in tracking.all():
        expect(box).to_be_disabled()
    why = re.compile(r"\(updateTrackEvents\)\. The role Careful refuses it")
    expect(page.get_by_text(why)).to_be_visible()
    expect(page.get_by_role("group", name=why)).to_have_count(3)
    expect(page.get_by_role("textbox", name="Name of the rule")).to_be_editable()
    page.goto("/default/test/flags/express-lane/settings")
    refused = page.get_by_role("group", name=re.compile(r"\(updateFlagCustomProperties\)"))
    expect(refused.get_by_role("button", name="Add property")).to_be_disabled()
    expect(refused.get_by_role("button", name="Remove the property Issues")).to_be_disabled()
    expect(page.get_by_role("textbox", name="Name", exact=True)).to_be_editable()
    expect(page.get_by_role("checkbox", name="Browser SDKs")).to_be_disabled()
    context.close()


def _look_into_the_palette(page: Page) -> None:
    """What a reader may not do is there with the reason, of the flag of the page and of one that is found."""
    page.keyboard.press("Control+k")
    turn = page.get_by_role("option", name="Turn on in Test")
    expect(turn).to_have_attribute("title", re.compile("updateOn.*None of your roles gives it"))
    expect(turn).to_be_disabled()
    expect(turn).to_have_attribute("aria-selected", "false")
    page.keyboard.type("lane")
    expect(turn).to_have_attribute("title", "None of your roles allows updateOn on this flag here.")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def _look_at_a_restore_and_a_segment(page: Page, server: Process) -> None:
    """As one who may change neither."""
    page.goto("/default/test/flags/express-lane/history")
    page.get_by_role("button", name=re.compile("v1 → v2")).click()
    page.get_by_role("button", name="Restore version 1").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("alert")).to_contain_text("In Test you may not do this: changing")
    expect(dialog.get_by_role("button", name="Save to Test")).to_be_disabled()

    server.call("POST", "/segments/default/test", {"key": "callers", "name": "Callers"})
    page.goto("/default/test/segments/callers")
    expect(page.get_by_text("changing its excluded keys (updateExcluded), changing rules")).to_be_visible()
    for name in ("Edit included keys", "Edit excluded keys", "Add rule"):
        expect(page.get_by_role("button", name=name)).to_be_disabled()


def become_careful(server: Process, member: str) -> None:
    """Give the member a role that may change a flag but for what it is careful with."""
    flags = ["proj/*:env/*:flag/*"]
    careful = ["updateTrackEvents", "updateFlagCustomProperties", "updateClientSideFlagAvailability"]
    policy = [
        {"effect": "allow", "resources": ["proj/*"], "actions": ["viewProject"]},
        {"effect": "allow", "resources": flags, "actions": ["*"]},
        {"effect": "deny", "resources": flags, "actions": careful},
    ]
    server.call("POST", "/roles", {"key": "careful", "name": "Careful", "policy": policy})
    given = [{"op": "add", "path": "/customRoles", "value": ["careful"]}]
    server.call("PATCH", f"/members/{member}", given)
    held = {"kind": "addCustomProperties", "key": "issues", "name": "Issues", "values": ["SHOP-1"]}
    server.instruct("express-lane", held)
