"""Who is sent out loses the open console too, within two seconds, on a real port."""

import pytest
from console_port import served

from livestream.clock import SystemClock
from livestream.console.backend import Role


@pytest.mark.parametrize("how", ["signed out", "removed", "made a viewer"])
async def test_an_open_console_is_closed_within_two_seconds(how):
    async with served() as web:
        session = await web.sign_in(Role.MODERATOR)
        ident, clock = session.person.id, SystemClock()
        async with web.console() as page:
            await page.kind("snapshot")
            start = clock.monotonic()
            match how:
                case "signed out":
                    await web.guard.sessions.end_all(ident)
                case "removed":
                    await web.guard.accounts.remove(ident)
                case "made a viewer":
                    await web.guard.accounts.set_role(ident, Role.VIEWER)
            assert await page.closed() == 1008
            assert clock.monotonic() - start <= 2.0
