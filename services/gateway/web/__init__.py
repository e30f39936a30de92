"""The page kit: sessions, answers, forms, formats, assets; knows no feature."""
