"""Template tags of the sign-in pages: the picture for the phone, and letters in groups."""

import qrcode
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

register = template.Library()

QUIET_ZONE = 4
"""Modules of white around a QR code (ISO/IEC 18004)."""


@register.simple_tag
def qr(text: str) -> SafeString:
    """A QR code as inline SVG without any style: nothing that the page's policy forbids."""
    code = qrcode.QRCode(border=QUIET_ZONE, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(text)
    rows = code.get_matrix()
    squares = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return format_html(
        '<svg viewBox="0 0 {0} {0}" width="240" height="240" role="img" aria-label="{1}">'
        '<path fill="#fff" d="M0 0h{0}v{0}H0z"></path><path fill="#000" d="{2}"></path></svg>',
        len(rows),
        gettext("Picture to scan with the authenticator app"),
        mark_safe(squares),  # noqa: S308  only digits and letters made above
    )


@register.filter
def in_groups(text: str) -> str:
    """Letters in groups of four, so that they can be read out and typed."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))
