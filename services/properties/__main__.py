"""python -m services.properties <command>."""

from shared.running.entry import enter

enter("services.properties")
