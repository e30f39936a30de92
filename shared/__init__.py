"""Mechanism that every service uses; nothing in here knows a listing from a loaf of bread (contracts/ apart)."""

VERSION = "0.1.0"
