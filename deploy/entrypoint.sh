#!/bin/sh
# One word says what this container is: setup, web, worker or alive (the worker's health check).
exec python -m "services.${SERVICE:?the image was built without a service}" "$@"
