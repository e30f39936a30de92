#!/usr/bin/env python
"""A container's health check: exit code 0 when the web process on this port is ready (slim images have no curl)."""

import sys
import urllib.request

if __name__ == "__main__":
    urllib.request.urlopen(f"http://127.0.0.1:{int(sys.argv[1])}/readyz", timeout=3).close()
