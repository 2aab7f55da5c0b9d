"""A client of the LaunchDarkly REST API, for Flagstaff and for LaunchDarkly itself."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from launch_darkly_python_sdk.version import __version__

if TYPE_CHECKING:
    from launch_darkly_python_sdk.answers import Answer
    from launch_darkly_python_sdk.client import LaunchDarkly
    from launch_darkly_python_sdk.errors import (
        ApiException,
        BadRequest,
        Conflict,
        Forbidden,
        MethodNotAllowed,
        NoAnswer,
        NotFound,
        RateLimited,
        ServerError,
        ServiceUnavailable,
        TimedOut,
        TooLarge,
        Unauthorized,
        UnexpectedRedirect,
        Unprocessable,
        UnreadableAnswer,
        UnsupportedMediaType,
    )
    from launch_darkly_python_sdk.raw import RawResponse
    from launch_darkly_python_sdk.retries import Retries

__all__ = [
    "Answer",
    "ApiException",
    "BadRequest",
    "Conflict",
    "Forbidden",
    "LaunchDarkly",
    "MethodNotAllowed",
    "NoAnswer",
    "NotFound",
    "RateLimited",
    "RawResponse",
    "Retries",
    "ServerError",
    "ServiceUnavailable",
    "TimedOut",
    "TooLarge",
    "Unauthorized",
    "UnexpectedRedirect",
    "Unprocessable",
    "UnreadableAnswer",
    "UnsupportedMediaType",
    "__version__",
]

MODULES = {
    "Answer": "answers",
    "LaunchDarkly": "client",
    "RawResponse": "raw",
    "Retries": "retries",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for, so that parts of the package can be used without the rest."""
    if name not in __all__:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    value = getattr(import_module(f"{__name__}.{MODULES.get(name, 'errors')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
