"""What Prefect adds to a campaign: the same production with and without it, in turn, in one run.

    python bench/flows/overhead.py                            # 2,000 pieces, 64 at once, 1 s latency: the bar
    python bench/flows/overhead.py --pieces 400 --rounds 2

A stub model answers after a second; the Prefect server is a real one. Rounds alternate, with, without, without, with:
whatever else the machine does in between falls on both. The bar: the flow's wall time is at most 1.05 times the plain
production's. Printed beside them is what the waiting alone would take.
"""

from __future__ import annotations

import argparse
import os
import statistics

from surroundings import prefect_server, produced, project_of, stub_model

BAR = 1.05


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pieces", type=int, default=2_000, help="a multiple of 40")
    parser.add_argument("--concurrency", type=int, default=64)
    parser.add_argument("--latency", type=float, default=1.0, help="seconds")
    parser.add_argument("--rounds", type=int, default=1, help="of four productions each")
    arguments = parser.parse_args()
    took: dict[bool, list[dict[str, float]]] = {True: [], False: []}
    with (
        project_of(arguments.pieces) as root,
        stub_model(arguments.latency) as url,
        prefect_server() as server,
    ):
        print(f"{'':9} {'wall s':>8} {'cpu s':>8} {'server cpu s':>13} {'load':>6}")
        for flow in (True, False, False, True) * arguments.rounds:
            one = produced(root, arguments.concurrency, url, server, flow=flow)
            took[flow].append(one)
            name = "Prefect" if flow else "plain"
            load = os.getloadavg()[0]
            print(
                f"{name:9} {one['wall']:8.1f} {one['cpu']:8.1f} {one['server']:13.1f} {load:6.1f}", flush=True
            )
    waiting = arguments.pieces / arguments.concurrency * arguments.latency
    print(f"\nwaiting alone: {waiting:.1f} s for {arguments.pieces} pieces, one call each")
    for what in ("wall", "cpu"):
        ratio = statistics.mean(one[what] for one in took[True]) / statistics.mean(
            one[what] for one in took[False]
        )
        print(f"with Prefect / without, {what}: {ratio:.3f}" + (f"   (bar: {BAR})" if what == "wall" else ""))


if __name__ == "__main__":
    main()
