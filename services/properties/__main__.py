"""python -m services.properties <command>."""

from shared.entry import enter

enter("services.properties")
