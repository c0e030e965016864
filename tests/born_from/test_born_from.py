"""What the project was born from: its five texts, as pages, give all that they say."""

from dataclasses import replace
from functools import cache

import pytest
from conftest import TEXTS
