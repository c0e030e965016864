"""Shared by the project's HTML pages: markup, the frame of a document, styles."""
