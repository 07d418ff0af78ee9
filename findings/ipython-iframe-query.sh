#!/bin/sh
# IPython 9.18.1: IFrame(src, width, height, **params) writes "?" and the parameters behind any
# address, also behind one that has a query or a fragment already.
#
# Expected: parameters join those that are there already, by "&" and before any "#".
#
# What happens: https://lab.example/?embed=lab with m=0.999 becomes ?embed=lab?m=0.999, where the
# server or the page finds one parameter, embed, with the value "lab?m=0.999"; and behind
# https://lab.example/#play they become part of the fragment, which no server ever sees.
#
# Why it matters: whoever embeds a page in a notebook by its link, and adds one parameter by its
# keyword, gets a frame of another run and no word about it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" || exit 2
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check ipython==9.18.1 || exit 2

seen=$("$folder/venv/bin/python" - <<'EOF'
import html
import re
from urllib.parse import parse_qs, urlsplit
from IPython.display import IFrame

for address in ("https://lab.example/", "https://lab.example/?embed=lab", "https://lab.example/#play"):
    frame = IFrame(address, 600, 400, m=0.999)._repr_html_()
    src = html.unescape(re.search('src="([^"]*)"', frame).group(1))
    print(src, parse_qs(urlsplit(src).query))
EOF
)
stated="https://lab.example/?m=0.999 {'m': ['0.999']}
https://lab.example/?embed=lab?m=0.999 {'embed': ['lab?m=0.999']}
https://lab.example/#play?m=0.999 {}"
printf '%s\n' "$seen"
if [ "$seen" != "$stated" ]; then
    printf 'changed; stated was:\n%s\n' "$stated"
    exit 1
fi
