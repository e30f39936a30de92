"""People as notifications knows them: language, addresses, consent."""
