#!/bin/sh
# ASE 3.29.0 writes an empty text in the information of a structure so that its own reader takes
# the field after it for the value.
#
# Expected: what is written as extended XYZ is read back as it was; the format has quotation marks
# for texts, and an empty one is "".
#
# What happens: the empty text is written bare, as `reason= J=1.5`. Read back, reason is the text
# "J=1.5", and J is gone. Where nothing follows but the periodicity, that is swallowed instead.
# Nothing is said.
#
# Why it matters: "no reason" and "no remark" are ordinary values, and the number beside them is
# lost.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" || exit 2
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check ase==3.29.0 || exit 2

seen=$("$folder/venv/bin/python" - <<'EOF'
import io
from ase import Atoms
from ase.io import read, write
atoms = Atoms("H", positions=[[0, 0, 0]])
atoms.info.update(reason="", J=1.5)
file = io.StringIO()
write(file, atoms, format="extxyz")
print("written:", file.getvalue().splitlines()[1].split(" ", 1)[1].split(" pbc")[0])
file.seek(0)
print("read:", dict(read(file, format="extxyz").info))
EOF
)
stated="written: reason= J=1.5
read: {'reason': 'J=1.5'}"
printf '%s\n' "$seen"
if [ "$seen" != "$stated" ]; then
    printf 'changed; stated was:\n%s\n' "$stated"
    exit 1
fi
