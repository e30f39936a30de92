"""Run a program that ends when its parent does: `leash.py <parent pid> <program> [argument ...]`."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1

if os.getpgid(0) != os.getpid():
    os.setsid()  # Ctrl-C reaches the launcher alone, which then stops everything in order.
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
if os.getppid() != int(sys.argv[1]):
    sys.exit("The parent was gone before the program began.")
os.execvp(sys.argv[2], sys.argv[2:])
