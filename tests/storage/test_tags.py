from flagstaff.storage.tags import forget_project_tags, index_tags


def tags(database):
    return database.read_now(lambda tx: tx.all("SELECT kind, tag, resource_id FROM tags ORDER BY tag"))


def test_the_tags_of_a_resource_are_those_it_was_last_given(database):
    database.write_now(lambda tx: index_tags(tx, "flag", "f1", "p1", ["a", "b"]))
    database.write_now(lambda tx: index_tags(tx, "flag", "f1", "p1", ["b", "c"]))
    assert tags(database) == [("flag", "b", "f1"), ("flag", "c", "f1")]


def test_a_deleted_project_takes_the_tags_inside_it_along(database):
    database.write_now(lambda tx: index_tags(tx, "flag", "f1", "p1", ["a"]))
    database.write_now(lambda tx: index_tags(tx, "flag", "f2", "p2", ["b"]))
    database.write_now(lambda tx: forget_project_tags(tx, "p1"))
    assert tags(database) == [("flag", "b", "f2")]
