"""Prepares a flag from its SDK JSON."""

from typing import Any, TypeAlias

from flagstaff.evaluation import reasons
from flagstaff.evaluation.context import DEFAULT_KIND
from flagstaff.evaluation.jsontext import decode
from flagstaff.evaluation.model import Flag, Outcome, Prerequisite, Rule, Serve, Target
from flagstaff.evaluation.preparation.clauses import make_problem, prepare_clauses
from flagstaff.evaluation.preparation.outcomes import OutcomeMaker
from flagstaff.evaluation.preparation.reading import (
    MalformedData,
    read_bool,
    read_int,
    read_object,
    read_objects,
    read_string,
    read_strings,
)
from flagstaff.evaluation.preparation.rollouts import MakeOutcome, prepare_serve

# Context kind, variation and context keys.
TargetData: TypeAlias = tuple[str, int, list[str]]


def prepare_flag(key: str, flag_json: Any) -> Flag | None:
    """Prepare a flag; None if it is deleted, a broken one if its data has wrong types."""
    data: dict[str, Any] | None = None
    try:
        data = read_object(decode(flag_json))
        return None if read_bool(data, "deleted") else FlagPreparation(key, data).prepare()
    except (ValueError, RecursionError):
        return _prepare_broken(key, data)


class FlagPreparation:
    """One flag's data with what many of its parts need: its outcomes and the hash input of its rollouts."""

    def __init__(self, key: str, data: dict[str, Any]) -> None:
        self._key = key
        self._data = data
        self._hashed_key = read_string(data, "key") or key
        self._salt = read_string(data, "salt")
        self._outcomes = OutcomeMaker(key, data)
        self._malformed = self._outcomes.fail(reasons.MALFORMED_FLAG)

    def prepare(self) -> Flag:
        is_on = read_bool(self._data, "on")
        prerequisites = self._prepare_prerequisites()
        targets = self._prepare_targets()
        rules = self._prepare_rules()
        fallthrough = self._prepare_fallthrough()
        constant = None
        if not is_on:
            constant = self._outcomes.serve_off(reasons.off(), evaluated=0)
        elif not (prerequisites or targets or rules or fallthrough.rollout):
            constant = fallthrough.outcome
        using_mobile_key, using_environment_id = _read_availability(self._data)
        return Flag(
            key=self._key,
            version=self._outcomes.version,
            opening=self._outcomes.opening,
            ending=self._outcomes.ending,
            is_on=is_on,
            constant=constant,
            prerequisites=prerequisites,
            targets=targets,
            rules=rules,
            conditions=tuple(rule.clauses for rule in rules),
            fallthrough=fallthrough,
            malformed=self._malformed,
            has_links=is_on and (bool(prerequisites) or any(_uses_segments(rule) for rule in rules)),
            using_mobile_key=using_mobile_key,
            using_environment_id=using_environment_id,
        )

    def _prepare_prerequisites(self) -> tuple[Prerequisite, ...]:
        prerequisites = []
        for index, item in enumerate(read_objects(self._data, "prerequisites")):
            key = read_string(item, "key")
            reason = reasons.fail_prerequisite(key)
            failed = self._outcomes.serve_off(reason, evaluated=index + 1)
            missing = self._outcomes.serve_off(reason, evaluated=index)
            prerequisites.append(Prerequisite(key, read_int(item, "variation"), failed, missing))
        return tuple(prerequisites)

    def _prepare_targets(self) -> tuple[Target, ...]:
        """Give the targets in the order in which they are tried, neighbours of one kind as one."""
        targets: list[Target] = []
        for kind, variation, keys in self._order_targets():
            outcome = self._outcomes.serve(variation, reasons.match_target())
            if not targets or targets[-1].kind != kind:
                targets.append(Target(kind, {}))
            for key in keys:
                targets[-1].outcomes.setdefault(key, outcome)
        return tuple(target for target in targets if target.outcomes)

    def _order_targets(self) -> list[TargetData]:
        """Give all targets in their order.

        Keys of users stand in `targets`. An entry for users in `contextTargets` that has no keys says where
        in the order those of its variation come.
        """
        users = [_read_target(target) for target in read_objects(self._data, "targets")]
        contexts = [_read_target(target) for target in read_objects(self._data, "contextTargets")]
        ordered: list[TargetData] = []
        for kind, variation, keys in contexts:
            if kind == DEFAULT_KIND and not keys:
                ordered += [user for user in users if user[1] == variation][:1]
            else:
                ordered.append((kind, variation, keys))
        return ordered if contexts else users

    def _prepare_rules(self) -> tuple[Rule, ...]:
        rules = enumerate(read_objects(self._data, "rules"))
        return tuple(self._prepare_rule(index, rule) for index, rule in rules)

    def _prepare_rule(self, index: int, rule: dict[str, Any]) -> Rule:
        rule_id = read_string(rule, "id")
        tracks_events = read_bool(rule, "trackEvents")

        def make(variation: int, in_experiment: bool) -> Outcome:
            reason = reasons.match_rule(index, rule_id, in_experiment=in_experiment)
            return self._outcomes.serve(variation, reason, tracks_reason=tracks_events or in_experiment)

        return Rule(prepare_clauses(rule), self._prepare_serve(rule, make))

    def _prepare_fallthrough(self) -> Serve:
        tracks_events = read_bool(self._data, "trackEventsFallthrough")

        def make(variation: int, in_experiment: bool) -> Outcome:
            reason = reasons.fall_through(in_experiment=in_experiment)
            return self._outcomes.serve(variation, reason, tracks_reason=tracks_events or in_experiment)

        return self._prepare_serve(read_object(self._data.get("fallthrough", {})), make)

    def _prepare_serve(self, data: dict[str, Any], make: MakeOutcome) -> Serve:
        return prepare_serve(data, self._hashed_key, self._salt, make, self._malformed)


def _prepare_broken(key: str, data: dict[str, Any] | None) -> Flag:
    """Prepare a flag of unreadable data: it is malformed for everybody, and so is what depends on it."""
    try:
        outcomes = OutcomeMaker(key, {"version": read_int(read_object(data), "version")})
    except MalformedData:
        outcomes = OutcomeMaker(key, {})
    try:
        using_mobile_key, using_environment_id = _read_availability(read_object(data))
    except MalformedData:
        using_mobile_key, using_environment_id = False, False
    malformed = outcomes.fail(reasons.MALFORMED_FLAG)
    serve = Serve(malformed, None)
    rules = (Rule((make_problem("data has wrong types"),), serve),)
    return Flag(
        key=key,
        version=outcomes.version,
        opening=outcomes.opening,
        ending=outcomes.ending,
        is_on=True,
        constant=None,
        prerequisites=(),
        targets=(),
        rules=rules,
        conditions=(rules[0].clauses,),
        fallthrough=serve,
        malformed=malformed,
        has_links=False,
        using_mobile_key=using_mobile_key,
        using_environment_id=using_environment_id,
    )


def _read_target(data: dict[str, Any]) -> TargetData:
    return (
        read_string(data, "contextKind") or DEFAULT_KIND,
        read_int(data, "variation"),
        read_strings(data, "values"),
    )


def _read_availability(data: dict[str, Any]) -> tuple[bool, bool]:
    """Read whether mobile and browser SDKs see the flag; the old schema knows the latter only."""
    availability = data.get("clientSideAvailability")
    if availability is None:
        return True, read_bool(data, "clientSide")
    members = read_object(availability)
    return read_bool(members, "usingMobileKey"), read_bool(members, "usingEnvironmentId")


def _uses_segments(rule: Rule) -> bool:
    return any(clause.segment_keys for clause in rule.clauses)
