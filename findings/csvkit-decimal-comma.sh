#!/bin/sh
# csvkit 2.2.0 (agate 1.14.2) drops decimal commas: 0,5 becomes 5, and −1,5e-6 becomes −1.5e-5.
#
# Expected: a cell that is no number in the locale in force (en_US, the default) is a text, as
# csvkit takes "a" for one. A comma in English parts thousands, three digits each, so that 0,5 and
# 1,5e-6 are none.
#
# What happens: every comma is left out, wherever it stands, and the rest is read as a number.
# With --locale de_DE the commas are right and points are left out instead: 0.9995 becomes 9995,
# and 1.0e-7 becomes 10e-7.
#
# Why it matters: a table for German and Italian spreadsheets goes through with numbers that are
# wrong by a power of ten that depends on how many digits each one has.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" || exit 2
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check csvkit==2.2.0 agate==1.14.2 || exit 2

printf 'm;J\n0,5;-1,5e-6\n0,9995;2,0e-7\n' > "$folder/comma.csv"
printf 'm,J\n0.5,-1.5e-6\n0.9995,2.0e-7\n' > "$folder/point.csv"
json=$folder/venv/bin/csvjson
seen=$("$json" -d ';' "$folder/comma.csv"; echo
    "$json" -d ';' --locale de_DE "$folder/comma.csv"; echo
    "$json" -d ',' --locale de_DE "$folder/point.csv")
stated='[{"m": 5.0, "J": -1.5e-05}, {"m": 9995.0, "J": 2e-06}]
[{"m": 0.5, "J": -1.5e-06}, {"m": 0.9995, "J": 2e-07}]
[{"m": 5.0, "J": -1.5e-05}, {"m": 9995.0, "J": 2e-06}]'
printf '%s\n' "$seen"
if [ "$seen" != "$stated" ]; then
    printf 'changed; stated was:\n%s\n' "$stated"
    exit 1
fi
