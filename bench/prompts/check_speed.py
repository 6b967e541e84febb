"""How long does ``inedit check`` take on a large project?

Makes a project of 200 channels and 20 segments out of the demo one, in its five languages, with both styles of prompts,
and runs the command on it as a person does. Bar: 5 s for the whole process, on an idle machine.

    python bench/prompts/check_speed.py
"""

from __future__ import annotations

import copy
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
CHANNELS, SEGMENTS, ROUNDS = 200, 20, 3


def grown(items: list[dict[str, Any]], size: int) -> list[dict[str, Any]]:
    """As many entries as are wanted, the further ones with words of their own."""
    more = [_marked(copy.deepcopy(items[n % len(items)]), str(n)) for n in range(size - len(items))]
    for n, entry in enumerate(more):
        entry["id"] = f"{items[n % len(items)]['id']}-{n}"
    return items + more


def _marked(value: Any, mark: str) -> Any:
    if isinstance(value, dict):
        return {key: kept if key == "formality" else _marked(kept, mark) for key, kept in value.items()}
    if isinstance(value, list):
        return [_marked(item, mark) for item in value]
    return f"{value} {mark}" if isinstance(value, str) else value


def make_project(folder: Path) -> None:
    """The large project."""
    for name in ("prompts", "brand_data"):
        shutil.copytree(ROOT / name, folder / name)
    segments = folder / "brand_data" / "segments.yaml"
    segments.write_text(
        yaml.safe_dump(grown(yaml.safe_load(segments.read_text()), SEGMENTS), allow_unicode=True)
    )
    listed = folder / "brand_data" / "channels.yaml"
    channels = yaml.safe_load(listed.read_text())
    ids = [channel["id"] for channel in channels]
    for n in range(CHANNELS - len(ids)):
        channel = ids[n % len(ids)]
        channels.append({**copy.deepcopy(channels[n % len(ids)]), "id": f"{channel}{n}"})
        for style in ("", "small/"):
            for ending in (".yaml", ".md.j2"):
                source = folder / "prompts" / f"{style}{channel}{ending}"
                if source.exists():
                    text = source.read_text().replace(f"channel: {channel}\n", f"channel: {channel}{n}\n")
                    source.with_name(f"{channel}{n}{ending}").write_text(text)
    listed.write_text(yaml.safe_dump(channels, allow_unicode=True))


def main() -> None:
    """Print the seconds of each round as JSON."""
    with tempfile.TemporaryDirectory() as made:
        make_project(Path(made))
        seconds = []
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "-c", "from inedit.cli import main; main()", "check", "--project", made],
                capture_output=True, text=True, check=False,
            )  # fmt: skip
            if done.returncode:
                sys.exit(done.stdout[-2000:] + done.stderr[-2000:])
            seconds.append(round(time.perf_counter() - begun, 2))
    print(
        json.dumps(
            {"channels": CHANNELS, "segments": SEGMENTS, "languages": 5, "styles": 2, "seconds": seconds}
        )
    )


if __name__ == "__main__":
    main()
