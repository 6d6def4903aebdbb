"""Make the pictures in the README and the docs from the running app: `make picture`.

Each is an SVG of a real screen on the bundled debate, in a database of its own, in three sizes of the terminal.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from itertools import product
from pathlib import Path

HERE = Path(__file__).parent
SIZES = {"-80x24": (80, 24), "": (120, 40), "-200x60": (200, 60)}
"""What a picture's name ends in, and the columns and rows of the terminal."""
SCREENS: dict[str, tuple[str, ...]] = {
    "debate": (),
    "plausibility": ("G", "p", *"20%"),
    "gap": ("j", "right_square_bracket"),
    "differences": ("equals_sign", "tab", "j", "j", "j", "j", "j", "j", "enter"),
    "matrix": ("2", "enter", "j", "j", "right", "right"),
    "numbers": ("3", "j", "j", "tab", "tab", "space", "j", "space"),
    "inbox": ("4", "j", "j", "j", "j"),
    "timeline": ("5", *"hhhhhhhhhhhhh"),
    "evidence-form": ("n", "tab", *"A small model does it", "tab", "tab", *["right"] * 4),
    "new-debate": ("o", *"new debate", "enter", *"Where did the bees go?", "down"),
    "empty-debate": ("o", *"new debate", "enter", *"Where did the bees go?", "ctrl+s"),
    "first-steps": (),
}
"""Name -> the keys that lead there."""


async def picture(name: str, size: tuple[int, int], keys: tuple[str, ...]) -> str:
    """Run the app, press the keys and return the screen as SVG."""
    from textual.keys import _character_to_key

    from tui.app import AbduceApp

    app = AbduceApp()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        while app.estimates is None:
            await pilot.pause(0.05)
        for key in keys:
            await pilot.press(_character_to_key(key) if len(key) == 1 else key)
            await pilot.pause(0.1)
        # Not `wait_for_complete`, which raises where a worker gives way to a later one.
        while any(worker.is_running for worker in app.workers):
            await pilot.pause(0.05)
        await pilot.pause(0.3)
        app.clear_notifications()
        await pilot.pause()
        return app.export_screenshot(title=f"Abduce: {name}")


def main() -> None:
    """Write every picture, or those named on the command line."""
    from store import remembered

    wanted = sys.argv[1:] or list(SCREENS)
    os.environ["LOGNAME"] = "you"
    for name, (ending, size) in product(wanted, SIZES.items()):
        with tempfile.TemporaryDirectory() as home:
            os.environ["ABDUCE_HOME"] = home
            if name != "first-steps":
                remembered.remember("first_steps", "away")
            svg = asyncio.run(picture(name, size, SCREENS[name]))
            # Textual numbers the styles of every picture anew; a fixed number keeps the file the same.
            svg = re.sub(r"terminal-\d+", "terminal-1", svg)
            path = HERE / "pictures" / f"{name}{ending}.svg"
            path.parent.mkdir(exist_ok=True)
            path.write_text(svg, encoding="utf-8")
            print(path)


if __name__ == "__main__":
    main()
