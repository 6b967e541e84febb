"""A test before it begins: its size, and the accepted texts that would be its arms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from inedit.archive.pieces import read_pieces
from inedit.insight_loop.experiments import journal
from inedit.insight_loop.experiments.assignment import Assignment, assign, explicit
from inedit.insight_loop.experiments.design import Design, Factor, Method, Metric, check_id
from inedit.insight_loop.experiments.sizing import MOST_ARMS, Sizing, sized
from inedit.model import Piece, Status
from inedit.model.errors import WrongInput
from inedit.store import Store


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for. ``rate``, ``effect``, ``alpha`` and ``power`` are shares as people write them (3 %).

    ``named`` are values of the factor, or texts of one's choice (``warm=3f2a,91bc``), the first one that which the
    others are compared with; without them the ``arms`` values with the most texts are taken. ``of`` narrows the texts
    by channel, language and segment. ``per_day`` are impressions per day, all arms.
    """

    campaign_id: str
    factor: Factor
    rate: str
    effect: str
    metric: Metric = "clicks"
    method: Method = "fixed"
    alpha: str = "5%"
    power: str = "80%"
    arms: int = 2
    named: Sequence[str] = ()
    of: Mapping[str, str] | None = None
    per_day: float | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would begin: the design, what it takes, and the accepted texts without a counterpart."""

    design: Design
    sizing: Sizing
    left_out: tuple[str, ...]


def propose(store: Store, wanted: Wanted, today: date) -> Proposal:
    """The test that somebody asks for; nothing is stored (:func:`~.journal.put_design` does it).

    Raises :class:`~.errors.WrongInput` for figures that cannot be, and when no accepted texts make such arms.
    """
    shares = {
        name: share_of(getattr(wanted, name), f"--{name}") for name in ("rate", "effect", "alpha", "power")
    }
    if not 2 <= wanted.arms <= MOST_ARMS:
        raise WrongInput(f"A test has 2 to {MOST_ARMS} arms, not {wanted.arms}.")
    of = {name: value for name, value in (wanted.of or {}).items() if value}
    found = read_pieces(store, campaign_id=wanted.campaign_id, of=of)
    pieces = [piece for piece in found if piece.status is Status.ACCEPTED]
    if not pieces:
        raise WrongInput(
            f"Campaign '{wanted.campaign_id}' has no accepted texts of this kind. Write some: inedit produce."
        )
    assignment = assigned(pieces, wanted.factor, wanted.named, wanted.arms)
    size = sized(**shares, arms=len(assignment.arms), method=wanted.method, per_day=wanted.per_day)
    taken = {design.id for design in journal.read_designs(store)}
    stem = f"{wanted.campaign_id}-{wanted.factor}"
    number = next(n for n in range(1, len(taken) + 2) if f"{stem}-{n}" not in taken)
    design = Design(
        check_id(wanted.id or f"{stem}-{number}"), wanted.campaign_id, wanted.factor, wanted.metric, wanted.method,
        size.rate, size.effect, size.alpha, size.power, size.per_arm, assignment.arms, today, assignment.confounded,
    )  # fmt: skip
    return Proposal(design, size, assignment.left_out)


def assigned(pieces: Sequence[Piece], factor: Factor, named: Sequence[str], arms: int) -> Assignment:
    """The arms as they are named, or by the values with the most texts."""
    if any("=" in entry for entry in named):
        parted = {name.strip(): ids for name, sign, ids in (entry.partition("=") for entry in named) if sign}
        if len(parted) != len(named) or len(parted) < 2:
            raise WrongInput("Name all arms in the same way, each once: --arm old=3f2a --arm new=91bc,77d0.")
        return explicit(
            pieces, factor, {name: [id.strip() for id in ids.split(",")] for name, ids in parted.items()}
        )
    if named and len(set(named)) < 2:
        raise WrongInput("A test has at least two arms: name another one with --arm.")
    return assign(pieces, factor, arms=arms, values=tuple(dict.fromkeys(named)))


def share_of(text: str, what: str) -> float:
    """A share as people write it: 3%, 3,5 %, .03; :class:`~.errors.WrongInput` for what is none."""
    bare = (
        text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace(",", ".").replace("−", "-")
    )
    try:
        return float(bare.removesuffix("%")) / (100 if bare.endswith("%") else 1)
    except ValueError:
        raise WrongInput(f"{what} is '{text}': give a share, such as 3% or 0.03.") from None
