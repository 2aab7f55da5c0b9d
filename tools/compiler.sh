#!/bin/sh
# Succeeds where the evaluation package can be compiled; else says in one line what is missing.
# Usage: compiler.sh PYTHON
set -u
command -v cc >/dev/null || { echo "Missing: a C compiler (package gcc)" >&2; exit 1; }
headers=$("$1" -c 'import sysconfig; print(sysconfig.get_paths()["include"])') || exit 1
[ -f "$headers/Python.h" ] || { echo "Missing: the headers of $("$1" -V) (package python3-dev)" >&2; exit 1; }
