#!/usr/bin/env bash
# Prints the path of the Python interpreter of a virtual environment under FOLDER. The environment has the packages of
# a requirements file. If the environment does not exist, the script creates it. The default of REQUIREMENTS is the file
# beside this script, which lists the acro package and its dependencies.
#
#	python=$(.ci/acro/install.sh FOLDER [REQUIREMENTS])
set -euo pipefail
cache=${1:?usage: install.sh FOLDER [REQUIREMENTS]}
requirements=${2:-$(dirname "$0")/requirements.txt}
name=$(basename "$(cd "$(dirname "$requirements")" && pwd)")
mkdir -p "$cache"
cache=$(cd "$cache" && pwd)

# The pinned versions need Python 3.11 or later, and were tested on 3.11.
base=
for candidate in python3.11 /usr/bin/python3.11 python3; do
	if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
		base=$candidate
		break
	fi
done
[ -n "$base" ] || {
	echo "install python 3.11 and its venv first (Debian: python3-venv)" >&2
	exit 1
}

# Changed requirements, or another version of Python, get a new environment.
want=$({ "$base" --version && cat "$requirements"; } | sha256sum | cut -c1-16)
venv=$cache/$name-$want
if [ ! -e "$venv/installed" ]; then
	rm -rf "$venv"
	"$base" -m venv "$venv" >&2
	"$venv/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: --no-deps \
		--requirement "$requirements" >&2
	"$venv/bin/pip" check >&2
	touch "$venv/installed"
fi
echo "$venv/bin/python"
