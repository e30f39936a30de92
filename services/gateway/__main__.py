"""python -m services.gateway <command>."""

from services.gateway.app import SERVICE
from shared.cli import main

main(SERVICE)
