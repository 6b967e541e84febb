"""What people start and watch in the Prefect UI: forms, progress, artifacts, approvals. No rule of the domain is here.

One module a flow; ``flows/`` at the root of a brand project says which of them that project offers.
"""
