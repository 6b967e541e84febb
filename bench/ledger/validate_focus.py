"""Hold a FOCUS export against the FinOps Foundation's own validator.

    python bench/ledger/validate_focus.py FILE.csv

The validator (focus-validator 2.2.1) wants Python 3.12 and pins of its own, so it gets an environment of its own, made
once in the cache folder from the `python3.12` that is found. It finds its list of currencies only when it is run from
its own folder, and ends with 0 whatever it found, so its `FAIL` lines are read. One kind of them is no failure: an
alternative of a rule that another one satisfies. `InvoiceId` must either be null or not be null, and one of the two
always prints `FAIL` while the rule itself passes; without the column, which is recommended, seven lines fail. (That the
validator fails valid files on rules of this class is known: FinOps-Open-Cost-and-Usage-Spec/FOCUS_Spec, issue 2394.)

Beside the rules for everybody, those for a provider with usage, price lists, tags and negotiated prices are asked.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from platformdirs import user_cache_path

VALIDATOR = "focus-validator==2.2.1"
CRITERIA = (
    "USAGE_MEASUREMENT_SUPPORTED", "PUBLIC_PRICE_LIST_SUPPORTED", "UNIT_PRICING_SUPPORTED", "TAGGING_SUPPORTED",
    "NEGOTIATED_PRICING_SUPPORTED", "MULTIPLE_BILLING_ACCOUNT_TYPES_SUPPORTED", "MULTIPLE_PRICING_CATEGORIES_SUPPORTED",
)  # fmt: skip
ALTERNATIVES = {"InvoiceId-C-004-C": "InvoiceId-C-003-C", "InvoiceId-C-005-C": "InvoiceId-C-003-C"}
"""Rules that are one way to satisfy another rule."""


def find_python() -> str | None:
    """A Python 3.12 that runs."""
    candidates = [shutil.which("python3.12"), *map(str, Path.home().glob(".pyenv/versions/3.12*/bin/python"))]
    for candidate in filter(None, candidates):
        asked = subprocess.run(
            [candidate, "-c", "import sys; print(sys.version_info[:2])"], check=False, capture_output=True
        )
        if asked.stdout.strip() == b"(3, 12)":
            return candidate
    return None


def environment() -> Path:
    """The validator's own environment, made on the first call. Raises RuntimeError when it cannot be made."""
    python, home = find_python(), user_cache_path("inedit") / "focus-validator-2.2.1"
    if python is None:
        raise RuntimeError("there is no python3.12")
    done = home / "ready"
    if not done.exists():
        shutil.rmtree(home, ignore_errors=True)
        for command in (
            [python, "-m", "venv", str(home)],
            [str(home / "bin/pip"), "install", "--quiet", "--retries", "1", VALIDATOR, "pyarrow<22"],
        ):
            made = subprocess.run(command, check=False, capture_output=True, text=True)
            if made.returncode:
                raise RuntimeError(f"{' '.join(command)}: {made.stderr[-500:]}")
        done.touch()
    return home


def validate(file: Path) -> tuple[dict[str, str], list[str]]:
    """Each rule's outcome (``PASS``, ``FAIL``, ``SKIPPED``), and the lines of the rules that really fail."""
    home = environment()
    (package,) = home.glob("lib/python3.12/site-packages/focus_validator")
    run = subprocess.run(
        [
            str(home / "bin/focus-validator"), "--data-file", str(file.resolve()), "--validate-version", "1.2",
            "--focus-dataset", "CostAndUsage", "--block-download", "--applicability-criteria", ",".join(CRITERIA),
        ],
        cwd=package.parent, check=False, capture_output=True, text=True,
    )  # fmt: skip
    lines = {
        found[1]: line
        for line in run.stdout.splitlines()
        if (found := re.match(r"\S+\s+(\S+): (?:PASS|FAIL|SKIPPED)\b", line))
    }
    if not lines:
        raise RuntimeError(f"the validator said nothing: {(run.stdout + run.stderr)[-800:]}")
    told = {rule: re.search(r": (PASS|FAIL|SKIPPED)", line)[1] for rule, line in lines.items()}  # type: ignore[index]
    failed = [
        lines[rule]
        for rule, outcome in told.items()
        if outcome == "FAIL" and told.get(ALTERNATIVES.get(rule, ""), "FAIL") != "PASS"
    ]
    return told, failed


def main() -> None:
    """Prints what failed; exit code 1 when something did."""
    told, failed = validate(Path(sys.argv[1]))
    counts = {outcome: list(told.values()).count(outcome) for outcome in ("PASS", "SKIPPED")}
    for line in failed:
        print(line)
    print(
        f"{counts['PASS']} rules pass, {len(failed)} fail, {counts['SKIPPED']} do not apply or cannot be checked"
    )
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
