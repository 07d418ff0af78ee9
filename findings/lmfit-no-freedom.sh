#!/bin/sh
# lmfit 1.3.4 gives a line through two points with known errors an error of its slope of zero.
#
# Expected: two points and two parameters leave no freedom, so that the scatter about the line
# says nothing of the errors. With weights of 1/σ the error of the slope follows from σ alone,
# √2·0.5/0.0004 = 1768 here; or, where errors are to be scaled by the scatter (scale_covar, the
# default), there is none, and the fit says so.
#
# What happens: χ² is divided by max(1, freedom), so that the reduced χ² comes out as zero and not
# undefined, and every error is multiplied by its root. The stderr is zero but for rounding, a
# number and not None; only where χ² is zero to the last bit does errorbars say False. With
# scale_covar=False the fit gives 1768.
#
# Why it matters: a zero crossing found from the two points beside it is what a coarse scan has,
# and it would come out exact.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" || exit 2
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check lmfit==1.3.4 numpy==2.4.6 scipy==1.17.1 || exit 2

seen=$("$folder/venv/bin/python" -W ignore - <<'EOF'
import numpy as np
from lmfit.models import LinearModel
x, y = np.array([0.9990, 0.9994]), np.array([3.0, -1.0])
for scaled in (True, False):
    fit = LinearModel().fit(y, x=x, weights=np.full(2, 2.0), slope=-1e4, intercept=1e4, scale_covar=scaled)
    print("scale_covar", scaled, "freedom", fit.nfree, "slope error", round(fit.params["slope"].stderr))
EOF
)
stated='scale_covar True freedom 0 slope error 0
scale_covar False freedom 0 slope error 1768'
printf '%s\n' "$seen"
if [ "$seen" != "$stated" ]; then
    printf 'changed; stated was:\n%s\n' "$stated"
    exit 1
fi
