"""Where a project's index of accepted texts is: what is only made from the database, and made again when it is gone."""

INDEX = ".inedit/index"
"""Its folder, below that of the project."""

EMPTIED = "emptied"
"""A file in it that is another one each time that *Forget* has emptied it: what was read before is kept no more."""
