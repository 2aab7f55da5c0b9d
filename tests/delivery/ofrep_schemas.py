"""The shapes of OFREP's answers, as JSON schemas of our own."""

from typing import Any

TEXT = {"type": "string", "minLength": 1}
REASON = {"enum": ["STATIC", "DEFAULT", "TARGETING_MATCH", "SPLIT", "DISABLED", "CACHED", "UNKNOWN"]}
SUCCESS: dict[str, Any] = {
    "type": "object",
    "required": ["key", "reason"],
    "properties": {
        "key": TEXT,
        "reason": REASON,
        "variant": TEXT,
        "value": {"not": {"type": "null"}},
        "metadata": {
            "type": "object",
            "additionalProperties": {"type": ["boolean", "string", "number"]},
        },
    },
    "additionalProperties": False,
}


def failure(*codes: str, named: bool = True) -> dict[str, Any]:
    required = ["errorCode", *(["key"] if named else [])]
    properties = {"errorCode": {"enum": list(codes)}, "errorDetails": TEXT} | ({"key": TEXT} if named else {})
    return {
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": False,
    }


BAD_REQUEST = ("PARSE_ERROR", "TARGETING_KEY_MISSING", "INVALID_CONTEXT", "GENERAL")
GENERAL = {
    "type": "object",
    "required": ["errorDetails"],
    "properties": {"errorDetails": TEXT},
    "additionalProperties": False,
}
ONE = {
    200: SUCCESS,
    400: failure(*BAD_REQUEST),
    401: GENERAL,
    404: failure("FLAG_NOT_FOUND"),
    503: GENERAL,
}
ALL = {
    200: {
        "type": "object",
        "required": ["flags"],
        "properties": {"flags": {"type": "array", "items": {"oneOf": [SUCCESS, failure(*BAD_REQUEST)]}}},
        "additionalProperties": False,
    },
    400: failure(*BAD_REQUEST, named=False),
    401: GENERAL,
    503: GENERAL,
}
CONFIGURATION = {
    "type": "object",
    "required": ["name", "capabilities"],
    "properties": {
        "name": TEXT,
        "capabilities": {
            "type": "object",
            "properties": {
                "cacheInvalidation": {
                    "type": "object",
                    "properties": {
                        "polling": {
                            "type": "object",
                            "required": ["name"],
                            "properties": {
                                "enabled": {"type": "boolean"},
                                "minPollingIntervalMs": {"type": "number"},
                            },
                        }
                    },
                },
                "flagEvaluation": {
                    "type": "object",
                    "properties": {
                        "supportedTypes": {
                            "type": "array",
                            "items": {"enum": ["int", "float", "string", "boolean", "object"]},
                        }
                    },
                },
                "caching": {"type": "object", "properties": {"enabled": {"type": "boolean"}}},
            },
            "additionalProperties": False,
        },
    },
    "additionalProperties": False,
}
