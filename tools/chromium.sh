#!/bin/sh
# Prints where Chromium is: FLAGSTAFF_CHROMIUM, else the one found, else one that it installs where it may.
# The one without windows comes first: it needs a third less of the processor.
set -u
found=${FLAGSTAFF_CHROMIUM:-}
find_one() {
    for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" && return
    done
    return 1
}
[ -n "$found" ] || found=$(find_one)
if [ -z "$found" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update >&2
    for package in chromium-headless-shell chromium; do
        apt-get install --yes --no-install-recommends "$package" >&2 && found=$(find_one) && break
    done
fi
[ -x "$found" ] || { echo "Missing: Chromium (package chromium; another one: FLAGSTAFF_CHROMIUM=/path/to/it)" >&2; exit 1; }
echo "$found"
