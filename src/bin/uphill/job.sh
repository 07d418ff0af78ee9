#!/bin/sh
# A scan in SHARES shares, and their merge, as two jobs of Slurm. Edit what your cluster needs, put
# this file into an empty folder that the nodes share, and run it there: sh job.sh
#
#   ?LINK
#
# Results and logs stand beside it. Run again, it goes on with what is there: a share that is done
# ends at once. `squeue --me` shows the jobs; `uphill` must be in the path of the nodes, or be named
# by UPHILL.
set -eu
cd "$(dirname "$0")"

scan=$(sbatch --parsable <<'END'
#!/bin/sh
#SBATCH --job-name=uphill
# One task of the array computes one share. "1-SHARES%20" has 20 of them run at a time.
#SBATCH --array=1-SHARES
#SBATCH --ntasks=1
# A share has as many threads as it is given cores.
#SBATCH --cpus-per-task=THREADS
#SBATCH --mem=MEMORYM
# Longer than a share takes is not needed (`uphill plan` tells): one that has not ended a minute
# before its time is put back into the queue, and goes on from its checkpoint.
#SBATCH --time=TIME
#SBATCH --signal=B:USR1@60
# The same after preemption and when a node fails: at most the last seconds are lost.
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=part-%a.log
##SBATCH --partition=
##SBATCH --account=

again() {
    kill "$share"
    wait "$share" || true
    scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
}
trap again USR1

"${UPHILL:-uphill}" scan 'LINK' --shard "$SLURM_ARRAY_TASK_ID/SHARES" \
    -o "part-$SLURM_ARRAY_TASK_ID.json" --threads "$SLURM_CPUS_PER_TASK" &
share=$!
wait "$share"
END
)
scan=${scan%%;*}
echo "The shares are job $scan."

# When all shares have ended well, their parts become the result that one machine would have found.
merge=$(sbatch --parsable --dependency=afterok:"$scan" --kill-on-invalid-dep=yes <<'END'
#!/bin/sh
#SBATCH --job-name=uphill-merge
#SBATCH --ntasks=1
#SBATCH --mem=2000M
#SBATCH --time=00:10:00
#SBATCH --output=merge.log
##SBATCH --partition=
##SBATCH --account=

"${UPHILL:-uphill}" merge part-*.json -o result.json
END
)
echo "The merge is job ${merge%%;*}."
