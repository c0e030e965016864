"""Reads a page with any markup: a document as lines, labels and their values."""
