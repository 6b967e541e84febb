"""What the files of a project's ``flows/`` call: forms, runs, progress, artifacts, approvals. No rule of the domain.

The flows themselves are in ``flows/`` at the root of a brand project, some twenty lines each. Only *Write a shard*,
which runs start and no person does, is here.
"""
