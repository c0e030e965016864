"""The whole table."""

from mutations.boxes import BOXES
from mutations.listings import LISTINGS
from mutations.reading import READING
from mutations.releases import RELEASES
from mutations.words import WORDS

RULES = (*RELEASES, *BOXES, *LISTINGS, *READING, *WORDS)
