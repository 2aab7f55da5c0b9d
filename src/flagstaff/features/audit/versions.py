"""Resources as they were around an audit entry, in the shape that the API shows them in today."""

from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET

from flagstaff.features.audit.shapes import SHAPES, Scene
from flagstaff.features.audit.store import RowKey, State, main_document, state_around
from flagstaff.features.flags.model import FlagState
from flagstaff.features.flags.represent import EnvironmentView, FlagView, represent_flag
from flagstaff.features.flags.store import FLAGS, TARGETINGS
from flagstaff.features.projects.environments.store import list_environments
from flagstaff.storage.documents import Documents
from flagstaff.storage.transaction import Transaction

Model = TypeVar("Model", bound=msgspec.Struct)
OF_FLAGS = (FLAGS, TARGETINGS)  # the tables that one flag lies in


def versions_around(scene: Scene) -> tuple[Any, Any]:
    """The resource before and after an entry, as far as it is seen.

    UNSET where there was none, or where its kind has no shape of its own.
    """
    main = main_document(scene.entry)
    if main is None:
        return UNSET, UNSET
    table, document_id = main
    is_flag = any(table == documents.table for documents in OF_FLAGS)
    if not is_flag and table not in SHAPES:
        return UNSET, UNSET
    tables = OF_FLAGS if is_flag else (SHAPES[table][0],)
    newest = {key: body for documents in tables for key, body in list_rows(scene.tx, documents, document_id)}
    before, after = state_around(scene.tx, scene.entry, document_id, newest)
    return _represent(scene, table, before), _represent(scene, table, after)


def list_rows(tx: Transaction, documents: Documents[Any], document_id: str) -> Iterable[tuple[RowKey, Any]]:
    """The rows of a document in one table, as they are today."""
    columns = ", ".join(documents.keys)
    sql = f"SELECT {columns}, body FROM {documents.table} WHERE {documents.keys[0]} = :id"
    for *keys, body in tx.all(sql, id=document_id):
        yield (documents.table, *keys), msgspec.json.decode(body)


def _represent(scene: Scene, table: str, state: State) -> Any:
    if table not in SHAPES:
        return _flag(scene, state)
    documents, shape = SHAPES[table]
    model = _only(documents, state)
    return UNSET if model is None else shape(scene, model)


def _flag(scene: Scene, state: State) -> Any:
    bodies = {key[2]: body for key, body in state.items() if key[0] == TARGETINGS.table and body is not None}
    flag = _only(FLAGS, state)
    if flag is None:
        return UNSET
    project = scene.project
    every = () if project is None else list_environments(scene.tx, project)
    shown = [
        environment
        for environment in every
        if environment.id in bodies and project and scene.sees(environment.resource(project))
    ]
    views = tuple(EnvironmentView(environment.key, environment.name) for environment in shown)
    targetings = {
        environment.key: msgspec.convert(bodies[environment.id], TARGETINGS.model) for environment in shown
    }
    return represent_flag(FlagState(flag=flag, environments=targetings), FlagView(scene.project_key, views))


def _only(documents: Documents[Model], state: State) -> Model | None:
    bodies = [body for key, body in state.items() if key[0] == documents.table and body is not None]
    return msgspec.convert(bodies[0], documents.model) if bodies else None
