"""Compresses answers, where their length tells nobody what they hold (BREACH).

Whoever can choose a part of a page and see how long it is when compressed can guess the rest of it, letter by letter.
So nothing is compressed that was asked for with words of somebody's own, or that was sent.
"""

import re
from functools import lru_cache

import brotli
from flask import Flask, Response, request
from flask_compress import Compress

CHOSEN_FROM_FEW = re.compile(r"[0-9]{0,9}|yes|no")
"""What an address may ask by, all the same: a page, a step, an answer that one of two boxes gives."""
packer = Compress()


def init(app: Flask) -> None:
    """Compress what may be compressed, after everything else has been said in its headers."""
    app.config.update(COMPRESS_REGISTER=False, COMPRESS_ALGORITHM=["br", "gzip"], COMPRESS_BR_LEVEL=6)
    packer.init_app(app)
    app.after_request(_compressed)


def packed(body: bytes) -> Response:
    """An answer that is the same for all who ask, such as a version's diagram: compressed once, as well as it goes."""
    if request.accept_encodings["br"] <= 0:
        return Response(body)
    return Response(_packed(body), headers={"Content-Encoding": "br"})


@lru_cache(maxsize=32)
def _packed(body: bytes) -> bytes:
    return bytes(brotli.compress(body))


def _compressed(response: Response) -> Response:
    words = (text for text in request.args.values() if not CHOSEN_FROM_FEW.fullmatch(text))
    if request.method != "GET" or next(words, None) is not None:
        return response
    return packer.after_request(response)
