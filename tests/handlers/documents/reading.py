"""What stands in a file, as a reader finds it there."""

import pypdfium2


def words_in(name: str, content: bytes) -> str:
    return "\n".join(pages(content)) if name.endswith(".pdf") else content.decode("utf-8-sig")


def pages(content: bytes) -> list[str]:
    """What can be copied out of each page of a PDF."""
    with pypdfium2.PdfDocument(content) as document:
        texts = []
        for page in document:
            text = page.get_textpage()
            texts.append(text.get_text_range().replace("\r\n", "\n"))
            text.close()
            page.close()
        return texts
