"""python -m services.properties <command>."""

from services.properties.app import SERVICE
from shared.cli import main

main(SERVICE)
