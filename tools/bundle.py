"""How much JavaScript the built console loads before it shows a page, gzipped, against its budget."""

import re
import sys
from pathlib import Path

BUILT = Path("src/flagstaff/http/console_files")
BUDGET = 235_000  # bytes for the list of flags, the page that most people see first
IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*["']\./([\w.~-]+\.js)["']""")
ENTRY = re.compile(r'src="/assets/([^"]+)"')


def list_needed(assets: Path, start: str) -> set[str]:
    """The file and all that it imports before it runs."""
    found, waiting = set[str](), [start]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += IMPORTED.findall((assets / name).read_text())
    return found


def list_first_files(built: Path) -> tuple[set[str], set[str]]:
    """The files that every page needs, and those with the list of flags; raises LookupError without them."""
    entry = ENTRY.search((built / "index.html").read_text())
    page = next((built / "assets").glob("FlagsPage-*.js"), None)
    if entry is None or page is None:
        raise LookupError(f"{built} holds no console: make console")
    frame = list_needed(built / "assets", entry[1])
    return frame, frame | list_needed(built / "assets", page.name)


def measure(built: Path, names: set[str]) -> int:
    """The bytes of these files as they are sent."""
    return sum((built / "assets" / f"{name}.gz").stat().st_size for name in names)


def main() -> int:
    frame, flags = list_first_files(BUILT)
    for what, names in (("every page", frame), ("the list of flags", flags)):
        size = measure(BUILT, names)
        print(f"{what}: {size / 1000:.0f} KB of JavaScript, gzipped, in {len(names)} files")
    if size > BUDGET:
        print(f"The list of flags may load {BUDGET / 1000:.0f} KB before it shows", file=sys.stderr)
    return int(size > BUDGET)


if __name__ == "__main__":
    sys.exit(main())
