from flagstaff.storage.publishing import forget_environment, list_busiest, load_items, read_version
from flagstaff.storage.transaction import Item


def publish(database, *items):
    database.write_now(lambda tx: tx.items.extend(items))


def flag(key, environment="e1", **members):
    return Item(environment, "flags", key, {"key": key, **members})


def gone(key):
    return Item("e1", "flags", key, None)


def loaded(database, since=0):
    items = database.read_now(lambda tx: load_items(tx, "e1", since))
    return [(item.key, item.version, bool(item.payload)) for item in items]


def test_a_unit_takes_one_data_version_however_much_it_changes(database):
    publish(database, flag("a"), flag("b"), flag("a", on=True))
    assert database.read_now(lambda tx: read_version(tx, "e1")) == 1
    assert loaded(database) == [("a", 1, True), ("b", 1, True)]


def test_environments_count_apart(database):
    publish(database, flag("a"), flag("a", "e2"))
    publish(database, flag("a"))
    assert database.read_now(lambda tx: (read_version(tx, "e1"), read_version(tx, "e2"))) == (2, 1)


def test_payloads_carry_the_data_version(database):
    publish(database, flag("a"))
    (item,) = database.read_now(lambda tx: load_items(tx, "e1"))
    assert item.payload == b'{"key":"a","version":1}'


def test_versions_go_on_after_deletion_and_creation_anew(database):
    publish(database, flag("a"))
    publish(database, gone("a"))
    assert loaded(database) == []
    assert loaded(database, since=1) == [("a", 2, False)]
    publish(database, flag("a"))
    assert loaded(database) == [("a", 3, True)]


def test_only_what_changed_since_a_version_is_loaded(database):
    publish(database, flag("a"))
    publish(database, flag("b"))
    assert loaded(database, since=1) == [("b", 2, True)]


def test_a_forgotten_environment_has_nothing_left(database):
    publish(database, flag("a"))
    database.write_now(lambda tx: forget_environment(tx, "e1"))
    assert loaded(database) == []
    assert database.read_now(lambda tx: read_version(tx, "e1")) == 0


def test_the_busiest_environments_come_first(database):
    publish(database, flag("a"), flag("a", "e2"), flag("a", "e3"))
    publish(database, flag("a", "e2"))
    publish(database, flag("a", "e2"), flag("a", "e3"))
    assert database.read_now(lambda tx: list_busiest(tx, most=2)) == ["e2", "e3"]
