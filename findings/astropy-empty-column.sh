#!/bin/sh
# astropy 8.0.2 takes a column of a CSV file that is empty throughout for whole numbers, so that
# it cannot be stacked with the same column of another file.
#
# Expected: a column without a value has no type, and vstack, which documents that it fills in
# what is missing, takes the other table's.
#
# What happens: the column is read as int64, all masked. Where the other file has texts in it,
# vstack raises TableMergeError; where it has real numbers all is well.
#
# Why it matters: results of one program, each with the same columns, are stacked as long as
# nobody has a text column that is empty in one of them, such as a state that small lattices do
# not have.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" || exit 2
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check astropy==8.0.2 || exit 2

printf 'm,state\n0.5,\n0.6,\n' > "$folder/small.csv"
printf 'm,state\n0.5,step\n0.6,bump\n' > "$folder/large.csv"
seen=$(cd "$folder" && venv/bin/python - <<'EOF'
from astropy.io import ascii
from astropy.table import vstack
small, large = (ascii.read(name, format="csv") for name in ("small.csv", "large.csv"))
print(small["state"].dtype, large["state"].dtype)
try:
    print(vstack([small, large])["state"].dtype)
except Exception as error:
    print(type(error).__name__)
EOF
)
stated='int64 <U4
TableMergeError'
printf '%s\n' "$seen"
if [ "$seen" != "$stated" ]; then
    printf 'changed; stated was:\n%s\n' "$stated"
    exit 1
fi
