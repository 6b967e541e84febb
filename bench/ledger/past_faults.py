"""Faults that the books once had, as changes of today's source: each is put back to see whether tests would find it."""

from __future__ import annotations

from pathlib import Path

Edits = tuple[tuple[str, str, str], ...]
"""File below ``src/inedit/ledger``, what stands in it once, and what stands there with the fault."""

_BY_REQUEST, _BY_DAY = "reconciliation/by_request.py", "reconciliation/by_day.py"
_BOOKED, _POSTING = "reconciliation/booked.py", "reconciliation/posting.py"

FAULTS: dict[str, Edits] = {
    "a call under way is voided by a statement": (
        (_BOOKED, '    return reservation.state == "open" and (young or ', "    return bool(young and not young and "),
    ),
    "a call sent after the statement's last moment is voided": (
        (_BOOKED, "        and reservation.reserved_at + longest(reservation) <= until\n", ""),
    ),
    "a partial statement voids": ((_BY_REQUEST, "complete = not missing and not undecided", "complete = True"),),
    "a call is dated and priced by its answer": (
        ("ledger.py", "occurred = occurred_at or reservation.reserved_at", "occurred = occurred_at or self.clock()"),
    ),
    "ids are looked for in the statement's days alone": (
        (
            _BOOKED,
            "    for start in range(0, len(named), IDS_AT_ONCE):",
            "    for start in range(0, 0, IDS_AT_ONCE):",
        ),
    ),
    "an id that comes again is no alarm": (
        ("journal/entries.py", 'seq + 1}", REPEATED', 'seq + 1}", ""'),
    ),
    "one line of an id that came twice takes back the other call": (
        (_BY_REQUEST, "    if calls_left:\n", "    if not pairs:\n"),
    ),
    "the line of a call under way is added to another of the same id": (
        (_BY_REQUEST, "    alone = lines_left if any(", "    alone = lines_left if False and any("),
    ),
    "known ids do not come first": (
        (_BY_REQUEST, '    return found[1] if found else ""', '    return ""'),
    ),
    "an abandoned call takes no line": (
        (_BY_REQUEST, "if not _known_id(reservation)]", "if len(reservation.reason.split()) < 2]"),
    ),
    "what a statement settles loses its tokens": (
        (_POSTING, "if not item.request_id or None in tokens_in or None in tokens_out:", "if True:"),
    ),
    "costs by day are charged, and set aside as well": (
        (_BY_DAY, "in _shared(over, tolerance, doubtful):", "in ():"),
    ),
    "an adjustment loses its campaign": (
        (_BY_DAY, "        campaign_id=only_campaign([*calls, *doubtful]),\n", ""),
    ),
    "a list with ids after costs by day is charged again": (
        (
            _BY_REQUEST,
            "covered = cover(unnamed, [call for call in charged if not call.request_id])",
            "covered = cover(unnamed, [])",
        ),
    ),
    "a line that could be another call's takes the only one that a second line fits": (
        ("reconciliation/lost_calls.py", "        matching.make_room(line)\n", "        pass\n"),
    ),
    "too little stays set aside for the lost calls that are left": (
        ("reconciliation/lost_calls.py", "        matching.leave_a_dearer_one(call, aside)\n", "        pass\n"),
    ),
    "the line of a call under way settles another": (
        (
            _BY_REQUEST,
            "return any(apart(found, reservation) is not None for reservation in live)",
            "return False",
        ),
    ),
    "past budgets are counted at today's rate": (
        ("pricing/contract_prices.py", "return min(today, date(", "return max(today, date("),
    ),
    "a closed month is counted at what the file says now": (
        ("journal/closed_rates.py", "    return Rates(tuple(written), closed)", "    return Rates(tuple(written), {})"),
    ),
    "a call is sent into a closed month": (
        ("ledger.py", "            if is_closed(connection, period):", "            if False:"),
    ),
}  # fmt: skip


def put_back(ledger: Path, edits: Edits) -> None:
    """Write a fault into a copy of ``src/inedit/ledger``; ValueError when the source has moved on."""
    for name, sound, faulty in edits:
        path = ledger / name
        source = path.read_text(encoding="utf-8")
        if source.count(sound) != 1:
            raise ValueError(f"{name} has {source.count(sound)} times: {sound.strip()}")
        path.write_text(source.replace(sound, faulty), encoding="utf-8")
