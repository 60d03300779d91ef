"""Where a text falls among a fixed number of places, and with which sign: the same in every language."""

import re

import numpy as np

_MASK = (1 << 64) - 1
_BETWEEN_WORDS = re.compile(r"[\W_]+")


def units(text):
    """Its UTF-16 code units: what Java calls characters."""
    data = text.encode("utf-16-le", "surrogatepass")
    return [data[i] | data[i + 1] << 8 for i in range(0, len(data), 2)]


def of(characters, salt):
    """FNV-1a over the characters, its bits mixed as SplitMix64 mixes them."""
    value = 0xCBF29CE484222325 ^ salt
    for each in characters:
        value = ((value ^ each) * 0x100000001B3) & _MASK
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & _MASK
    return value ^ (value >> 31)


def add(value, amount, row):
    row[(value >> 1) % len(row)] += -amount if value & 1 else amount


def text(cell, places):
    """One text falls on three places."""
    row = np.zeros(places, np.float32)
    for probe in range(3):
        add(of(units(cell), probe), np.float32(1 / np.sqrt(3)), row)
    return row


def sentence(cell, places):
    """Half the numbers are its words, the other half the runs of three characters in them; each half of length 1."""
    words, grams = np.zeros(places // 2, np.float32), np.zeros(places // 2, np.float32)
    for word in filter(None, _BETWEEN_WORDS.split(cell.lower())):
        add(of(units(word), 0), 1, words)
        padded = units("<" + word + ">")
        for i in range(len(padded) - 2):
            add(of(padded[i : i + 3], 1), 1, grams)
    return np.concatenate([each / (np.sqrt((each * each).sum()) or 1) for each in (words, grams)])
