"""Commands that prove the ledger: its head for keeping elsewhere, signed when wanted, and the verification."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from inedit.cli.console import JsonOption, ProjectOption, emit_json, out

if TYPE_CHECKING:
    from inedit.ledger import Head
    from inedit.ledger.audit.signatures import SecretKey
    from inedit.ledger.audit.violations import Proof


def anchor(
    project: ProjectOption = None,
    out_: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="File to add it to, with the moment.", show_default=False),
    ] = None,
    sign: Annotated[
        bool, typer.Option("--sign", help="Sign the file with your key, in minisign's format (FILE.minisig).")
    ] = False,
    key: Annotated[
        Path | None,
        typer.Option(
            "--key", help="The signing key. Default: one in your configuration folder.", show_default=False
        ),
    ] = None,
    timestamp_request: Annotated[
        Path | None,
        typer.Option(
            help="Write the request (RFC 3161) that a time-stamping authority answers for the file.",
            show_default=False,
        ),
    ] = None,
    json_: JsonOption = False,
) -> None:
    """Print the head of the chain, to be kept where the database's owner cannot reach it.

    Whoever rewrote entries later, or cut some off, is found out by it: see 'verify --anchors'. With --sign, nobody who
    has not your key can change the file unseen; the key is made on the first use, outside of the database.

    [dim]inedit ledger anchor[/]
    [dim]inedit ledger anchor --out /mnt/auditor/heads.txt[/]
    [dim]inedit ledger anchor --out /mnt/auditor/heads.txt --sign[/]
    """
    from datetime import UTC, datetime

    from inedit.bootstrap import Settings, find_root, open_ledger, open_project_store
    from inedit.cli.console import advise
    from inedit.ledger.audit.anchors import add_head, signature_path
    from inedit.model.errors import WrongInput

    if out_ is None and (sign or key or timestamp_request):
        raise WrongInput("A signature and a time stamp are of a file: name one with --out.")
    settings, root, at = Settings.from_environment(), find_root(project), datetime.now(UTC)
    signing = own_signing_key(key) if sign or key else None
    with open_project_store(settings, root) as store:
        head = open_ledger(store, root).head()
    summary = {"head": str(head), "entries": head.seq, "moment": f"{at:%Y-%m-%dT%H:%M:%SZ}"}
    if out_ is not None:
        add_head(out_, head, at, signing)
        if signing is not None:
            summary |= {"signature": str(signature_path(out_)), "key": signing.public.id}
            advise(f"Signed with the key {signing.public.id}: {signature_path(out_)}.")
        if timestamp_request is not None:
            _ask_for_time(out_, timestamp_request)
    if json_:
        emit_json(summary)
    else:
        out.print(str(head), soft_wrap=True, highlight=False)


def _ask_for_time(heads: Path, request: Path) -> None:
    from inedit.cli.console import advise
    from inedit.ledger.audit.signatures import timestamp_request
    from inedit.model.errors import WrongInput

    try:
        request.write_bytes(timestamp_request(heads.read_bytes()))
    except OSError as error:
        raise WrongInput(f"Cannot write {request}: {error.strerror}.") from error
    advise(
        f"Send {request} to a time-stamping authority (as application/timestamp-query) and keep its answer."
    )


def own_signing_key(path: Path | None) -> SecretKey:
    """The signing key; a new one is made with a word about it."""
    from inedit.cli.console import advise
    from inedit.ledger.audit.signatures import own_key, public_path, signing_key

    path = path or own_key()
    key, is_new = signing_key(path)
    if is_new:
        advise(
            f"Made the signing key {path}: only you may read it. It is not in the database, and whoever has it can "
            f"sign in your name: keep a copy of it somewhere safe. Give its public half {public_path(path)} to those "
            "who verify."
        )
    return key


def verify(
    project: ProjectOption = None,
    anchor: Annotated[
        list[str] | None,
        typer.Option(help="A head that was kept outside: 26:6594… (repeatable)", show_default=False),
    ] = None,
    anchors: Annotated[
        Path | None, typer.Option(help="A file of heads, as 'anchor --out' writes it.", show_default=False)
    ] = None,
    public_key: Annotated[
        Path | None,
        typer.Option(
            help="The public key that the file of heads was signed for. Default: your own.",
            show_default=False,
        ),
    ] = None,
    database: Annotated[
        str | None,
        typer.Option(help="Verify this file or address, without a project.", show_default=False),
    ] = None,
    json_: JsonOption = False,
) -> None:
    """Prove that no entry was edited, removed, reordered or inserted. Exit code 2 when one was.

    Keep the head that it prints somewhere else: with it, a ledger that was rewritten or cut off at its end is found
    out, too. A copy that cannot be written is verified as it is, with --database also outside of its project.

    [dim]inedit ledger verify --anchor 26:6594064f…[/]
    [dim]inedit ledger verify --anchors /mnt/auditor/heads.txt --public-key ana.pub[/]
    [dim]inedit ledger verify --database /mnt/auditor/inedit.db --anchors /mnt/auditor/heads.txt[/]
    """
    from dataclasses import asdict

    from inedit.ledger import Head

    heads, signed = [Head.of(text) for text in anchor or ()], ""
    if anchors is not None:
        known, signed = _read_heads(anchors, public_key)
        heads += known
    proof = _proof(project, database, heads)
    if json_:
        emit_json({**asdict(proof), "holds": proof.holds, "anchors": len(heads), "signed": signed})
    else:
        for flaw in proof.flaws:
            out.print(f"✗ {flaw}", markup=False)
        if signed:
            out.print(f"The heads are as they were signed ({signed}).", markup=False, soft_wrap=True)
        existed = dict(proof.existed)
        if drafts := existed.pop("drafts", 0):
            label = "What the guard said of drafts was sealed by a later version; held as it was found then"
            out.print(f"{label}: {drafts:,}.", markup=False, soft_wrap=True)
        if existed:
            counts = ", ".join(f"{count:,} {of}" for of, count in existed.items())
            out.print(
                f"Sealed since {proof.sealed_since[:10]}; what was there before is held as it was found that day: "
                f"{counts}.",
                markup=False,
                soft_wrap=True,
            )
        if proof.holds:
            agreeing = (
                "1 head that was kept outside agrees"
                if len(heads) == 1
                else f"{len(heads)} heads that were kept outside agree"
            )
            held = f" {agreeing}." if heads else ""
            out.print(
                f"[green]✓[/] {proof.entries:,} entries, nothing wrong.{held} Head: {proof.head}",
                soft_wrap=True,
            )
    raise typer.Exit(0 if proof.holds else 2)


def _read_heads(anchors: Path, public: Path | None) -> tuple[tuple[Head, ...], str]:
    """The heads of a file, held against its signature where it has one: with the key given, or one's own."""
    from inedit.ledger.audit.anchors import read_anchors, signature_path
    from inedit.ledger.audit.signatures import own_key, public_key, public_path
    from inedit.model.errors import WrongInput

    own = public_path(own_key())
    if public is None and signature_path(anchors).exists():
        if not own.exists():
            raise WrongInput(f"{anchors} is signed: give the public key of who signed it with --public-key.")
        public = own
    found = read_anchors(anchors, None if public is None else public_key(public))
    return found.heads, found.signed


def _proof(project: Path | None, database: str | None, heads: list[Head]) -> Proof:
    from contextlib import closing

    from inedit.bootstrap import Settings, find_root, open_ledger, open_project_store
    from inedit.ledger import Ledger
    from inedit.store import open_store

    if database is not None:
        with closing(open_store(database if "://" in database else f"sqlite:///{database}")) as copy:
            return Ledger(copy).verify(*heads)
    settings, root = Settings.from_environment(), find_root(project)
    with open_project_store(settings, root) as store:
        return open_ledger(store, root).verify(*heads)


def register(app: typer.Typer) -> None:
    """Add these commands to those of the ledger."""
    for command in (anchor, verify):
        app.command(command.__name__)(command)
