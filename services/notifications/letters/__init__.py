"""Letters: mails that members write by hand about homes."""
