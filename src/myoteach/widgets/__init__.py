"""Explorers: one Python file beside one ES module each.

Nothing is loaded here: each explorer is loaded from its own module when it is first asked for, so that a lesson does
not wait for those it does not show (see ``myoteach.__getattr__``).
"""
