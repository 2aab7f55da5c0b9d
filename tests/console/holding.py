"""Calls of a page that are held on their way, as a slow network holds them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, Route


@contextmanager
def holding(page: Page, method: str, path: str) -> Iterator[Callable[[], Route]]:
    """Hold the calls of one kind; what is given waits for the next of them and hands it out."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        if route.request.method == method:
            held.append(route)
        else:
            route.fallback()

    def take() -> Route:
        while not held:
            page.evaluate("0")  # takes in what the browser has told
        return held.pop(0)

    page.route(path, hold)
    yield take
    page.unroute(path)
