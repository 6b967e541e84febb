"""What the record of processing says, in the languages that it is written in."""

from __future__ import annotations

from collections.abc import Mapping

RecordWords = Mapping[str, str]

GENERAL: Mapping[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("Controller", "{controller}. Contact and data protection officer: to be filled in."),
        (
            "Purpose",
            "Learning what customers need and feel, to write marketing copy. No profile of a person is made, nobody is "
            "contacted, nothing decides about anybody.",
        ),
        ("Data subjects", "People who write in the places below, and people whom they mention."),
        (
            "Data",
            "What was said, redacted; its moment, place and language; a pseudonym of its author; whether it answers "
            "another message. Names, handles, reactions, embeds, attachments and pictures are not stored.",
        ),
        (
            "Collection",
            "Files that somebody exported by hand are imported. Nothing is fetched, nobody is spoken to.",
        ),
        (
            "Pseudonyms",
            "HMAC-SHA-256 of the account under a key in a file of its own (mode 0600), outside the database and the "
            "project. Handles are kept only as such hashes, to find who asks to be forgotten.",
        ),
        (
            "Redaction",
            "Before storage, in French, English, German, Spanish and Italian: {kinds}. What it reaches is measured "
            "(docs/field.md); names are found less surely than numbers.",
        ),
        (
            "Use",
            "A statement becomes an insight only when at least {people} different people made it, and is told in other "
            "words unless its author's consent is recorded.",
        ),
        (
            "Recipients",
            "The content team. A language model, where one is configured for coding: redacted text only.",
        ),
        (
            "Transfers",
            "None by this program, except to the configured language model: name its provider and country here.",
        ),
        (
            "Retention",
            "By place, below; {days} days after import where nothing is said. `inedit field prune`, or the flow "
            "*Prune the field*, deletes.",
        ),
        (
            "Rights",
            "`inedit insights forget AUTHOR` deletes one person everywhere, proves it by a search, and keeps a hash so "
            "that the next import passes over what he or she wrote.",
        ),
        (
            "Security",
            "Access by the rights of the database and the project's folder; the ledger's chain shows alterations.",
        ),
    ),
    "fr": (
        (
            "Responsable du traitement",
            "{controller}. Coordonnées et délégué à la protection des données : à compléter.",
        ),
        (
            "Finalité",
            "Savoir ce dont les clients ont besoin et ce qu’ils ressentent, pour écrire des textes de marketing. Aucun "
            "profil n’est établi, personne n’est contacté, rien n’est décidé au sujet de quiconque.",
        ),
        (
            "Personnes concernées",
            "Celles qui écrivent dans les lieux ci-dessous, et celles qu’elles mentionnent.",
        ),
        (
            "Données",
            "Ce qui a été dit, caviardé ; le moment, le lieu, la langue ; un pseudonyme de l’auteur ; si c’est "
            "une réponse. Noms, identifiants, réactions, contenus intégrés, pièces jointes, images ne sont pas gardés.",
        ),
        (
            "Collecte",
            "Import de fichiers que quelqu’un a exportés à la main. Rien n’est téléchargé, on ne s’adresse à personne.",
        ),
        (
            "Pseudonymes",
            "HMAC-SHA-256 du compte, avec une clé rangée dans un fichier à part (droits 0600), hors de la base et du "
            "projet. Les identifiants ne sont gardés que sous cette forme, pour retrouver qui demande l’effacement.",
        ),
        (
            "Caviardage",
            "Avant l’enregistrement, en français, anglais, allemand, espagnol et italien : {kinds}. Ce qu’il atteint "
            "est mesuré (docs/field.md) ; les noms sont trouvés moins sûrement que les numéros.",
        ),
        (
            "Utilisation",
            "Un propos ne devient un insight que si au moins {people} personnes différentes l’ont tenu ; il est redit "
            "avec d’autres mots, sauf si le consentement de l’auteur est enregistré.",
        ),
        (
            "Destinataires",
            "L’équipe éditoriale. Un modèle de langue, si l’on en choisit un pour coder : le texte caviardé seulement.",
        ),
        (
            "Transferts",
            "Aucun par ce programme, sauf vers le modèle de langue choisi : indiquez ici son fournisseur et son pays.",
        ),
        (
            "Conservation",
            "Par lieu, ci-dessous ; {days} jours après l’import si rien n’est précisé. `inedit field prune`, ou le "
            "flow *Prune the field*, efface.",
        ),
        (
            "Droits",
            "`inedit insights forget AUTEUR` efface une personne partout, le prouve par une recherche, et garde une "
            "empreinte pour que le prochain import passe outre ce qu’elle a écrit.",
        ),
        (
            "Sécurité",
            "Accès selon les droits de la base et du dossier du projet ; la chaîne du registre des coûts montre toute "
            "altération.",
        ),
    ),
}
"""Rows of the first table: what it is about, and the words, with places for figures."""

