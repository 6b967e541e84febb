"""Hold a FOCUS export against the FinOps Foundation's own validator.

    python bench/ledger/validate_focus.py FILE.csv [--version 1.3 --rules FOLDER]

It brings the rules of 1.2. For another version, ``--rules`` names a folder with that release's requirements model:
``specification/requirements_model/releases/1.3`` of the repository FinOps-Open-Cost-and-Usage-Spec/FOCUS_Spec, from a
copy of your own. In the model of 1.3 a column that a file leaves out is skipped as a whole while the rules below it
print ``FAIL``: these are not counted, the rules on which columns there must be are. FAULTS names rules that no file
can satisfy, and why.

The validator (focus-validator 2.2.1) wants Python 3.12 and pins of its own, so it gets an environment of its own, made
once in the cache folder from the `python3.12` that is found. It finds its list of currencies only when it is run from
its own folder, and ends with 0 whatever it found, so its `FAIL` lines are read. One kind of them is no failure: an
alternative of a rule that another one satisfies. `InvoiceId` must either be null or not be null, and one of the two
always prints `FAIL` while the rule itself passes; without the column, which is recommended, seven lines fail. (That the
validator fails valid files on rules of this class is known: FinOps-Open-Cost-and-Usage-Spec/FOCUS_Spec, issue 2394.)

Beside the rules for everybody, those for a provider with usage, price lists, tags and negotiated prices are asked.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from platformdirs import user_cache_path

VALIDATOR = "focus-validator==2.2.1"
CRITERIA = (
    "USAGE_MEASUREMENT_SUPPORTED", "PUBLIC_PRICE_LIST_SUPPORTED", "UNIT_PRICING_SUPPORTED", "TAGGING_SUPPORTED",
    "NEGOTIATED_PRICING_SUPPORTED", "MULTIPLE_BILLING_ACCOUNT_TYPES_SUPPORTED", "MULTIPLE_PRICING_CATEGORIES_SUPPORTED",
)  # fmt: skip
FAULTS = {
    "CAU-PricingCurrencyContractedUnitPrice-C-012-C": "says 'not null when SkuPriceId is not null', and checks it when "
    "SkuPriceId is null, where C-011-C forbids a value",
    "CAU-PricingCurrencyContractedUnitPrice-C-003-M": "holds when C-012-C does, and the others below it",
}
"""Rules of the release of 1.3 that no file can satisfy, with what they check; the others below them are counted."""
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


def model_of(rules: Path, version: str, folder: Path) -> None:
    """Write the requirements model of a release as the one file that the validator reads."""
    parts = ("model_details", "applicability_criteria", "check_functions", "model_datasets")
    model = {
        name: value
        for part in parts
        for name, value in json.loads((rules / f"{part}.json").read_text("utf-8")).items()
    }
    model["ModelRules"] = {
        name: rule
        for path in sorted(rules.glob("model_rules/**/*.json"))
        for name, rule in json.loads(path.read_text("utf-8")).items()
    }
    (folder / f"model-{version}.json").write_text(json.dumps(model), "utf-8")


def validate(file: Path, version: str = "1.2", rules: Path | None = None) -> tuple[dict[str, str], list[str]]:
    """Each rule's outcome (``PASS``, ``FAIL``, ``SKIPPED``), and the lines of the rules that really fail."""
    home = environment()
    (package,) = home.glob("lib/python3.12/site-packages/focus_validator")
    command = [
        str(home / "bin/focus-validator"), "--data-file", str(file.resolve()), "--validate-version", version,
        "--focus-dataset", "CostAndUsage", "--block-download", "--applicability-criteria", ",".join(CRITERIA),
    ]  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="inedit-bench-") as folder:
        if rules is not None:
            model_of(rules, version, Path(folder))
            shutil.copy(package / "rules" / "currency_codes.csv", folder)
            command += ["--rule-set-path", folder]
        run = subprocess.run(command, cwd=package.parent, check=False, capture_output=True, text=True)
    with file.open(encoding="utf-8", newline="") as stream:
        written = set(next(csv.reader(stream)))
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
        if outcome == "FAIL"
        and told.get(ALTERNATIVES.get(rule, ""), "FAIL") != "PASS"
        and rule not in FAULTS
        and not _of_a_column_left_out(rule, written, told)
    ]
    return told, failed


def _of_a_column_left_out(rule: str, written: set[str], told: dict[str, str]) -> bool:
    """Whether a rule speaks of a column that is not in the file, and that as a whole does not apply to it."""
    found = re.match(r"CAU-(\w+?)(?:Object)?-[CO]-", rule)
    if found is None or found[1] in written:
        return False
    whole = [outcome for name, outcome in told.items() if name.startswith(f"CAU-{found[1]}-C-000-")]
    return whole == ["SKIPPED"]


def main() -> None:
    """Prints what failed; exit code 1 when something did."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--version", default="1.2", help="of FOCUS")
    parser.add_argument(
        "--rules", type=Path, help="folder of that release's requirements model; 1.2 is built in"
    )
    given = parser.parse_args()
    told, failed = validate(given.file, given.version, given.rules)
    counts = {outcome: list(told.values()).count(outcome) for outcome in ("PASS", "SKIPPED")}
    for line in failed:
        print(line)
    print(
        f"{counts['PASS']} rules pass, {len(failed)} fail, {counts['SKIPPED']} do not apply or cannot be checked"
    )
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
