"""What the audit log says about a change of a segment: one item for each thing that changed."""

from collections.abc import Iterator, Sequence

from flagstaff.features.segments.model import USER, KeyChange, Segment, SegmentRule, SegmentTarget
from flagstaff.features.segments.targets import keys_of
from flagstaff.features.targeting.described_rules import describe_rules
from flagstaff.features.targeting.wording import change, percent, word_clauses
from flagstaff.kernel.markdown import quote, strike

MOST_KEYS = 20  # named one by one, of each kind and list


def describe_change(before: Segment, after: Segment) -> str:
    """A Markdown list, empty if nothing changed."""
    items = [
        *_text("name", before.name, after.name),
        *_text("description", before.description, after.description),
        *_tags(before, after),
        *_list("included", before.included, after.included),
        *_list("excluded", before.excluded, after.excluded),
        *(item for asked in after.pending for item in _keys(asked)),
        *describe_rules(before.rules, after.rules, gone=_rule, come=_rule, changed=_share),
    ]
    return "\n\n".join(f"- {item}" for item in items)


def _text(what: str, before: str, after: str) -> Iterator[str]:
    if before == after:
        return
    if not before:
        yield f"Added the {what} {quote(after)}"
    elif not after:
        yield f"Removed the {what} {strike(quote(before))}"
    else:
        yield f"Changed the {what} from {strike(quote(before))} to {quote(after)}"


def _tags(before: Segment, after: Segment) -> Iterator[str]:
    yield from (f"Added tag {quote(tag)}" for tag in after.tags if tag not in before.tags)
    yield from (f"Removed tag {strike(quote(tag))}" for tag in before.tags if tag not in after.tags)


def _list(side: str, before: Sequence[SegmentTarget], after: Sequence[SegmentTarget]) -> list[str]:
    if before == after:
        return []
    return [*_targets(side, before, after)] or [f"Changed the order of the {side} targets"]


def _keys(asked: KeyChange) -> Iterator[str]:
    if asked.import_id:
        yield f"Began the import {quote(asked.import_id)}"
    side = "included" if asked.included else "excluded"
    yield from _named("Added the", f"{side} key", asked.added)
    yield from _named("Removed the", f"{side} key", asked.removed)


def _named(verb: str, what: str, keys: Sequence[str]) -> Iterator[str]:
    """The first of the keys one by one, and how many more there are."""
    yield from (f"{verb} {what} {quote(key)}" for key in keys[:MOST_KEYS])
    if len(keys) > MOST_KEYS:
        yield f"{verb.removesuffix(' the')} {len(keys) - MOST_KEYS:,} more {what}s"


def _targets(side: str, before: Sequence[SegmentTarget], after: Sequence[SegmentTarget]) -> Iterator[str]:
    for kind in dict.fromkeys(target.context_kind for target in (*after, *before)):
        old, new = keys_of(before, kind), keys_of(after, kind)
        held, kept = set(old), set(new)
        added, removed = [key for key in new if key not in held], [key for key in old if key not in kept]
        yield from (f"Added the {side} {kind} {quote(key)}" for key in added[:MOST_KEYS])
        if len(added) > MOST_KEYS:
            yield f"Added {len(added) - MOST_KEYS:,} more to the {side} {kind} targets"
        yield from (f"Removed the {side} {kind} {strike(quote(key))}" for key in removed[:MOST_KEYS])
        if len(removed) > MOST_KEYS:
            yield f"Removed {len(removed) - MOST_KEYS:,} more from the {side} {kind} targets"


def _rule(rule: SegmentRule) -> str:
    noted = f" (description {quote(rule.description)})" if rule.description else ""
    return f"**if** {word_clauses(rule.clauses)} **let in** {_let_in(rule)}{noted}"


def _share(before: SegmentRule, after: SegmentRule, rule: str) -> Iterator[str]:
    if _shared(before) != _shared(after):
        yield f"Changed whom {rule} lets in {change(_let_in(before), _let_in(after))}"


def _shared(rule: SegmentRule) -> tuple[int | None, str, str]:
    return rule.weight, rule.bucket_by, rule.rollout_context_kind


def _let_in(rule: SegmentRule) -> str:
    counted = quote(f"{rule.rollout_context_kind or USER} {rule.bucket_by or 'key'}")
    if rule.weight is None:
        return f"all by {counted}" if rule.bucket_by or rule.rollout_context_kind else "all"
    return f"{percent(rule.weight)} by {counted}"
