"""The index of this process, kept current from one change stream."""
