"""Links to a person's own pages: requested at the gateway, mailed from here."""
