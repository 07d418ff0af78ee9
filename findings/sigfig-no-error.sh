#!/bin/sh
# sigfig 1.4.0 takes a value to be known to the unit where its uncertainty is zero: 0.5 becomes "1
# ± 0".
#
# Expected: an uncertainty of zero says that the value is exact, so that no digit of it may be
# dropped; or it is refused. The package promises rounding "with expected results".
#
# What happens: the place of the first digit of 0 is taken to be that of the units, and the value
# is rounded to it. 10⁻⁷ with no uncertainty becomes "0 ± 0".
#
# Why it matters: exact solutions stand beside measured values in one table, with an error of
# zero.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" || exit 2
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check sigfig==1.4.0 || exit 2

seen=$("$folder/venv/bin/python" -W ignore - <<'EOF'
import sigfig
for value in (0.5, 3.14159, 1e-7):
    print(value, "->", sigfig.round(value, uncertainty=0))
print(0.99985, "->", sigfig.round(0.99985, uncertainty=2e-5))
EOF
)
stated='0.5 -> 1 ± 0
3.14159 -> 3 ± 0
1e-07 -> 0 ± 0
0.99985 -> 0.99985 ± 0.00002'
printf '%s\n' "$seen"
if [ "$seen" != "$stated" ]; then
    printf 'changed; stated was:\n%s\n' "$stated"
    exit 1
fi
