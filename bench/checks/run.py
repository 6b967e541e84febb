"""How well the checks that read a draft alone tell what is wrong from what is honest, in five languages.

Run ``python bench/checks/run.py`` from the repository's root. For each check it prints how many of the texts that it
ought to refuse it refused, how many texts that another check or none ought to refuse it refused too, then each text
judged otherwise than labelled. With ``--honest FILE --language it`` it prints the share of honest texts in a file, one
a line, that each check refuses: with texts that people wrote, those are false alarms. (``apt-get update -o
Acquire::Languages=it`` on Debian brings fifty thousand descriptions in Italian.) With ``--cost`` it prints the CPU time
of a whole judgement, receipts included, of drafts of about forty words that the process has not seen before.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import process_time

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from fakes.brand import draft, tiny_context, tiny_spec  # noqa: E402  # tests/ is put on the path just above
from inedit.guard.checks.address import address_kept  # noqa: E402
from inedit.guard.checks.ending import sentences_end  # noqa: E402
from inedit.guard.checks.language import right_language  # noqa: E402
from inedit.guard.checks.lexicon import words_allowed  # noqa: E402
from inedit.guard.checks.repetition import nothing_repeated  # noqa: E402
from inedit.guard.checks.unfinished import nothing_unfinished  # noqa: E402
from inedit.guard.context import Check  # noqa: E402
from inedit.guard.judge import judge  # noqa: E402
from inedit.guard.nlp.typography import repair  # noqa: E402
from inedit.model import Severity  # noqa: E402

CHECKS: dict[str, Check] = {
    "language": right_language,
    "unfinished": nothing_unfinished,
    "address": address_kept,
    "repetition": nothing_repeated,
    "ending": sentences_end,
    "lexicon": words_allowed,
}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text, and the check that ought to send it back, or nothing."""

    language: str
    text: str
    subject: str = ""
    informal: bool = False
    refused_by: str = ""


def labelled() -> tuple[Labelled, ...]:
    """The whole set, in the file's order."""
    rows = YAML(typ="safe").load((Path(__file__).parent / "texts.yaml").read_text(encoding="utf-8"))
    return tuple(Labelled(language, **row) for language, listed in rows.items() for row in listed)


def refusals(row: Labelled) -> dict[str, str]:
    """Each check that sends the text back, with its first message."""
    context = tiny_context(row.language)
    typography = context.brand.languages[row.language].typography
    parts = {
        name: repair(text, typography)
        for name, text in (("subject", row.subject), ("body", row.text))
        if text
    }
    made = draft(parts, tiny_spec(row.language, segment="young" if row.informal else "families"))
    blocking = {
        name: [f.message for f in check(made, context) if f.severity is Severity.BLOCK]
        for name, check in CHECKS.items()
    }
    return {name: messages[0] for name, messages in blocking.items() if messages}


def by_hand() -> None:
    """Print the table, then each text that was judged otherwise than labelled."""
    counts = {name: Counter[str]() for name in CHECKS}
    honest = Counter[str]()
    faults = []
    for row in labelled():
        found = refusals(row)
        if row.refused_by:
            counts[row.refused_by].update(wanted=1, caught=row.refused_by in found)
        else:
            honest.update(texts=1, passed=not found)
        for name in set(found) - {row.refused_by}:
            counts[name].update(beside=1)
        if set(found) != ({row.refused_by} if row.refused_by else set()):
            faults.append(
                f"{row.language}: {row.subject} | {row.text}\n    {row.refused_by or 'honest'}, found {found}"
            )
    print(f"{'':12}{'to refuse':>10}{'refused':>9}{'others':>8}")
    for name, c in counts.items():
        print(f"{name:12}{c['wanted']:>10}{c['caught'] / c['wanted']:>9.3f}{c['beside']:>8}")
    print(f"honest texts: {honest['passed']} of {honest['texts']} pass\n")
    print("\n".join(faults))


def by_people(file: Path, language: str) -> None:
    """Print the share of the file's texts that each check refuses."""
    texts = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    found = Counter(name for text in texts for name in refusals(Labelled(language, text)))
    print(
        f"{len(texts)} texts in {language}: " + ", ".join(f"{n} {found[n] / len(texts):.2%}" for n in CHECKS)
    )


def cost() -> None:
    """Print the median and the ninetieth percentile of the CPU milliseconds that a fresh draft takes, by language."""
    rows = labelled()
    for language in dict.fromkeys(row.language for row in rows):
        context = tiny_context(language)
        sentences = [row.text for row in rows if row.language == language and not row.refused_by]
        judge(draft({"body": "A b c."}, tiny_spec(language)), context)  # what is compiled once
        taken = []
        for number in range(50):
            words = " ".join(sentences[(number + k) % len(sentences)] for k in range(4)).split()[:40]
            made = draft(
                {"subject": f"Draft {number}", "body": " ".join([*words, f"{number}."])}, tiny_spec(language)
            )
            started = process_time()
            judge(made, context)
            taken.append(1000 * (process_time() - started))
        print(f"{language}: median {median(taken):.1f} ms, 90 % under {sorted(taken)[45]:.1f} ms")


def main() -> None:
    """Measure the labelled set, a file of honest texts, or the cost."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--honest", type=Path, help="a file of honest texts, one a line")
    parser.add_argument("--language", default="fr")
    parser.add_argument("--cost", action="store_true", help="CPU time of a judgement")
    arguments = parser.parse_args()
    if arguments.cost:
        cost()
    elif arguments.honest:
        by_people(arguments.honest, arguments.language)
    else:
        by_hand()


if __name__ == "__main__":
    main()
