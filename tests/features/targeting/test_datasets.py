from flagstaff.evaluation import Dataset
from flagstaff.features.targeting.datasets import EMPTY, catch_up
from flagstaff.storage.publishing import read_version
from flagstaff.storage.transaction import Item

FLAG = {
    "key": "f",
    "on": False,
    "salt": "s",
    "offVariation": 0,
    "fallthrough": {"variation": 0},
    "variations": ["old", "new"],
    "targets": [],
    "contextTargets": [],
    "rules": [],
    "prerequisites": [],
}


def publish(server, document):
    server.write(lambda tx: tx.items.append(Item("e1", "flags", "f", document)))


def serve(dataset: Dataset):
    return dataset.evaluate("f", {"kind": "user", "key": "ada"}, "nothing").value


def caught_up(server, version, dataset):
    return server.read(lambda tx: (read_version(tx, "e1"), catch_up(tx, "e1", version, dataset)))


def test_a_dataset_is_brought_from_any_version_to_the_one_that_a_unit_sees(server):
    publish(server, FLAG)
    version, first = caught_up(server, 0, EMPTY)
    assert (version, serve(first)) == (1, "old")
    publish(server, {**FLAG, "offVariation": 1})
    version, second = caught_up(server, version, first)
    assert (version, serve(first), serve(second)) == (2, "old", "new")
    publish(server, None)
    version, third = caught_up(server, version, second)
    assert (version, serve(third)) == (3, "nothing")


def test_a_dataset_that_is_up_to_date_is_kept_as_it_is(server):
    publish(server, FLAG)
    version, dataset = caught_up(server, 0, EMPTY)
    assert caught_up(server, version, dataset)[1] is dataset


def test_an_unknown_environment_prepares_nothing_and_is_left_to_the_operation(server):
    answer = server.post("/api/v2/projects/default/environments/none/flags/evaluate", {"key": "ada"})
    assert answer.status == 404
    answer = server.post("/api/v2/projects/none/environments/none/segments/evaluate", {"key": "a"}, as_="no")
    assert answer.status == 401
