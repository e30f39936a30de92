"""Usual names of columns in five languages: a guess that a person corrects."""

from __future__ import annotations

from anyascii import anyascii

NAMES = {
    "listing_id": "listing_id ref reference referencia id codigo sifra oznaka objektnummer referens mls_number",
    "list_price": "list_price price precio preco cena pris asking_price rent renta",
    "property_sub_type": "property_sub_type type property_type tipo tipologia vrsta tip typ objekttyp",
    "bedrooms_total": "bedrooms_total bedrooms beds bed habitaciones dormitorios quartos spalnice sovrum rooms",
    "bathrooms_total": "bathrooms_total bathrooms baths banos casas_de_banho kopalnice badrum",
    "living_area": "living_area area sqm m2 size superficie area_util povrsina boarea boyta sqft_living surface",
    "lot_size_area": "lot_size_area plot lot parcela terreno zemljisce tomtarea sqft_lot",
    "year_built": "year_built built year ano construccion leto_gradnje byggar yr_built",
    "latitude": "latitude lat latitud zemljepisna_sirina",
    "longitude": "longitude long lon lng longitud zemljepisna_dolzina",
    "street_name": "street_name street address calle direccion rua morada ulica naslov gata adress",
    "city": "city town ciudad municipio cidade mesto kraj ort stad",
    "postal_code": "postal_code zip zipcode postcode codigo_postal cp postna_stevilka postnummer",
    "state_or_province": "state_or_province state province region provincia distrito regija lan",
    "country": "country pais drzava land",
    "on_market_date": "on_market_date date since fecha data datum listed_on",
    "public_remarks.en": "description remarks public_remarks text",
    "public_remarks.es": "descripcion",
    "public_remarks.pt": "descricao",
    "public_remarks.sl": "opis",
    "public_remarks.sv": "beskrivning",
}
KNOWN = {word: name for name, words in NAMES.items() for word in words.split()}


def guessed(column: str) -> str | None:
    """The field that a column of this name usually holds."""
    plain = "".join(letter if letter.isalnum() else " " for letter in anyascii(column).lower())
    return KNOWN.get("_".join(plain.split()))