WORDS: Mapping[str, RecordWords] = {
    "en": {
        "title": "Record of processing: digital ethnography, {controller}",
        "made": "As of {now:%Y-%m-%d %H:%M} UTC, written by `inedit field record`. (GDPR art. 30)",
        "consent": "consent (art. 6(1)(a))",
        "contract": "contract (art. 6(1)(b))",
        "legitimate-interest": "legitimate interest (art. 6(1)(f))",
        "public": "manifestly public, under legitimate interest (art. 6(1)(f))",
        "anonymised": "anonymised before it reached us",
        "places": "Places",
        "places_columns": "place | platform | members | language | legal basis | rules | last observed | verbatims "
        "| people | said from, to | consents | kept for",
        "several": "several",
        "unregistered": "**not in the register**",
        "none": "none",
        "never": "never",
        "days": "{days} days",
        "imports": "Imports",
        "imports_columns": "when | place | format | read | new | redacted | ",
        "cut": "cut off: {why}",
        "interrupted": "interrupted",
        "redacted": "Redacted in all: {found}.",
        "nothing": "nothing",
        "requests": "Requests to be forgotten",
        "answered": "{count} answered.",
        "answered_last": "{count} answered, the last on {last}.",
    },
    "fr": {
        "title": "Registre des activités de traitement : ethnographie numérique, {controller}",
        "made": "État au {now:%d/%m/%Y %H:%M} UTC, écrit par `inedit field record` (RGPD, art. 30).",
        "consent": "consentement (art. 6, § 1, a)",
        "contract": "contrat (art. 6, § 1, b)",
        "legitimate-interest": "intérêt légitime (art. 6, § 1, f)",
        "public": "manifestement public, au titre de l’intérêt légitime (art. 6, § 1, f)",
        "anonymised": "anonymisé avant de nous parvenir",
        "places": "Lieux",
        "places_columns": "lieu | plateforme | membres | langue | base légale | règles | dernière observation | propos "
        "| personnes | du, au | consentements | durée",
        "several": "plusieurs",
        "unregistered": "**absent du registre des lieux**",
        "none": "aucune",
        "never": "jamais",
        "days": "{days} jours",
        "imports": "Imports",
        "imports_columns": "quand | lieu | format | lus | nouveaux | caviardés | ",
        "cut": "coupé : {why}",
        "interrupted": "interrompu",
        "redacted": "Caviardé en tout : {found}.",
        "nothing": "rien",
        "requests": "Demandes d’effacement",
        "answered": "{count} satisfaite(s).",
        "answered_last": "{count} satisfaite(s), la dernière le {last}.",
        "email": "adresse électronique",
        "link": "lien",
        "handle": "identifiant",
        "ip": "adresse IP",
        "iban": "IBAN",
        "card": "carte bancaire",
        "id": "numéro de personne ou d’entreprise",
        "phone": "téléphone",
        "address": "adresse",
        "name": "nom",
    },
}
