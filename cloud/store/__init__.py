"""Stores: where rows and the books live, behind one Protocol (:class:`cloud.types.Store`)."""
