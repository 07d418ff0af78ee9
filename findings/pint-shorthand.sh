#!/bin/sh
# pint 0.25.3 writes an error in the shorthand and reads its own text back with another error.
#
# Expected: 0.99985(2) means 0.99985 ± 0.00002, as in CODATA and in the Guide to the Expression of
# Uncertainty in Measurement. pint formats a measurement so with its code S, by way of the package
# uncertainties (3.2.3), and its reader takes the notation, too.
#
# What happens: the reader puts "0." before the digits in brackets, whatever the number of
# decimals, so that 0.99985(2) is read as 0.99985 ± 0.2, ten thousand times too large, and 120(30)
# as 120 ± 0.3, a hundred times too small. Nothing is said. With two digits after two decimals, as
# in 4.85(18), the result happens to be right.
#
# Why it matters: findings are quoted in this shorthand, and whoever pastes one gets another
# error.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" || exit 2
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pint==0.25.3 uncertainties==3.2.3 || exit 2

seen=$("$folder/venv/bin/python" - <<'EOF'
import pint
from uncertainties import ufloat_fromstr
units = pint.UnitRegistry()
for value, error in ((4.85, 0.18), (0.99985, 0.00002), (1.0023, 0.0025)):
    text = f"{(value * units.m).plus_minus(error):S}"
    print(text, "written for", error, "read as", f"{units.parse_expression(text).magnitude.s:g}")
text = "120(30)"
print(text, "pint", f"{units.parse_expression(text + ' m').magnitude.s:g}", "uncertainties", f"{ufloat_fromstr(text).s:g}")
EOF
)
stated='4.85(18) meter written for 0.18 read as 0.18
0.999850(20) meter written for 2e-05 read as 0.2
1.0023(25) meter written for 0.0025 read as 0.25
120(30) pint 0.3 uncertainties 30'
printf '%s\n' "$seen"
if [ "$seen" != "$stated" ]; then
    printf 'changed; stated was:\n%s\n' "$stated"
    exit 1
fi
