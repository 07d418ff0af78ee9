#!/bin/sh
# Puts the recipes of docs/embed.md, as they are written there, through the tools that they are for,
# in their newest versions of the day this was written, and looks at what these make of them. Needs
# Python 3.11 or later with venv, Node.js and a connection; `./build.sh test --long` runs it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" -q install nbconvert==7.17.2 ipykernel==7.4.0 ipython==9.18.1 \
    sphinx==9.0.4 myst-parser==5.2.0 pypandoc_binary==1.17
npm --prefix "$work" install --silent --no-save mystmd@1.8.3
"$work/python/bin/python" "$here/recipes.py" "$here/../../docs/embed.md" "$work"
