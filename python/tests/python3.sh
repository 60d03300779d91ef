#!/bin/sh
# A python3 of at least 3.9 that has the modules named by ENGRAM_MODULES, installed or unpacked by .ci/run below target/python.
# Ends with 77 where there is none.
root=$(cd "$(dirname "$0")/../.." && pwd)
modules=${ENGRAM_MODULES:-numpy}

has() {
  "$1" -c "import sys, $modules; assert sys.version_info >= (3, 9)" 2> /dev/null
}

for python in python3 /usr/bin/python3; do
  if has "$python"; then
    exec "$python" "$@"
  fi
done
unpacked="$root/target/python/usr/lib"
for file in "$unpacked"/*/lib*.so.* "$unpacked"/*/blas/lib*.so.* "$unpacked"/*/lapack/lib*.so.*; do
  LD_LIBRARY_PATH="${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$(dirname "$file")"
done
PYTHONPATH="${PYTHONPATH:+$PYTHONPATH:}$unpacked/python3/dist-packages"
export LD_LIBRARY_PATH PYTHONPATH
for python in /usr/bin/python3 python3; do
  if has "$python"; then
    exec "$python" "$@"
  fi
done
echo "no python3 of at least 3.9 with $modules on the PATH, and none with what .ci/run unpacks below target/python" >&2
exit 77
