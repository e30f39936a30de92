"""Contacts of the agency, read for pages that show other things of them."""
