"""What an approval relies on in the archive: a request is answered once, a piece decided once."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from fakes.brand import tiny_brand, tiny_campaign, tiny_spec
from fakes.services import FakeReviews, accepted
from inedit.archive import reviews
from inedit.archive.admission import Archive
from inedit.archive.neighbours import Embedding
from inedit.archive.reviews import Request, open_request
from inedit.model import Approval, Status
from inedit.pipeline.services import Reviews

NOW = datetime(2026, 6, 1, tzinfo=UTC)
WAITS = accepted(tiny_spec(), "Le lin sèche.", status=Status.PARKED, approval=Approval.PENDING)

Stand = tuple[Reviews, Request, AbstractContextManager[Any]]


@pytest.fixture(params=["fake", "real"])
def stand(request: pytest.FixtureRequest) -> Stand:
    if request.param == "fake":
        return FakeReviews({WAITS.id}), Request("run-1", 1, NOW), nullcontext()
    store, campaign = request.getfixturevalue("store"), tiny_campaign()
    vector = Embedding(np.ones(1, np.float32), "encoder", "digest")
    Archive(store, tiny_brand()).admit(WAITS, vector, brief_sha="sha", revision_number=1, campaign=campaign)
    return reviews, open_request(store, "run-1", now=NOW), store.write()


def test_a_request_and_a_piece_are_decided_once(stand: Stand) -> None:
    """Whoever comes second is told so."""
    archive, request, transaction = stand
    answer = {"answered_at": NOW, "decision": "Approve all", "reviewer": "Ada", "seconds": 60, "comment": ""}
    with transaction as connection:
        assert archive.close_request(connection, request, **answer)
        assert not archive.close_request(connection, request, **answer)
        decided = {"by": "Ada", "at": NOW, "comment": ""}
        assert not archive.decide_piece(connection, "another-1", Approval.APPROVED, **decided)
        assert archive.decide_piece(connection, WAITS.id, Approval.APPROVED, **decided)
        assert not archive.decide_piece(connection, WAITS.id, Approval.CHANGES_REQUESTED, **decided)
