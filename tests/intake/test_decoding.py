"""Bodies that SDKs, and others, send as events."""

import tracemalloc

import msgspec
import pytest

from flagstaff.intake import decoding
from flagstaff.intake.decoding import AT_ONCE, MOST_COMMAS, check_object, decode_body, mend_surrogates
from flagstaff.intake.events import KINDS, Custom, Feature
from flagstaff.kernel.errors import InvalidRequest

GOOD = b'{"kind":"custom","key":"k","context":{"kind":"user","key":"a"}}'


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"   ",
        b"no JSON",
        b"[1,]",
        b"[1] [2]",
        b"[1",
        b'"text"',
        b"7",
        b"null",
        b"[" * 100_000,
        b"\xff",
        b"[[%s]]" % (b"[" * 5000 + b"]" * 5000),
    ],
)
def test_what_is_no_json_array_or_object_is_invalid(body: bytes) -> None:
    with pytest.raises(InvalidRequest):
        decode_body(body)


@pytest.mark.parametrize("body", [b"[]", b" [ ] ", b"{}", b' {"kind":"diagnostic"}'])
def test_a_body_may_have_no_events(body: bytes) -> None:
    decoded = decode_body(body)
    assert (decoded.events, decoded.refused) == ([], {})


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"1", "malformed"),
        (b"null", "malformed"),
        (b"[]", "malformed"),
        (b'"text"', "malformed"),
        (b"{}", "unknown_kind"),
        (b'{"kind":7}', "malformed"),
        (b'{"kind":"newer","key":"k"}', "unknown_kind"),
        (b'{"kind":"custom"}', "malformed"),
        (b'{"kind":"custom","key":""}', "malformed"),
        (b'{"kind":"custom","key":"%s"}' % (b"k" * 1025), "malformed"),
        (b'{"kind":"custom","key":"k","metricValue":"7"}', "malformed"),
        (b'{"kind":"custom","key":"k","metricValue":1e999}', "malformed"),
        (b'{"kind":"custom","key":"k","creationDate":-1}', "malformed"),
        (b'{"kind":"feature","key":"k","variation":-1}', "malformed"),
        (b'{"kind":"feature","key":"k","version":99999999999999999999}', "malformed"),
        (b'{"kind":"custom","key":"\xff"}', "malformed"),
        (b'{"kind":"summary"}', "malformed"),
        (b'{"kind":"summary","features":[]}', "malformed"),
        (b'{"kind":"summary","features":{"a":{"counters":[{"count":-1}]}}}', "malformed"),
        (b'{"kind":"summary","features":{"a":{"counters":[{"count":1e30}]}}}', "malformed"),
        (b'{"kind":"migration_op","operation":"read"}', "malformed"),
    ],
)
def test_one_bad_event_is_refused_and_the_others_count(bad: bytes, reason: str) -> None:
    decoded = decode_body(b"[%s,%s,%s]" % (GOOD, bad, GOOD))
    assert [type(event) for event in decoded.events] == [Custom, Custom]
    assert decoded.refused == {reason: 1}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_members_that_nobody_knows_are_ignored(kind: str) -> None:
    event = {"kind": kind, "key": "k", "features": {}, "evaluation": {"key": "k"}, "new": [1], "reason": None}
    decoded = decode_body(msgspec.json.encode([event]))
    assert len(decoded.events) == 1


def test_half_a_character_does_not_spoil_a_batch() -> None:
    body = rb'[{"kind":"custom","key":"a\ud83d"},{"kind":"custom","key":"\ud83d\ude00 \\ud83d"}]'
    decoded = decode_body(body)
    assert [event.key for event in decoded.events if isinstance(event, Custom)] == [
        "a\ufffd",
        "\U0001f600 \\ud83d",
    ]


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        (rb"\ude00", rb"\ufffd"),
        (rb"\ud83d\ud83d\ude00", rb"\ufffd\ud83d\ude00"),
        (rb"\\ud83d", rb"\\ud83d"),
        (rb"\\\ud83d", rb"\\\ufffd"),
        (rb"\u00e9\n", rb"\u00e9\n"),
    ],
)
def test_only_halves_are_mended(text: bytes, mended: bytes) -> None:
    assert mend_surrogates(text) == mended


def test_a_long_body_is_decoded_event_by_event() -> None:
    body = b"[%s]" % b",".join([GOOD] * (AT_ONCE // len(GOOD) + 10))
    decoded = decode_body(body)
    assert len(body) > AT_ONCE
    assert len(decoded.events) == AT_ONCE // len(GOOD) + 10


NESTED = b'{"kind":"custom","key":"k","data":[%s],"context":{"kind":"user","key":"a"}}'


@pytest.mark.parametrize(
    "event",
    [
        GOOD,
        NESTED % b",".join([b'{"kind":"x"}'] * 50),
        NESTED % b'"a brace },{ in a text"',
        NESTED % b'"},", "}", "\\"},"',
        NESTED % rb'"half \ud83d of one"',
    ],
)
@pytest.mark.parametrize("comma", [b",", b" ,\n\t"])
def test_a_body_in_parts_has_the_events_of_one_that_is_read_at_once(
    event: bytes, comma: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = b" [%s] " % comma.join([event, b'{"kind":"newer"}'] * 20)
    whole = decode_body(body)
    for size in (1, 10, 100, len(event), 700):
        monkeypatch.setattr(decoding, "AT_ONCE", size)
        parts = decode_body(body)
        assert parts.refused == whole.refused == {"unknown_kind": 20}
        assert msgspec.json.encode(parts.events) == msgspec.json.encode(whole.events)


@pytest.mark.parametrize(
    "broken",
    [b"[%s,]", b"[%s,{]", b"[%s}]", b"[%s", b"%s]", b"[%s],[1]", b"[%s][]", b'[%s,"]', b"[,%s]", b"[%s,,1]"],
)
def test_a_body_in_parts_is_refused_when_it_is_no_json(
    broken: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = broken % b",".join([GOOD] * 20)
    for size in (1, 100, 500, 10_000):
        monkeypatch.setattr(decoding, "AT_ONCE", size)
        with pytest.raises(InvalidRequest):
            decode_body(body)


def test_no_part_of_a_long_body_is_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    lengths: list[int] = []
    read = decoding.split_events
    monkeypatch.setattr(decoding, "split_events", lambda part: (lengths.append(len(part)), read(part))[1])
    many = 5 * AT_ONCE // len(GOOD)
    assert len(decode_body(b"[%s]" % b",".join([GOOD] * many)).events) == many
    assert max(lengths) < 1.1 * AT_ONCE


def test_a_body_of_endless_tiny_members_is_refused_without_building_them() -> None:
    body = b"[" + b"1," * (MOST_COMMAS + 1) + b"1]"
    tracemalloc.start()
    decoded = decode_body(body)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (decoded.events, decoded.refused) == ([], {"too_many": 1})
    assert peak < 2.5 * len(body)


def test_null_is_as_nothing() -> None:
    event = {"kind": "feature", "key": "k", "variation": None, "version": None, "samplingRatio": None}
    (feature,) = decode_body(msgspec.json.encode([event])).events
    assert isinstance(feature, Feature)
    assert (feature.variation, feature.version, feature.sampling_ratio) == (None, None, None)


@pytest.mark.parametrize(
    ("body", "is_object"), [(b'{"a":1}', True), (b" {}", True), (b"[]", False), (b"", False)]
)
def test_a_diagnostic_is_an_object(body: bytes, is_object: bool) -> None:
    if is_object:
        check_object(body)
    else:
        with pytest.raises(InvalidRequest):
            check_object(body)
