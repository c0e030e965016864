"""Printed text in one normal form."""
