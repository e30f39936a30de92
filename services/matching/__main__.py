"""python -m services.matching <command>."""

from services.matching.app import SERVICE
from shared.cli import main

main(SERVICE)
