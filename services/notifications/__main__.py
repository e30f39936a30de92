"""python -m services.notifications <command>."""

from shared.entry import enter

enter("services.notifications")
