"""The order of names in lists: the Swedish alphabet, and numbers as numbers."""

from __future__ import annotations

from helpers.i18n.alphabetical_order import alphabetical_key


def test_letters_after_z_are_in_the_order_of_the_swedish_alphabet() -> None:
    names = ["Östra", "ala", "Ängen", "Zon", "Åsen", "Ek"]
    ordered = ["ala", "Ek", "Zon", "Åsen", "Ängen", "Östra"]
    assert sorted(names, key=alphabetical_key) == ordered


def test_numbers_in_names_are_in_the_order_of_numbers() -> None:
    names = ["Bergsvägen 10", "Bergsvägen 2", "Bergsvägen 2 B", "Almvägen 11", "Bergsvägen 1"]
    ordered = ["Almvägen 11", "Bergsvägen 1", "Bergsvägen 2", "Bergsvägen 2 B", "Bergsvägen 10"]
    assert sorted(names, key=alphabetical_key) == ordered
