"""The checks: one file each, named as the finding's ``check`` and its page in ``docs/guard/``. Pure functions."""
