#!/bin/sh
# Says in one line what this machine lacks for `make`, with the Debian package that brings it.
# Usage: prerequisites.sh PYTHON
set -u
python=$1
missing=""

need() {
    missing="$missing${missing:+, }$1"
}

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    need "Python 3.11 or newer (package python3; another one: make PYTHON=/path/to/python3.12)"
elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    need "venv for $("$python" -V) (package python3-venv)"
fi

node_is_new_enough='
    const [major, minor] = process.versions.node.split(".").map(Number);
    process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)'
if ! command -v node >/dev/null; then
    need "Node.js 20.19 or newer (package nodejs)"
elif ! node -e "$node_is_new_enough" >/dev/null 2>&1; then
    need "Node.js 20.19 or newer, $(node --version) is here (package nodejs)"
fi
command -v npm >/dev/null || need "npm (package npm)"
command -v git >/dev/null || need "git (package git)"

if [ -n "$missing" ]; then
    echo "Missing: $missing" >&2
    exit 1
fi
