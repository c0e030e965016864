"""The whole table."""

from mutations.listings import LISTINGS
from mutations.reading import READING
from mutations.releases import RELEASES
from mutations.words import WORDS

RULES = (*RELEASES, *LISTINGS, *READING, *WORDS)
