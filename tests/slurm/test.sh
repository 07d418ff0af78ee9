#!/bin/sh
# `uphill slurm` against a real Slurm on loopback: a scan as an array, two tasks of which are
# requeued on their way, and the merge as a dependent job; the result has the bytes of a single run.
#
# Needs Debian's slurm-wlm and munge. Everything stands in a temporary folder.
set -eu

uphill=$1

folder=$(mktemp -d)
chmod 755 "$folder"
export SLURM_CONF="$folder/slurm.conf"
name=$(hostname -s)
daemons=''
fail() {
    printf '%s\n' "$*" >&2
    tail -n 20 "$folder"/*.log "$folder"/work/*.log >&2 || true
    exit 1
}
end() {
    for daemon in $daemons; do kill "$daemon" 2>/dev/null || true; done
    wait
    rm -rf "$folder"
}
trap end EXIT

mkdir "$folder/state" "$folder/spool" "$folder/work" "$folder/munge"
cat > "$SLURM_CONF" <<END
ClusterName=loopback
SlurmctldHost=$name(127.0.0.1)
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
SlurmctldPort=16817
SlurmdPort=16818
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket
CredType=cred/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
ReturnToService=2
KillWait=2
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
SchedulerParameters=sched_interval=1,batch_sched_delay=0,requeue_delay=1
NodeName=$name NodeAddr=127.0.0.1 CPUs=2 RealMemory=2000 State=UNKNOWN
PartitionName=main Nodes=$name Default=YES MaxTime=INFINITE State=UP
END
# Nothing here asks for control groups; older versions cannot be told so.
cgroups=disabled
case $(slurmd -V) in *' 2'[0-2].* | *' 23.02'*) cgroups=cgroup/v1 ;; esac
printf 'CgroupPlugin=%s\n' "$cgroups" > "$folder/cgroup.conf"

dd if=/dev/urandom of="$folder/munge/key" bs=1024 count=1 2>/dev/null
# The key is munge's alone; the socket is everybody's.
chmod 711 "$folder/munge"
chmod 400 "$folder/munge/key"
# As root the daemon is run as its own user, as Debian does.
as_munge=''
if [ "$(id -u)" = 0 ]; then
    chown -R munge "$folder/munge"
    as_munge='runuser -u munge --'
fi
$as_munge munged --key-file "$folder/munge/key" --socket "$folder/munge/socket" \
    --pid-file "$folder/munge/pid" --log-file "$folder/munge/log" --seed-file "$folder/munge/seed"
daemons="$(cat "$folder/munge/pid")"
slurmctld -D > "$folder/slurmctld.out" 2>&1 & daemons="$daemons $!"
slurmd -D -N "$name" > "$folder/slurmd.out" 2>&1 & daemons="$daemons $!"

# Asks again until it is so, for three minutes.
until_it_is() {
    for _ in $(seq 720); do
        if eval "$1"; then return; fi
        sleep 0.25
    done
    fail "Waited in vain for: $1"
}
until_it_is 'sinfo -h -o %T 2>/dev/null | grep -q idle'

cd "$folder/work"
# A scan that takes this machine a quarter of a minute, so that its shares are under way when they are
# put back into the queue.
cap=4000000
while :; do
    link="exp=current&L=16&beta=0.8&ms=0.9,0.95,0.99&err=1e-9&relax=2000&cap=$cap&reps=2&seed=1"
    began=$(date +%s)
    "$uphill" scan "$link" -o single.json > /dev/null
    took=$(($(date +%s) - began))
    [ "$took" -lt 15 ] || break
    rm single.json
    cap=$((cap * (took < 4 ? 4 : 2)))
done
"$uphill" slurm "$link" --shards 3 --memory 200 > job.sh
submitted=$(UPHILL=$uphill sh job.sh)
scan=$(echo "$submitted" | sed -n 's/^The shares are job \([0-9]*\)\.$/\1/p')
merge=$(echo "$submitted" | sed -n 's/^The merge is job \([0-9]*\)\.$/\1/p')

# Two shares that have saved something are put back into the queue: the first as its time runs out,
# by the signal of which it does so itself; the second as after preemption.
for share in 1 2; do until_it_is '[ -n "$(find . -name part-$share.json.partial -size +3k)" ]'; done
scancel --signal=USR1 --batch "${scan}_1"
scontrol requeue "${scan}_2"
for share in 1 2; do
    until_it_is 'scontrol show job "${scan}_$share" | grep -q "Restarts=1"'
done
# Slurm lets two minutes pass before it starts such a job, since a node refuses one that it has just
# killed; here some seconds are enough.
sleep 5
at_once() {
    for share in 1 2; do scontrol update JobId="${scan}_$share" StartTime=now 2>/dev/null || true; done
}
until_it_is 'at_once; ! squeue -h -j "$merge" 2>/dev/null | grep -q .'
[ -e result.json ] || fail 'There is no result.'

cmp result.json single.json || fail 'The merged result is not that of a single run.'
echo "A scan in three shares, one requeued by itself and one by Slurm, gave the bytes of a single run; $(slurmctld -V)."
