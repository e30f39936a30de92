"""Forms of pages: their fields, and what is wrong with them in the words of the reader."""
