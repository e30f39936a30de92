"""Styles, scripts, drawings and icons, as browsers get them."""
