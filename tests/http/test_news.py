import asyncio

from flagstaff.http.news import News


def test_whoever_follows_is_told_until_they_leave() -> None:
    async def run() -> None:
        news = News()
        with news.following() as first, news.following() as second:
            news.announce()
            assert first.is_set()
            assert second.is_set()
        first.clear()
        news.announce()
        assert not first.is_set()

    asyncio.run(run())


def test_the_end_wakes_everyone() -> None:
    async def run() -> None:
        news = News()
        with news.following() as following:
            news.close()
            assert following.is_set()
            assert news.closing

    asyncio.run(run())
