"""How well are needs and frustrations coded from at most 50 labels a code, on labels that nobody here wrote?

    python bench/field/reviews.py FOLDER > bench/results/coding_reviews.json   # some minutes of CPU; FOLDER keeps vectors, too

FOLDER holds the reviews of Mini-BAR (Wei et al., ICTAI 2023; 12,000 reviews of three health apps in English and French,
labelled by hand; MIT licence): ``NAME.LANGUAGE.csv`` of github.com/Jl-wei/mini-bar, folder dataset/for_classification.
Two codes: a feature that somebody asks for (a need) and a problem that somebody reports (a frustration); the rest has none.

Each app in turn is coded by what reviews of the two others teach, ten draws of at most 50 labels a code and as many
reviews that have none; once in the language that is coded, once in the other one. Nothing was tuned on these reviews: the
coder and TF-IDF + SVM are those of coding.py.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import numpy as np
from coding import (
    OTHER_DRAWS,
    PER_CODE,
    Part,
    apart,
    f1,
    held_out,
    part,
    svm,
    svm_characters,
    taken,
    thresholds,
)
from coding import encoder as its_encoder

from inedit.insight_loop.coding.offline import learnt_from

APPS = ("Garmin Connect", "Huawei Health", "Samsung Health")
CODES = ("feature_request", "problem_report")
HEADS = {"tf-idf words + svm": svm, "tf-idf characters + svm": svm_characters}


def reviews(folder: Path, app: str, language: str) -> Part:
    """The reviews of an app with their labels; those that come twice once."""
    found: dict[str, tuple[str, list[int]]] = {}
    with (folder / f"{app}.{language}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            given = [index for index, code in enumerate(CODES) if float(row[code] or 0) > 0]
            found.setdefault(" ".join(row["data"].casefold().split()), (row["data"], given))
    return part(folder, list(found.values()), len(CODES))


def joined(parts: list[Part]) -> Part:
    return (
        [text for one in parts for text in one[0]],
        np.concatenate([p[1] for p in parts]),
        np.concatenate([p[2] for p in parts]),
    )


def drawn(train: Part, seed: int) -> Part:
    """At most PER_CODE reviews of a code, and as many without any."""
    counts, without, chosen = np.zeros(len(CODES), int), 0, []
    for index in np.random.default_rng(seed).permutation(len(train[0])):
        has = train[1][index]
        if has.any() and (counts[has] < PER_CODE).all():
            chosen.append(index)
            counts += has
        elif not has.any() and without < PER_CODE:
            chosen.append(index)
            without += 1
    return taken(train, np.array(chosen))


def measured(taught: Part, test: Part) -> dict[str, object]:
    given: dict[str, list[np.ndarray]] = {}
    for seed in OTHER_DRAWS:
        small = drawn(taught, seed)
        coder = learnt_from(its_encoder, CODES, small[0], small[2], small[1])
        given.setdefault("offline coder", []).append(coder.scores(test[0], test[2]) >= coder.thresholds)
        for name, head in HEADS.items():
            scores = head(small, test)
            given.setdefault(name, []).append(scores >= thresholds(held_out(head, small), small[1]))
            given.setdefault(f"{name}, untuned", []).append(scores > 0)
    share = test[1].mean(axis=0)
    return {
        "texts": len(test[0]),
        "macro F1": {name: round(float(np.mean([f1(test[1], one)["macro"] for one in some])), 3) for name, some in given.items()}
        | {"every code to every text": round(float(np.mean(2 * share / (1 + share))), 3)},
        "by code, offline coder": dict(zip(CODES, np.round(np.mean([
            2 * (test[1] & one).sum(axis=0) / (test[1].sum(axis=0) + one.sum(axis=0)) for one in given["offline coder"]
        ], axis=0), 3).tolist(), strict=True)),
        "offline coder less (mean, 95 % interval)": {
            name: apart(test[1], given["offline coder"], some) for name, some in given.items() if name != "offline coder"
        },
    }  # fmt: skip


def main() -> None:
    folder, result = Path(sys.argv[1]), {}
    of = {(app, language): reviews(folder, app, language) for app in APPS for language in ("en", "fr")}
    for language, other in (("en", "fr"), ("fr", "en")):
        for taught in (language, other):
            for app in APPS:
                lessons = joined([of[one, taught] for one in APPS if one != app])
                result.setdefault(f"{language}, taught in {taught}", {})[app] = measured(
                    lessons, of[app, language]
                )
                print(language, taught, app, file=sys.stderr, flush=True)
    print(json.dumps(result, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
