"""The scripts and data of a page, plain or compressed.

A large page holds them as gzip in base64, which a small script unpacks before anything else happens. What a browser
allows to run is the unpacked text, named by its hash like any other script: the policy of the page is no weaker.
"""

import base64
import hashlib
import struct
import zlib
from importlib import resources

LARGE = 1_000_000  # bytes of scripts and data from which a page is compressed
LEVEL = 9
# Deflate, no name and no time in it, best compression, made on no system in particular: the same text, the same bytes.
HEADER = bytes((0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 255))


def hash_of(text: str) -> str:
    """Return the name that a policy gives to a script or style.

    >>> hash_of("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def scripts(data: str, library: str, modules: str, compress: bool | None = None) -> tuple[str, list[str]]:
    """Return the script elements of a page, and the hashes of what may run.

    Parameters
    ----------
    data: JSON that contains no ``<``.
    library: a classic script, which runs first.
    modules: a module script, which runs when everything is there.
    compress: None compresses what is large.
    """
    if compress is None:
        compress = len(f"{data}{library}{modules}".encode()) > LARGE
    hashes = [hash_of(library), hash_of(modules)]
    if not compress:
        return _plain(data, library, modules), hashes
    unpack = (resources.files(__package__) / "assets" / "unpack.js").read_text("utf-8")
    return _packed(data, library, modules, unpack), [hash_of(unpack), *hashes]


def _plain(data: str, library: str, modules: str) -> str:
    return (
        f'<script type="application/json" id="graph-data">{data}</script>\n'
        f"<script>{library}</script>\n"
        f'<script type="module">{modules}</script>'
    )


def _packed(data: str, library: str, modules: str, unpack: str) -> str:
    """Blocks of data, each with the type and the name of the script that becomes of it, and the script that unpacks."""
    return (
        f'<script type="text/plain" data-becomes="application/json" data-id="graph-data">{pack(data)}</script>\n'
        f'<script type="text/plain" data-becomes="">{pack(library)}</script>\n'
        f'<script type="text/plain" data-becomes="module">{pack(modules)}</script>\n'
        f"<script>{unpack}</script>"
    )


def pack(text: str) -> str:
    """Return a text as gzip in base64.

    >>> import base64, gzip
    >>> gzip.decompress(base64.b64decode(pack("Łódź"))).decode()
    'Łódź'
    """
    plain = text.encode()
    deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    checked = struct.pack("<LL", zlib.crc32(plain), len(plain) & 0xFFFFFFFF)
    return base64.b64encode(HEADER + deflate.compress(plain) + deflate.flush() + checked).decode()
