"""Where pages are."""

from django.urls import reverse

from romyen.survivors.models import Survivor


def page_of(survivor: Survivor, part: str = "") -> str:
    """The survivor's own page, or a part of it."""
    address = reverse("survivors:survivor", args=[survivor.pk])
    return f"{address}#{part}" if part else address
