#!/bin/sh
# Gives each fuzz target what it starts from: the links, results and checkpoints of all versions
# that tests/old/ has, in corpus/.
set -eu
cd "$(dirname "$0")"
old=../old
mkdir -p corpus/link corpus/result corpus/outcome corpus/checkpoint

for version in "$old"/*/; do
    name=$(basename "$version")
    for file in "$version"*.json; do
        cp "$file" "corpus/result/$name-$(basename "$file")"
    done
    for file in "$version"*.checkpoint; do
        [ ! -e "$file" ] || cp "$file" "corpus/checkpoint/$name-$(basename "$file")"
    done
    # A link stands before the arrow.
    cat "$version"links.txt "$version"experiments.txt | sed -n 's/ *->.*//p' |
        awk -v start="corpus/link/$name-" '{ file = start NR; printf "%s", $0 > file; close(file) }'
done

# The tasks of a result are outcomes, with what names their point beside them.
node -e '
    const { readdirSync, readFileSync, writeFileSync } = require("node:fs");
    for (const name of readdirSync("corpus/result")) {
        if (!name.endsWith(".json")) continue;
        const { tasks } = JSON.parse(readFileSync(`corpus/result/${name}`, "utf8"));
        writeFileSync(`corpus/outcome/${name}`, JSON.stringify(tasks.find((task) => task)));
    }'
