#!/bin/sh
# Runs the tests of the client under every Python from 3.11 on this machine, each in a virtual environment of its
# own in the folder that is given.
set -eu

folder=${1:?usage: pythons.sh folder}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
cd "$(dirname "$0")"

# Prints "3.12 /path/to/python" for each, the first one of each version.
list_pythons() {
    for python in $(command -v python3 python3.11 python3.12 python3.13 python3.14 python3.15 || true) \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/*/bin/python3 /usr/local/bin/python3.* /opt/*/bin/python3; do
        [ -x "$python" ] || continue
        "$python" -c '
import sys, venv, ensurepip
if sys.version_info >= (3, 11):
    print("%d.%d" % sys.version_info[:2], sys.executable)
' 2>/dev/null || true
    done | sort -t. -k2n -u -k1,1
}

pythons=$(list_pythons | awk '!seen[$1]++')
[ -n "$pythons" ] || { echo "no Python from 3.11 on is here" >&2; exit 1; }
echo "$pythons" | while read -r version python; do
    echo "== Python $version ($python)"
    environment="$folder/$version"
    [ -x "$environment/bin/python" ] || "$python" -m venv "$environment"
    "$environment/bin/python" -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements.lock
    "$environment/bin/python" -m pytest -q
done
