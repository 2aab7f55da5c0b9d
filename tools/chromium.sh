#!/bin/sh
# Prints where Chromium is: FLAGSTAFF_CHROMIUM, else the one found, else one that it installs where it may.
set -u
found=${FLAGSTAFF_CHROMIUM:-}
find_one() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" && return
    done
    return 1
}
[ -n "$found" ] || found=$(find_one)
if [ -z "$found" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    { apt-get update && apt-get install --yes --no-install-recommends chromium; } >&2 && found=$(find_one)
fi
[ -x "$found" ] || { echo "Missing: Chromium (package chromium; another one: FLAGSTAFF_CHROMIUM=/path/to/it)" >&2; exit 1; }
echo "$found"
