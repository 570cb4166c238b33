#!/bin/sh
# Builds every object of this folder from the C beside it. Objects are committed; run this after changing a source.
# Names are relative and debug sections stripped, so that no path of the machine is left inside. BTF stays.
set -eu
cd "$(dirname "$0")"

# build CLANG CPU SOURCE OBJECT [OPTION...]
build() {
    clang=$1 cpu=$2 source=$3 object=$4
    shift 4
    "clang-$clang" -g -O2 -target bpf -mcpu="$cpu" -I"/usr/include/$(uname -m)-linux-gnu" -Wno-visibility \
        -fdebug-compilation-dir=. "$@" -c "$source.bpf.c" -o "$object.o"
    llvm-strip-19 -g "$object.o"
}

build 14 v1 cpu cpu-v1-clang14
build 16 v2 cpu cpu-v2-clang16
build 19 v3 cpu cpu-v3-clang19
build 22 v4 cpu cpu-v4-clang22
build 19 v3 locked locked-clang19
build 14 v2 locked locked-clang14
build 22 v4 locked locked-clang22
build 19 v3 maps maps-clang19
build 16 v3 maps maps-clang16
build 19 v3 globals globals-clang19
build 22 v3 globals globals-clang22
build 14 v2 legacy legacy-clang14
build 14 v2 legacy legacy-nobtf -g0
build 19 v3 externs externs-clang19
build 14 v3 externs externs-clang14
build 19 v3 core core-clang19
build 16 v3 core core-clang16
build 19 v3 many many-clang19
build 14 v2 many many-clang14
build 19 v3 special special-clang19
build 22 v3 special special-clang22
build 14 v2 indirect indirect-clang14
build 22 v4 indirect indirect-clang22
build 22 v4 jumptable jumptable-clang22 -mllvm -bpf-min-jump-table-entries=4
clang-19 -g -O2 -target bpfeb -I"/usr/include/$(uname -m)-linux-gnu" -fdebug-compilation-dir=. \
    -c cpu.bpf.c -o bad-bigendian.o
llvm-strip-19 -g bad-bigendian.o
clang-19 -O2 -target bpf -mcpu=v3 -I"/usr/include/$(uname -m)-linux-gnu" -Wno-visibility -fdebug-compilation-dir=. \
    -c locked.bpf.c -o bad-nobtf.o
llvm-strip-19 -g bad-nobtf.o
