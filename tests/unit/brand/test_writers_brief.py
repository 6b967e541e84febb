"""What a brand may say to a writer: all of it optional, all of it checked."""

from __future__ import annotations

import re
from pathlib import Path

from ruamel.yaml import YAML

from fakes.brand import tiny_brand
from inedit.brand.schema import Addresses, Campaign, Channel, Mention

CAMPAIGN = "brand_data/campaigns/demo.yaml"
PAGE = (Path(__file__).parents[3] / "docs" / "brand-data.md").read_text(encoding="utf-8")


def append(project, file: str, text: str) -> None:
    project.write(file, (project.root / file).read_text(encoding="utf-8") + text)


def test_a_brief_that_says_nothing_new_is_the_brief_it_was():
    """The digest of an old brief does not change, so that no stored text is outdated by a new version."""
    brief = next(iter(tiny_brand().campaigns.values()))
    old = {"key_message", "mandatory", "links", "merge_fields", "products", "calls_to_action", "experiments"}
    old |= {"offer_until", "offer_stock"}
    import hashlib

    assert brief.sha == hashlib.sha256(brief.model_dump_json(exclude=old).encode()).hexdigest()
    said = brief.model_copy(update={"key_message": {"fr": "Ce qui est réparé se garde."}})
    assert Campaign.model_validate(said.model_dump()).sha != brief.sha


def test_everything_that_the_page_shows_is_accepted(project):
    """The keys of "Briefing a writer" in docs/brand-data.md are those of the schema."""
    found = re.search(r"### Briefing a writer\n.*?```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert found
    brief = found[1].partition("# campaigns/<id>.yaml\n")[2]
    append(project, CAMPAIGN, brief.replace("en:", "fr:"))
    channels = found[1].partition("# channels.yaml\n")[2].partition("# angles.yaml")[0]
    read = YAML(typ="safe", pure=True).load(re.sub(r"(?m)^ {2}", "", channels))
    Channel.model_validate({"id": "email", "name": {"en": "E-mail"}, **read})
    addresses = found[1].partition("text may name\n")[2].partition("# campaigns")[0]
    assert "@filandre" in Addresses(**YAML(typ="safe", pure=True).load(addresses)["addresses"]).every
    codes = {issue.code for issue in project.issues()}
    assert codes <= {"missing-wording"}  # the starter's demo writes in more than one language


def test_an_insight_is_about_products_that_there_are(project):
    """A product that brand.yaml has not is a fault, with what may have been meant."""
    file = "brand_data/insights/first.yaml"
    project.change(file, "  kind:", "  products: [nothing-of-the-kind]\n  kind:")
    assert project.issue().code == "unknown-product"


def test_a_token_is_declared_once(project):
    """Twice the same merge field is a fault at the second."""
    append(project, CAMPAIGN, 'merge_fields: ["{{first_name}}", "{{first_name}}"]\n')
    issue = project.issue()
    assert (issue.code, issue.message) == ("duplicate-merge-field", "'{{first_name}}' is declared twice.")


def test_a_mention_and_a_link_name_channels_that_there_are(project):
    """A campaign's mention or link in an unknown channel is a fault."""
    append(project, CAMPAIGN, "links:\n  - {url: 'https://x.example', channels: [radio]}\n")
    assert project.issue().code == "unknown-channel"


def test_mentions_are_those_of_the_channel_and_the_market():
    """A mention is required where it says so, in the words of the language; the campaign's come first."""
    brand = tiny_brand()
    channel = next(iter(brand.channels))
    here = brand.channels[channel].model_copy(
        update={"mandatory": (Mention(text={"fr": "Pied de page.", "en": "Footer."}),)}
    )
    brand = brand.model_copy(update={"channels": {**brand.channels, channel: here}})
    brief = next(iter(brand.campaigns.values()))
    required = (
        {"text": {"fr": "Offre limitée."}, "channels": ("elsewhere",)},
        {"text": {"fr": "Jusqu’au 3 mai.", "en": "Until 3 May."}, "markets": ("GB",)},
        {"text": {"fr": "Voir conditions."}},
    )
    brief = Campaign.model_validate({**brief.model_dump(), "mandatory": required})
    assert brand.mentions(brief, channel, "fr") == ("Voir conditions.", "Pied de page.")


def test_a_message_without_a_way_out_and_a_strange_address_are_told(project):
    """Where the law asks for it; a tracked link leads to the brand's own pages, and stands in no text."""
    demo, channels = "brand_data/campaigns/demo.yaml", "brand_data/channels.yaml"
    project.change(demo, "channels: [social]", "channels: [sms]")
    project.change(
        demo, "tones: [plain]",
        "tones: [plain]\nlinks: [{url: evil.example/x, tracked: true, required: true}]",
    )  # fmt: skip
    project.change(channels, "markets: [FR, GB, DE, ES, IT]", "markets: [FR, DE, ES, IT]")
    codes = [issue.code for issue in project.issues()]
    assert sorted(codes) == ["no-way-out", "strange-address", "tracked-and-required"]
