"""python -m services.matching <command>."""

import sys

if sys.argv[1:2] == ["cross-reference"]:
    # It speaks to no server: without the libraries that do, it starts at once and in half the memory.
    from services.matching.offline.cross_reference import main as cross_reference

    cross_reference(sys.argv[2:])
else:
    from shared.running.entry import enter

    enter("services.matching")
