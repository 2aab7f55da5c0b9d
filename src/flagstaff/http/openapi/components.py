"""The schemas of a document, made from the types that operation rows name."""

from typing import Any

import msgspec

Schema = dict[str, Any]
REFERENCE = "#/components/schemas/"


class Components(msgspec.Struct, frozen=True):
    """Collects each type once, under its own name."""

    schemas: dict[str, Schema] = msgspec.field(default_factory=dict)

    def refer(self, kind: Any) -> Schema:
        """The schema of a type, in which structs are references; raises ValueError for two of one name."""
        schema, found = _describe(kind)
        self._add(found)
        return schema

    def inline(self, struct: type[msgspec.Struct]) -> Schema:
        """The schema of a struct itself, which then gets no name of its own in the document."""
        schema, found = _describe(struct)
        own = found.pop(schema["$ref"].removeprefix(REFERENCE))
        self._add(found)
        return own

    def name(self, name: str, schema: Schema) -> Schema:
        """Give a schema a name, and return the reference to it."""
        self._add({name: schema})
        return {"$ref": f"{REFERENCE}{name}"}

    def _add(self, found: dict[str, Schema]) -> None:
        for name, schema in found.items():
            if self.schemas.setdefault(name, schema) != schema:
                raise ValueError(f"two types on the wire are called {name}")


def _describe(kind: Any) -> tuple[Schema, dict[str, Schema]]:
    (schema,), found = msgspec.json.schema_components((kind,), ref_template=f"{REFERENCE}{{name}}")
    return schema, dict(found)
