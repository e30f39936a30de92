"""Code that every service uses; it knows nothing of listings or people (contracts/ and vocabulary/ apart)."""

VERSION = "0.1.0"
