"""What changed among the rules of a flag in one environment, in words."""

from collections.abc import Iterable

from flagstaff.features.flags.model import Flag, Rule
from flagstaff.features.flags.wording import word_serve
from flagstaff.features.targeting import described_rules
from flagstaff.features.targeting.values import same
from flagstaff.features.targeting.wording import change, word_clauses
from flagstaff.kernel.markdown import quote

Rules = tuple[Rule, ...]


def describe_rules(old: Rules, new: Rules, old_flag: Flag, new_flag: Flag) -> Iterable[str]:
    """Say which rules went, came, changed, and in what order they are now."""
    return described_rules.describe_rules(
        old,
        new,
        gone=lambda rule: _whole(rule, old_flag),
        come=lambda rule: _whole(rule, new_flag),
        changed=lambda before, after, rule: _changed(before, after, rule, (old_flag, new_flag)),
    )


def _whole(rule: Rule, flag: Flag) -> str:
    notes = [f"description {quote(rule.description)}"] if rule.description else []
    notes += [f"reference {quote(rule.ref)}"] if rule.ref else []
    notes += ["with detailed events"] if rule.track_events else []
    noted = f" ({', '.join(notes)})" if notes else ""
    return f"**if** {word_clauses(rule.clauses)} **serve** {word_serve(flag, rule.serve)}{noted}"


def _changed(before: Rule, after: Rule, rule: str, flags: tuple[Flag, Flag]) -> Iterable[str]:
    if not same(before.serve, after.serve):
        serves = change(word_serve(flags[0], before.serve), word_serve(flags[1], after.serve))
        yield f"Changed what is served by {rule} {serves}"
    if before.ref != after.ref:
        yield f"Changed the reference of {rule} {change(_text(before.ref), _text(after.ref))}"
    if before.track_events != after.track_events:
        yield f"Turned {'on' if after.track_events else 'off'} detailed events of {rule}"


def _text(text: str) -> str:
    return quote(text) if text else ""
