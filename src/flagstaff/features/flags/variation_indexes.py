"""Variation indexes while a patch is applied: they follow the variations that it adds, moves and removes.

A removed variation keeps an index from LOST upwards, so that what refers to it can be found, and settled,
once the whole patch is applied; until then a later operation may still make good.
"""

from collections.abc import Callable, Iterable
from typing import Any

from flagstaff.features.flags.model import Variation
from flagstaff.features.targeting.names import IdClaims
from flagstaff.features.targeting.values import identify
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.ids import Ids

LOST = 1_000_000

Document = dict[str, Any]
Renumber = Callable[[int], int]


class Numbering:
    """Which variation every index of a document means, from one operation to the next."""

    def __init__(self, variations: Iterable[Variation], ids: Ids) -> None:
        self.lost: list[str] = []
        self.moved = False  # whether an index has ever come to mean another variation
        self._ids = ids
        self._values = {variation.id: identify(variation.value) for variation in variations}
        self._order = list(self._values)

    def variation_id(self, index: int) -> str:
        """Return the variation that an index means; raise InvalidRequest if it means none."""
        if 0 <= index < len(self._order):
            return self._order[index]
        if LOST <= index < LOST + len(self.lost):
            return self.lost[index - LOST]
        raise InvalidRequest(f"there is no variation {index}; the flag has {len(self._order)}")

    def follow(self, document: Document) -> None:
        """Take in what became of the document's variations, and renumber all that refers to them."""
        variations = document.get("variations")
        if not isinstance(variations, list):
            return
        order = self._name(variations)
        if order != self._order:
            self.moved = True
            self.lost += [gone for gone in self._order if gone not in order and gone not in self.lost]
            places = {variation_id: LOST + place for place, variation_id in enumerate(self.lost)}
            places.update((variation_id, place) for place, variation_id in enumerate(order))
            _renumber(document, lambda index: self._place(index, places))
            self._order = order
        self._values = dict(zip(order, map(_identify, variations), strict=True))

    def _place(self, index: int, places: dict[str, int]) -> int:
        try:
            return places[self.variation_id(index)]
        except InvalidRequest:
            return index  # refused later, unless another operation puts it right

    def _name(self, variations: list[Any]) -> list[str]:
        """Give every variation its id: the one it has, else that of the old one of its value or place."""
        sent = [_sent_id(variation) for variation in variations]
        free = {known: self._values[known] for known in self._order if known not in sent}
        for place, variation in enumerate(variations):
            alike = [known for known, value in free.items() if value == _identify(variation)]
            if alike and not sent[place]:
                sent[place] = alike[0]
                del free[alike[0]]
        for place, known in enumerate(self._order[: len(sent)]):
            if known in free and not sent[place]:
                sent[place] = known
        claims = IdClaims(self._ids, known={*self._order, *self.lost})
        order = [claims.claim(own) for own in sent]
        for variation, own in zip(variations, order, strict=True):
            if isinstance(variation, dict):
                variation["_id"] = own
        return order


def _identify(variation: Any) -> bytes:
    return identify(variation.get("value")) if isinstance(variation, dict) else b""


def _sent_id(variation: Any) -> str:
    sent = variation.get("_id") if isinstance(variation, dict) else None
    return sent if isinstance(sent, str) else ""


def _renumber(document: Document, renumber: Renumber) -> None:
    defaults = document.get("defaults")
    for member in ("onVariation", "offVariation"):
        _replace_index(defaults, member, renumber)
    environments = document.get("environments")
    for targeting in environments.values() if isinstance(environments, dict) else ():
        if isinstance(targeting, dict):
            _renumber_targeting(targeting, renumber)


def _renumber_targeting(targeting: Document, renumber: Renumber) -> None:
    _replace_index(targeting, "offVariation", renumber)
    for target in (*_list(targeting, "targets"), *_list(targeting, "contextTargets")):
        _replace_index(target, "variation", renumber)
    for served in (targeting.get("fallthrough"), *_list(targeting, "rules")):
        _replace_index(served, "variation", renumber)
        rollout = served.get("rollout") if isinstance(served, dict) else None
        for weight in _list(rollout, "variations"):
            _replace_index(weight, "variation", renumber)
        if isinstance(rollout, dict):
            _replace_index(rollout.get("experimentAllocation"), "defaultVariation", renumber)


def _replace_index(holder: Any, member: str, renumber: Renumber) -> None:
    index = holder.get(member) if isinstance(holder, dict) else None
    if isinstance(index, float) and index.is_integer():
        index = int(index)
    if isinstance(index, int) and not isinstance(index, bool):
        holder[member] = renumber(index)


def _list(holder: Any, member: str) -> list[Any]:
    found = holder.get(member) if isinstance(holder, dict) else None
    return found if isinstance(found, list) else []
