"""Pairs of listing and saved search, as matching reports them, and the status of each listing."""
