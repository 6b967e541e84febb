"""A text that says the opposite of an insight leaves no receipt of it; an honest retelling does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes.brand import body, tiny_context
from inedit.brand.schema import Insight
from inedit.guard.checks.insights import insights_are_used
from inedit.guard.context import Context
from inedit.guard.evidence.receipts import find_receipts
from inedit.model import Decision, Severity, Verdict

NOTES = {
    "chair": {
        "fr": ("Les nappes reviennent déchirées là où une chaise les a coincées.", ("chaise", "coinc")),
        "en": ("Tablecloths come back torn where a chair has pinched them.", ("chair", "pinch")),
        "de": (
            "Tischdecken kommen dort gerissen zurück, wo ein Stuhl sie eingeklemmt hat.",
            ("Stuhl", "klemmt"),
        ),
        "es": ("Los manteles vuelven rotos allí donde una silla los ha pillado.", ("silla", "pillado")),
        "it": ("Le tovaglie tornano strappate là dove una sedia le ha schiacciate.", ("sedia", "schiacciat")),
    },
    "stiff": {
        "fr": ("Au premier lavage, le lin perd sa raideur.", ("raideur", "lavage")),
        "en": ("At the first wash, linen loses its stiffness.", ("stiff", "wash")),
    },
    "coat": {
        "fr": ("Une mère monte la côte de la Puya et arrive sans manteau, en janvier.", ("Puya", "manteau")),
        "en": ("A mother rides up the Puya hill and arrives without a coat, in January.", ("Puya", "coat")),
        "de": (
            "Eine Mutter fährt den Puya-Hügel hinauf und kommt ohne Mantel an, im Januar.",
            ("Puya", "Mantel"),
        ),
    },
    "tyre": {
        "en": ("A tyre loses 0.5 bar in 3 weeks.", ("tyre", "bar")),
        "es": ("Un neumático pierde 0,5 bar en 3 semanas.", ("neumático", "bar")),
    },
    "flood": {
        "de": ("Im Februar kam der Fluss in die Werkstatt.", ("Fluss", "Werkstatt")),
        "it": ("A febbraio il fiume è entrato in officina.", ("fiume", "officina")),
    },
    "sunday": {"fr": ("Le dimanche soir, les chaînes grincent.", ("chaîne", "grinc"))},
    "stain": {
        "fr": ("Sur le vin, l'atelier met l'eau froide d'abord, le sel ensuite.", ("eau froide", "sel")),
        "it": ("Sul vino l'officina mette prima l'acqua fredda, poi il sale.", ("acqua fredda", "sale")),
    },
    "helmet": {
        "fr": ("Sur la piste, un casque rayé n'est jamais accepté.", ("casque", "accepté")),
        "en": ("On the track, a scratched helmet is no longer accepted.", ("helmet", "accepted")),
        "de": ("Auf der Bahn wird ein zerkratzter Helm nicht mehr angenommen.", ("Helm", "angenommen")),
        "es": ("En la pista, un casco rayado nunca se acepta.", ("casco", "acepta")),
        "it": ("In pista un casco graffiato non è più accettato.", ("casco", "accettato")),
    },
    "specks": {
        "fr": ("Les grains noirs du riz ne sont ni terre ni moisissure.", ("grains noirs", "moisissure")),
        "it": ("I grani neri del riso non sono né terra né muffa.", ("grani neri", "muffa")),
    },
    "lint": {
        "fr": ("Le drap de lin ne peluche pas au lavage.", ("peluche", "lavage")),
        "en": ("The linen sheet does not shed lint in the wash.", ("lint", "wash")),
        "de": ("Das Leinenlaken fusselt nicht in der Wäsche.", ("fusselt", "Wäsche")),
        "es": ("La sábana de lino no suelta pelusa en el lavado.", ("pelusa", "lavado")),
        "it": ("Il lenzuolo di lino non fa pelucchi nel lavaggio.", ("pelucchi", "lavaggio")),
    },
    "violin": {
        "fr": ("Le violon du grand-père n'a jamais quitté son étui.", ("violon", "étui")),
        "en": ("The grandfather's violin has never left its case.", ("violin", "case")),
        "de": ("Die Geige des Großvaters ist nie aus ihrem Kasten gekommen.", ("Geige", "Kasten")),
        "es": ("El violín del abuelo nunca ha salido de su estuche.", ("violín", "estuche")),
        "it": ("Il violino del nonno non è mai uscito dalla custodia.", ("violino", "custodia")),
    },
    "dog": {"es": ("En Épinal, un perro se comió la esquina de una sábana.", ("perro", "esquina"))},
}

HONEST = [
    ("chair", "fr", "Ce n'est pas le chat. C'est la chaise qui coince un coin de nappe et le déchire."),
    (
        "chair",
        "fr",
        "Et si la chaise n'y était pour rien ? Elle coince la nappe, pourtant, toujours au même endroit.",
    ),
    ("chair", "en", "No, it was not the cat: a chair pinched the corner of the tablecloth, and off it went."),
    ("chair", "de", "Nicht die Katze, sondern der Stuhl hat die Tischdecke eingeklemmt."),
    ("chair", "es", "No fue el gato, fue la silla, que ha pillado otra vez el mantel."),
    ("chair", "it", "Non è stato il gatto: la sedia ha schiacciato di nuovo la tovaglia."),
    ("stiff", "fr", "Un lavage, et plus aucune raideur."),
    ("stiff", "en", "One wash and there is no stiffness left."),
    ("coat", "fr", "Le manteau ? Elle n'en a pas. En haut de la Puya, janvier n'y change rien."),
    ("coat", "en", "January, the Puya, and no coat when she gets there."),
    ("coat", "de", "Auf dem Puya-Hügel, im Januar: Einen Mantel trägt sie nicht."),
    ("tyre", "en", "Three weeks on, half a bar has left the tyre."),
    ("tyre", "es", "En tres semanas, al neumático le falta medio bar."),
    ("flood", "de", "Der Fluss stand bis zu den Knien in der Werkstatt, mitten im Februar."),
    ("sunday", "fr", "La chaîne ne grince pas le lundi ; le dimanche soir, la chaîne grince."),
    ("stain", "fr", "Versez l'eau froide, puis couvrez la tache de sel."),
    ("stain", "it", "Acqua fredda subito, poi il sale."),
    ("helmet", "fr", "Rayé, le casque n'est accepté sur la piste par aucun commissaire, ni par le nôtre."),
    ("helmet", "en", "Once scratched, a helmet is accepted by nobody on the track."),
    ("helmet", "en", "Nobody on the track will have a scratched helmet accepted any longer."),
    ("helmet", "de", "Ist der Helm zerkratzt, wird er auf der Bahn von niemandem angenommen."),
    ("helmet", "es", "Rayado, el casco nadie lo acepta en la pista."),
    (
        "helmet",
        "it",
        "Graffiato, il casco in pista è accettato da chi? Lì nemmeno i nonni lo hanno accettato.",
    ),
    ("specks", "fr", "Les grains noirs n'ont rien de la terre. La moisissure non plus : c'est le riz."),
    ("specks", "it", "I grani neri non sono terra. La muffa neppure c'entra: è il riso."),
    ("dog", "es", "Un perro de Épinal se cenó la esquina de la sábana."),
    ("dog", "es", "La sábana llegó al taller sin esquina: un perro se la había comido en Épinal."),
    ("stiff", "fr", "Le lavage n'abîme pas le lin : il lui prend sa raideur."),
    ("lint", "fr", "Le drap de lin ne peluche plus au lavage."),
    ("lint", "fr", "Le drap de lin ne peluche guère au lavage."),
    ("violin", "fr", "Le violon du grand-père est toujours dans son étui."),
    ("violin", "fr", "Dans son étui, le violon du grand-père attend encore."),
    ("violin", "en", "The grandfather's violin is still in its case."),
    ("violin", "de", "Die Geige des Großvaters liegt bis heute in ihrem Kasten."),
    ("violin", "es", "El violín del abuelo sigue en su estuche."),
    ("violin", "it", "Il violino del nonno sta ancora nella custodia."),
]

OPPOSITE = [
    ("chair", "fr", "Aucune chaise n'a jamais coincé une nappe de chez nous."),
    ("chair", "en", "No chair has ever pinched our tablecloths."),
    ("chair", "de", "Kein Stuhl hat je eine Tischdecke eingeklemmt."),
    ("chair", "es", "Ninguna silla ha pillado nunca un mantel."),
    ("chair", "it", "Nessuna sedia ha mai schiacciato una tovaglia."),
    ("stiff", "en", "Linen does not lose its stiffness at the first wash."),
    ("coat", "fr", "En haut de la Puya, en janvier, elle serre son gros manteau contre elle."),
    ("coat", "en", "She reaches the top of the Puya in January, wrapped in her thick coat."),
    ("tyre", "en", "A tyre loses 2 bar in 3 weeks."),
    ("tyre", "es", "Un neumático no pierde ni un bar en tres semanas."),
    ("flood", "de", "Im Juli kam der Fluss in die Werkstatt."),
    ("flood", "it", "Ad agosto il fiume è entrato in officina."),
    ("sunday", "fr", "Le mardi matin, les chaînes grincent."),
    ("stain", "fr", "Mettez le sel d'abord, l'eau froide ensuite."),
    ("stain", "it", "Prima il sale, poi l'acqua fredda."),
    ("helmet", "fr", "Sur la piste, un casque rayé est accepté comme les autres."),
    ("helmet", "en", "On the track, a scratched helmet is accepted like any other."),
    ("helmet", "de", "Auf der Bahn wird ein zerkratzter Helm gern angenommen."),
    ("helmet", "es", "En la pista, un casco rayado se acepta como todos."),
    ("helmet", "it", "In pista un casco graffiato è accettato volentieri."),
    ("specks", "fr", "Les grains noirs du riz ? De la terre et de la moisissure."),
    ("lint", "fr", "Le drap de lin peluche au lavage, il n'en sera que plus doux."),
    ("lint", "fr", "Au lavage, ce drap de lin ne peluche que plus."),
    ("lint", "fr", "On ne le dit guère : le drap de lin peluche au lavage."),
    ("lint", "fr", "Le drap de lin peluche non seulement au lavage, il peluche au séchage."),
    ("lint", "en", "The linen sheet sheds lint in the wash, nothing more."),
    ("lint", "en", "Stop and look: the linen sheet sheds lint in the wash."),
    ("lint", "en", "The linen sheet sheds lint in the wash. Nobody minds."),
    ("lint", "de", "Das Leinenlaken fusselt in der Wäsche, nichts weiter."),
    ("lint", "de", "Kaum gekauft, fusselt das Leinenlaken in der Wäsche."),
    ("lint", "es", "La sábana de lino suelta pelusa en el lavado, nada grave."),
    ("lint", "es", "Apenas comprada, la sábana de lino suelta pelusa en el lavado."),
    ("lint", "it", "Il lenzuolo di lino fa pelucchi nel lavaggio, nulla di grave."),
    ("lint", "it", "Il lenzuolo di lino fa pelucchi nel lavaggio, nemmeno tanti."),
    ("violin", "fr", "Le violon du grand-père a encore quitté son étui hier."),
    ("violin", "en", "The grandfather's violin has still left its case for every feast."),
    ("violin", "de", "Die Geige des Großvaters ist noch jedes Jahr aus ihrem Kasten gekommen."),
    ("violin", "es", "El violín del abuelo aún ha salido este año de su estuche."),
    ("violin", "it", "Il violino del nonno è ancora uscito dalla custodia."),
    ("dog", "es", "En Metz, un perro se comió la esquina de una sábana."),
]


def supplied_with(note: str, language: str) -> Context:
    """A context whose brand has one insight."""
    text, evidence = NOTES[note][language]
    insight = Insight.model_validate(
        {
            "id": note, "kind": "field", "text": {language: text}, "evidence": {language: evidence},
            "source": "workshop", "collected": "2026-01-01",
        }
    )  # fmt: skip
    context = tiny_context(language)
    return replace(context, brand=context.brand.model_copy(update={"insights": {note: insight}}))


@pytest.mark.parametrize(("note", "language", "text"), HONEST)
def test_a_retelling_may_deny_other_things(note: str, language: str, text: str) -> None:
    """A negation of something else, or the same denial in other words, is no contradiction."""
    context, draft = supplied_with(note, language), body(text, language, insight_ids=(note,))
    assert insights_are_used(draft, context) == ()
    assert find_receipts(draft, context) != ()


@pytest.mark.parametrize(("note", "language", "text"), OPPOSITE)
def test_the_opposite_leaves_no_receipt_and_is_not_accepted(note: str, language: str, text: str) -> None:
    """Negation, another number, month, order or place: no receipt, and the finding shows where."""
    context, draft = supplied_with(note, language), body(text, language, insight_ids=(note,))
    findings = insights_are_used(draft, context)
    assert Verdict(findings).decision is not Decision.ACCEPT
    assert [receipt for receipt in find_receipts(draft, context) if receipt.kind == "insight"] == []
    [told] = [finding for finding in findings if finding.severity is not Severity.NOTE]
    assert told.span is not None
    assert told.span.of(draft.text)
