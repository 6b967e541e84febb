"""How large a shard should be: the same campaign cut in several ways, on a real Prefect server.

    python bench/flows/shard_size.py --pieces 400 --sizes 5 20 50 100 200

For each size: wall time and CPU of the flow's process, CPU of the Prefect server, and the server's CPU for each shard
beyond those of the largest size.
"""

from __future__ import annotations

import argparse
import os

from surroundings import prefect_server, produced, project_of, stub_model


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pieces", type=int, default=400, help="a multiple of 40")
    parser.add_argument("--concurrency", type=int, default=64)
    parser.add_argument("--latency", type=float, default=1.0, help="seconds")
    parser.add_argument("--sizes", type=int, nargs="+", default=[200, 100, 50, 20, 5])
    arguments = parser.parse_args()
    with (
        project_of(arguments.pieces) as root,
        stub_model(arguments.latency) as url,
        prefect_server() as server,
    ):
        print(f"{'size':>6} {'shards':>7} {'wall s':>8} {'cpu s':>8} {'server cpu s':>13} {'load':>6}")
        for size in arguments.sizes:
            one = produced(root, arguments.concurrency, url, server, flow=True, shard=size)
            each = arguments.pieces // 2  # two languages, and a shard is of one
            count = 2 * -(-each // size)
            print(
                f"{size:6} {count:7} {one['wall']:8.1f} {one['cpu']:8.1f} {one['server']:13.1f} "
                f"{os.getloadavg()[0]:6.1f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
