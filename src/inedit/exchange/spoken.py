"""Texts to be heard: a script with times, SSML for a synthetic voice, and sound where espeak-ng is installed."""

from __future__ import annotations

import io
import shutil
import subprocess
import wave
from collections.abc import Sequence
from itertools import accumulate
from xml.sax.saxutils import escape, quoteattr

from inedit.exchange.documents import in_xml
from inedit.exchange.exported import ExportedText
from inedit.exchange.refusals import only, refuse, still_offered
from inedit.guard.nlp.length import PAUSE_SECONDS, WORDS_A_MINUTE, spoken_length, spoken_seconds
from inedit.guard.nlp.text import sentences
from inedit.model.errors import WrongInput

MOST_SECONDS = 120
"""An audio snack is shorter: what the article that this channel comes from calls one, and what most players take."""

VOICES = {"fr": "fr-fr", "en": "en-gb", "de": "de", "es": "es", "it": "it"}
"""espeak-ng's voice for a language."""

ESPEAK_RATE = {"fr": 145, "en": 192, "de": 181, "es": 193, "it": 187}
"""What ``espeak-ng -s`` is given, so that its voice takes as long as readers do (docs/channels.md, "Measured")."""

_SPEAKING_TIMEOUT = 60


def as_script(texts: Sequence[ExportedText]) -> bytes:
    """Markdown for whoever reads it aloud: each part with the times at which it begins and ends."""
    still_offered(texts)
    return "\n".join(_script(text) for text in texts).encode()


def _script(text: ExportedText) -> str:
    language = text.piece.spec.language
    lengths = [spoken_seconds(part, language) for part in text.parts.values()]
    ends = list(accumulate(seconds + PAUSE_SECONDS for seconds in lengths))
    rate = WORDS_A_MINUTE.get(language.partition("-")[0].lower())
    lines = [f"# {text.headline}", "", f"{_clock(spoken_length(text.parts.values(), language))} "
             f"at {rate or 'the mean of'} words per minute. {text.footline}", ""]  # fmt: skip
    for (id, part), end, seconds in zip(text.parts.items(), ends, lengths, strict=True):
        begin = end - seconds - PAUSE_SECONDS
        lines += [
            f"**{_clock(begin)}–{_clock(end - PAUSE_SECONDS)}** {text.part_names.get(id, id)}",
            "",
            part,
            "",
        ]
    return "\n".join(lines)


def _clock(seconds: float) -> str:
    return f"{int(seconds + 0.5) // 60}:{int(seconds + 0.5) % 60:02}"


def as_ssml(texts: Sequence[ExportedText]) -> bytes:
    """One text in SSML 1.1 (W3C): a paragraph a part, a sentence marked as one, a pause between parts."""
    text = only(texts, "An SSML document", "audio-script")
    still_offered(texts)
    refuse("An audio player", _too_long(text))
    return _ssml(text).encode()


def _ssml(text: ExportedText) -> str:
    paragraphs = []
    for part in text.parts.values():
        tagged = "".join(f"<s>{escape(in_xml(span.of(part).strip()))}</s>" for span in sentences(part))
        paragraphs.append(f"  <p>{tagged}</p>\n")
    pause = f'  <break time="{round(PAUSE_SECONDS * 1000)}ms"/>\n'
    language = quoteattr(text.piece.spec.language)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<speak version="1.1" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang={language}>\n'
        f"{pause.join(paragraphs)}</speak>\n"
    )


def _too_long(text: ExportedText) -> list[str]:
    seconds = spoken_length(text.parts.values(), text.piece.spec.language)
    return (
        [f"{text.piece.id}: {seconds:.0f} s, and a snack has {MOST_SECONDS}."]
        if seconds > MOST_SECONDS
        else []
    )


def as_sound(texts: Sequence[ExportedText]) -> bytes:
    """One text as a WAV file, read by espeak-ng: for the ear of who edits it, not for the public.

    Raises :class:`~.errors.WrongInput` when espeak-ng is not installed, has no voice for the language, or the
    sound is longer than :data:`MOST_SECONDS`.
    """
    text = only(texts, "A sound", "audio-script")
    still_offered(texts)
    sound = spoken(_ssml(text), text.piece.spec.language)
    seconds = sound_seconds(sound)
    refuse("An audio player", [f"{text.piece.id}: {seconds:.0f} s of sound, and a snack has {MOST_SECONDS}."]
           if seconds > MOST_SECONDS else [])  # fmt: skip
    return sound


def spoken(ssml: str, language: str) -> bytes:
    """A WAV file of SSML, by espeak-ng at the rate of :data:`ESPEAK_RATE`."""
    program = shutil.which("espeak-ng")
    if program is None:
        raise WrongInput(
            "A sound needs espeak-ng, which is not installed: apt install espeak-ng, or take --format ssml "
            "to another voice."
        )
    primary = language.partition("-")[0].lower()
    command = [
        program,
        "-v",
        VOICES.get(primary, primary),
        "-s",
        str(ESPEAK_RATE.get(primary, 175)),
        "-m",
        "--stdout",
    ]
    try:
        done = subprocess.run(  # noqa: S603  a program that was found, and no words of the text in its arguments
            command, input=ssml.encode(), capture_output=True, timeout=_SPEAKING_TIMEOUT, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise WrongInput(f"espeak-ng did not answer: {error}.") from error
    if done.returncode or not done.stdout:
        raise WrongInput(f"espeak-ng could not say it: {done.stderr.decode(errors='replace').strip()[:200]}")
    return _with_its_length(done.stdout)


def _with_its_length(stream: bytes) -> bytes:
    """espeak-ng writes a stream, whose header gives no length: the same sound with one."""
    with wave.open(io.BytesIO(stream)) as audio:
        form, frames = audio.getparams(), audio.readframes(len(stream))
    whole = io.BytesIO()
    with wave.open(whole, "wb") as written:
        written.setparams(form._replace(nframes=0))
        written.writeframes(frames)
    return whole.getvalue()


def sound_seconds(sound: bytes) -> float:
    """How long a WAV file takes."""
    with wave.open(io.BytesIO(sound)) as audio:
        return float(audio.getnframes()) / float(audio.getframerate())
