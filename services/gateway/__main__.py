"""python -m services.gateway <command>."""

from shared.entry import enter

enter("services.gateway")
