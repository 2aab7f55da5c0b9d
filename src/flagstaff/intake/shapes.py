"""Storing shapes of contexts: each with all of its members, before any context that has it."""

from flagstaff.features.contexts.shapes import Shape
from flagstaff.intake.ledger import Ledger
from flagstaff.kernel.clock import Millis

WHAT = "shapes"  # the ceiling of new ones
TOUCH = """UPDATE context_shapes SET last_seen = max(last_seen, ?)
    WHERE environment_id = ? AND path = ? AND shape = ?"""
ADD = "INSERT OR IGNORE INTO context_shapes VALUES (?, ?, ?, ?, ?)"


def keep_shape(ledger: Ledger, environment_id: str, shape: Shape | None, at: Millis) -> int | None:
    """The number to keep with a context; None above the ceiling, where nothing is lost but speed."""
    if shape is None:
        return None
    rows = [(at, environment_id, path, shape.id) for path, _ in shape.members]
    if ledger.tx.run(TOUCH, rows[0]):
        ledger.tx.run_many(TOUCH, rows[1:])
        return shape.id
    if not ledger.has_room(environment_id, WHAT):
        return None
    ledger.count(environment_id, WHAT)
    ledger.tx.run_many(ADD, [(environment_id, path, shape.id, alone, at) for path, alone in shape.members])
    return shape.id
