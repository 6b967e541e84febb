"""Options that the commands which write texts share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    pass

CampaignArgument = Annotated[
    str, typer.Argument(help="A campaign of brand_data/campaigns, by its id.", show_default=False)
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model", "-m", help="Embedded model, GGUF file, or a model of your provider.", show_default=False
    ),
]
AdvisorOption = Annotated[
    str | None,
    typer.Option(
        help="A model that is asked, once per accepted draft, what the supplied facts do not say; a person decides.",
        show_default="INEDIT_ADVISOR",
    ),
]
Many = list[str] | None
ChannelOption = Annotated[Many, typer.Option("--channel", help="Only this channel (repeatable).")]
SegmentOption = Annotated[Many, typer.Option("--segment", help="Only this segment (repeatable).")]
LanguageOption = Annotated[Many, typer.Option("--language", help="Only this language (repeatable).")]
ToneOption = Annotated[Many, typer.Option("--tone", help="Only this tone (repeatable).")]
VariantsOption = Annotated[
    int,
    typer.Option(
        "--variants", min=0, max=100_000, help="Texts per cell of the matrix. 0: as many as the brief."
    ),
]

PromptsOption = Annotated[
    str | None,
    typer.Option(
        "--prompts",
        help="full: prompts for capable models. small: short ones, for small models. auto: what suits the model.",
        show_default="auto",
    ),
]

ConcurrencyOption = Annotated[
    int | None,
    typer.Option(
        min=1,
        max=256,
        help="Pieces in the making at once. [2 embedded, 16 remote, or INEDIT_CONCURRENCY]",
        show_default=False,
    ),
]

DEFAULT_BASELINES = 5
MirrorOption = Annotated[
    int,
    typer.Option(
        min=0, max=20,
        help="Texts written without your data for each channel and language, to tell what anybody would get. 0: none.",
    ),
]  # fmt: skip

ByTurnOption = Annotated[
    bool, typer.Option("--by-turn", help="Deal insights and angles by turn alone, whatever A/B tests found.")
]

CandidatesOption = Annotated[
    int,
    typer.Option(
        "--candidates", min=1, max=8,
        help="Texts that one call asks for; of the accepted ones, the one least like its siblings is kept.",
    ),
]  # fmt: skip

CopyEditOption = Annotated[
    bool,
    typer.Option(
        "--copy-edit",
        help="The model goes over each accepted text once more as a copy editor: better copy, a second call per piece.",
    ),
]

BatchOption = Annotated[
    bool,
    typer.Option(
        "--batch",
        help="Ask in batches: half the price at most providers, and up to a day per round. Ctrl-C leaves them there.",
    ),
]
