"""What a PDF says, read back."""

import pypdfium2
from pypdfium2 import raw


def pages_of(body: bytes) -> list[str]:
    """The words of each page, with single spaces."""
    with pypdfium2.PdfDocument(body) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def text_of(body: bytes) -> str:
    """The words of all pages, with single spaces."""
    return " ".join(pages_of(body))


def tagged(body: bytes) -> tuple[str, str, bool]:
    """The title of a PDF, its language, and whether it is tagged for whoever listens."""
    with pypdfium2.PdfDocument(body) as document:
        size = raw.FPDFCatalog_GetLanguage(document, None, 0)
        language = bytearray(size)
        raw.FPDFCatalog_GetLanguage(document, (raw.FPDF_WCHAR * (size // 2)).from_buffer(language), size)
        title = document.get_metadata_value("Title")
        return title, language.decode("utf-16-le").rstrip("\0"), bool(raw.FPDFCatalog_IsTagged(document))
