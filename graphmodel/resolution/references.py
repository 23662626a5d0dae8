"""References: ids of organizations that a register gives, however they are written."""

import re

_PATTERNS = {
    "ROR": re.compile(r"(?:^|\bror(?:\.org/|:))(0[a-hj-km-np-tv-z0-9]{6}\d{2})$", re.IGNORECASE),
    "GRID": re.compile(r"\b(grid\.\d+\.[0-9a-f]+)$", re.IGNORECASE),
    "Wikidata": re.compile(r"(?:^|\bwikidata(?:\.org/\w+/|:))(Q\d+)$"),
    "PIC": re.compile(r"^(?:pic[:\s-]*)?(\d{9})$", re.IGNORECASE),
    "IATI": re.compile(
        r"(?:^|[:/])([A-Z]{2}-(?:ABN|ACNC|BCE_KBO|BRC|BRIDGE|CHC|COH|CRA_ACR|CVR|DAC|EIN|GOV|GRID|IATI|KVK|NIC|OCHA|ON|"
        r"PB|PRO|RCS|ROR|RSIN|SC|SIRENE|USAGOV|VAT)-\S+)$",
        re.IGNORECASE,
    ),
}


def references(*texts: str | None) -> dict[str, str]:
    """Return the references in the ids and addresses of an organization: register -> reference.

    >>> references("https://ror.org/055a54548", "XM-DAC-41114"), references("pic 999997930"), references("unesco")
    ({'ROR': '055a54548', 'IATI': 'XM-DAC-41114'}, {'PIC': '999997930'}, {})
    >>> references("gb-coh-123456") == references("GB-COH-123456")
    True
    """
    found: dict[str, str] = {}
    for text in texts:
        for register, pattern in _PATTERNS.items():
            if text and (match := pattern.search(text.strip().rstrip("/"))):
                found.setdefault(register, _written(register, match[1]))
    return found


def _written(register: str, text: str) -> str:
    return text.lower() if register in ("ROR", "GRID") else text.upper()
