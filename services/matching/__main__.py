"""python -m services.matching <command>."""

import sys

if sys.argv[1:2] == ["cross-reference"]:
    # The command for files uses no server. Without the server libraries it starts at once and needs half the memory.
    from services.matching.offline.cross_reference import main as cross_reference

    cross_reference(sys.argv[2:])
else:
    from shared.running.entry import enter

    enter("services.matching")
