#!/bin/sh
# emcee 3.1.6 gives anticorrelated chains a negative time of autocorrelation, without a word.
#
# Expected: for x' = φ·x + noise the integrated time of autocorrelation is (1 + φ)/(1 − φ), which
# is positive for every φ: 0.05 at φ = −0.9, 0.18 at φ = −0.7. emcee.autocorr.integrated_time
# documents the estimate with an automatic window, M ≥ 5 times the time, and errors or warnings
# for chains that are too short.
#
# What happens: the window closes at once, since the sum after one step is already below zero (1 +
# 2φ = −0.8 at φ = −0.9), and that is returned. The chain has 20,000 steps, and no warning comes.
# The number of independent samples, N/τ, and the variance of the mean come out negative.
#
# Why it matters: currents counted by crossings are anticorrelated, as are the steps of
# overrelaxed and antithetic samplers.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv" || exit 2
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check emcee==3.1.6 numpy==2.4.6 || exit 2

seen=$("$folder/venv/bin/python" -W error - <<'EOF'
import numpy as np
from emcee.autocorr import integrated_time
for phi in (0.5, -0.7, -0.9):
    noise = np.random.default_rng(1).normal(size=20000)
    x = np.zeros(noise.size)
    for i in range(1, x.size):
        x[i] = phi * x[i - 1] + noise[i]
    time = integrated_time(x)[0]
    exact = (1 + phi) / (1 - phi)
    print(f"{phi:+} exact {exact:.2f} emcee {time:.1f}")
EOF
)
stated='+0.5 exact 3.00 emcee 2.9
-0.7 exact 0.18 emcee -0.4
-0.9 exact 0.05 emcee -0.8'
printf '%s\n' "$seen"
if [ "$seen" != "$stated" ]; then
    printf 'changed; stated was:\n%s\n' "$stated"
    exit 1
fi
