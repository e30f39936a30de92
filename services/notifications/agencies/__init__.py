"""Agencies and their members, as the gateway reports them."""
