"""Attribute references: a plain name, or a path of object members that starts with a slash."""


class InvalidReference(ValueError):
    """An attribute reference that names nothing."""


def parse_reference(text: str, context_kind: str) -> tuple[str, ...]:
    """Give the member names that a reference walks through, or raise InvalidReference.

    Without a context kind the data is of the old style, in which the whole text is one name.
    """
    if not text:
        raise InvalidReference("reference is empty")
    if not context_kind or not text.startswith("/"):
        return (text,)
    return tuple(_unescape(component) for component in text[1:].split("/"))


def _unescape(component: str) -> str:
    if not component:
        raise InvalidReference("reference has an empty component")
    first, *escaped = component.split("~")
    return first + "".join(_replace_escape(part) for part in escaped)


def _replace_escape(part: str) -> str:
    if part.startswith("0"):
        return "~" + part[1:]
    if part.startswith("1"):
        return "/" + part[1:]
    raise InvalidReference("~ is not followed by 0 or 1")
