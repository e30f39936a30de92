"""Parts that two or more features use, with templates, styles and scripts."""
