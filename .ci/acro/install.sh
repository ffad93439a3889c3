#!/usr/bin/env bash
# Installs the acro package, of the version that .ci/acro/requirements.txt states, into a virtual
# environment under the given folder unless it is there, and prints the path of its python.
#
#	python=$(.ci/acro/install.sh FOLDER)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${1:?usage: install.sh FOLDER}
mkdir -p "$cache"
cache=$(cd "$cache" && pwd)

# numpy and others of the requirements are of one version of python each: 3.11, as Debian has.
base=${ACRO_BASE_PYTHON:-}
for candidate in python3.11 /usr/bin/python3.11 python3; do
	if [ -z "$base" ] && "$candidate" -c 'import sys, venv; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
		base=$candidate
	fi
done
[ -n "$base" ] || {
	echo "install python3.11 first" >&2
	exit 1
}

# What is installed is known by the requirements it was made from.
want=$(sha256sum <"$here/requirements.txt" | cut -c1-16)
venv=$cache/acro-$want
if [ ! -e "$venv/installed" ]; then
	rm -rf "$venv"
	"$base" -m venv "$venv" >&2
	"$venv/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: --no-deps \
		--requirement "$here/requirements.txt" >&2
	"$venv/bin/pip" check >&2
	touch "$venv/installed"
fi
echo "$venv/bin/python"
