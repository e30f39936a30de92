"""Run a program that ends when its parent does: `leash.py <parent pid> <log file or -> <program> [argument ...]`."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1

parent, log, *program = sys.argv[1:]
if log != "-":
    said = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.dup2(said, 1)
    os.dup2(said, 2)
if os.getpgid(0) != os.getpid():
    os.setsid()  # Ctrl-C reaches the launcher alone, which then stops everything in order.
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
if os.getppid() != int(parent):
    sys.exit("The parent was gone before the program began.")
os.execvp(program[0], program)
