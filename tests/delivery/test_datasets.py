"""Prepared datasets are kept, brought up to date, and dropped with their environment."""

import asyncio

import pytest

from flagstaff.delivery.datasets import Datasets
from flagstaff.storage.publishing import forget_environment
from flagstaff.storage.transaction import Item
from tests.features.targeting.test_datasets import FLAG, serve


@pytest.fixture
def datasets(server):
    return Datasets(server.database)


def publish(server, document):
    server.write(lambda tx: tx.items.append(Item("e1", "flags", "f", document)))


def test_a_dataset_is_of_the_newest_version(server, datasets):
    publish(server, FLAG)
    version, first = server.run(datasets.load("e1"))
    publish(server, {**FLAG, "offVariation": 1})
    newer, second = server.run(datasets.load("e1"))
    assert (version, serve(first), newer, serve(second)) == (1, "old", 2, "new")


def test_a_dataset_that_did_not_change_is_prepared_once(server, datasets):
    publish(server, FLAG)

    async def load_twice():
        return await datasets.load("e1"), await asyncio.gather(datasets.load("e1"), datasets.load("e1"))

    (_, first), later = server.run(load_twice())
    assert all(dataset is first for _, dataset in later)


def test_an_environment_without_anything_is_at_version_zero(server, datasets):
    version, dataset = server.run(datasets.load("none"))
    assert (version, serve(dataset)) == (0, "nothing")


def test_nothing_is_left_of_a_deleted_environment(server, datasets):
    publish(server, FLAG)
    server.run(datasets.load("e1"))
    server.write(lambda tx: forget_environment(tx, "e1"))
    version, dataset = server.run(datasets.load("e1"))
    assert version == 0
    version, dataset = server.run(datasets.load("e1"))
    assert serve(dataset) == "nothing"
