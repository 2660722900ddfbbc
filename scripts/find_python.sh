#!/bin/sh
# Prints the path of a Python that can run CityEdge (3.11 or newer), or says how to get one.
for name in python3 python3.11 python3.12 python3.13 python3.14; do
    path=$("$name" -c 'import sys; sys.version_info >= (3, 11) and print(sys.executable)' 2>/dev/null)
    if [ -n "$path" ]; then
        echo "$path"
        exit 0
    fi
done
echo "set-up: CityEdge needs Python 3.11 or newer, and none is on the PATH." >&2
echo "  → Debian 12, Raspberry Pi OS 12, Ubuntu 24.04 and later: sudo apt-get install python3 python3-venv" >&2
exit 1
