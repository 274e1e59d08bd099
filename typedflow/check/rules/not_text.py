"""A file is not UTF-8, or holds characters that text has not.

A guess at the encoding would be wrong on another machine.

Instead, save it as UTF-8. A byte-order mark is skipped.
"""
