"""Chromium without a window, driven as DevTools drive it: what a reader's browser makes of a page."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TypeVar
from urllib.request import Request, urlopen

import pytest
from websockets.sync.client import ClientConnection, connect

Given = TypeVar("Given")

PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_chromium = pytest.mark.skipif(PROGRAM is None, reason="chromium is not installed")
AXE = Path(os.environ.get("ABDUCE_TESTS_AXE", "/there/is/none"))
"""The script of axe-core."""
needs_axe = pytest.mark.skipif(
    not AXE.exists(), reason="axe-core is not there: npm install axe-core, and ABDUCE_TESTS_AXE says where"
)
OPTIONS = (
    "--headless=new",
    "--remote-debugging-port=0",
    "--no-first-run",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--lang=en",
)
UNTIL = 30.0


class Navigating(Exception):
    """The page was left while it was asked something."""


class Browser:
    """One Chromium with one page."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._count = 0
        self.complaints: list[str] = []
        """What the browser had to say against a page: what it did not load, and why."""
        for domain in ("Page", "Runtime", "Log", "Accessibility", "DOM"):
            self.do(f"{domain}.enable")

    def do(self, method: str, **given: Any) -> Any:
        """Call one method of DevTools and return what it gives."""
        self._count += 1
        self._socket.send(json.dumps({"id": self._count, "method": method, "params": given}))
        while True:
            message = json.loads(self._socket.recv(timeout=UNTIL))
            if message.get("method") == "Log.entryAdded":
                self.complaints.append(message["params"]["entry"]["text"])
            if message.get("id") == self._count:
                if "navigated" in str(message.get("error")):
                    raise Navigating
                assert "error" not in message, message
                return message["result"]

    def value(self, script: str) -> Any:
        """Return what an expression comes to on the page."""
        given = self.do("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in given, given
        return given["result"].get("value")

    def open(self, url: str) -> None:
        self.leave(lambda: self.do("Page.navigate", url=url))

    def reload(self) -> None:
        self.leave(lambda: self.do("Page.reload"))

    def leave(self, act: Callable[[], object]) -> None:
        """Do what leads to another page, and wait until that is there."""
        self.value("window.isOld = true")
        act()
        self.wait(self._has_arrived)

    def _has_arrived(self) -> bool:
        try:
            return bool(self.value("!window.isOld && document.readyState === 'complete'"))
        except Navigating:
            return False

    def wait(self, look: Callable[[], Given]) -> Given:
        """Wait until something is there."""
        until = time.monotonic() + UNTIL
        while not (seen := look()):
            assert time.monotonic() < until, self.text
            time.sleep(0.05)
        return seen

    @property
    def text(self) -> str:
        """What is to be read on the page."""
        return str(self.value("document.body.innerText"))

    def controls(self) -> dict[str, str]:
        """Return what can be filled in or pressed, as a screen reader names it -> what it is."""
        nodes = self.do("Accessibility.getFullAXTree")["nodes"]
        roles = {"textbox", "radio", "checkbox", "combobox", "button", "link"}
        found = [node for node in nodes if not node.get("ignored") and node["role"]["value"] in roles]
        return {node["name"]["value"]: node["role"]["value"] for node in found}

    def click(self, label: str) -> None:
        """Press what has this label, with the mouse."""
        x, y = self.value(
            f"(() => {{ const it = {_labelled(label)}; it.scrollIntoView({{block: 'center'}});"
            " const box = it.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2] })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.do("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def type(self, label: str, text: str) -> None:
        """Type into the field with this label."""
        self.value(f"{_labelled(label)}.focus()")
        self.do("Input.insertText", text=text)

    def key(self, name: str, code: int) -> None:
        """Press a key."""
        for kind in ("keyDown", "keyUp"):
            self.do("Input.dispatchKeyEvent", type=kind, key=name, code=name, windowsVirtualKeyCode=code)

    def choose(self, label: str, option: str) -> None:
        """Choose an option by its words, typed as a person would."""
        self.value(f"{_labelled(label)}.focus()")
        for letter in option:
            self.do("Input.dispatchKeyEvent", type="char", text=letter)

    def look(self, *, width: int, dark: bool = False, height: int = 900) -> None:
        """Make the window so wide, light or dark."""
        self.do("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.do("Emulation.setEmulatedMedia", features=[scheme])

    def picture(self, path: Path, *, whole: bool = True) -> None:
        """Keep how the page looks: all of it, or what is in the window."""
        taken = self.do("Page.captureScreenshot", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(taken["data"]))


@contextmanager
def chromium(profile: Path) -> Iterator[Browser]:
    """Start Chromium with a folder of its own, and end it."""
    assert PROGRAM is not None
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    process = subprocess.Popen(
        [PROGRAM, *OPTIONS, *sandbox, f"--user-data-dir={profile}", "about:blank"],
        env={**os.environ, "HOME": str(profile)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        place = _place_in(process.stderr)
        made = Request(f"http://{place}/json/new?about:blank", method="PUT")
        with urlopen(made, timeout=UNTIL) as answer:
            address = json.load(answer)["webSocketDebuggerUrl"]
        with connect(address, max_size=None, open_timeout=UNTIL) as socket:
            yield Browser(socket)
    finally:
        process.kill()
        process.wait()


def _place_in(said: IO[str] | None) -> str:
    """Return where Chromium can be told what to do, as it says at its start."""
    assert said is not None
    with said:  # what it says later is of no use
        for line in said:
            if match := re.search(r"DevTools listening on ws://(127\.0\.0\.1:\d+)/", line):
                return match[1]
    raise AssertionError("Chromium did not start")


def _labelled(label: str) -> str:
    """Return an expression for what has a label, a summary of it, or these words on it."""
    words = json.dumps(label)
    return (
        "(() => { const words = " + words + "; for (const each of document.querySelectorAll('label'))"
        " if (each.innerText.trim().startsWith(words)) return document.getElementById(each.htmlFor);"
        " return [...document.querySelectorAll('button, a, summary')]"
        ".find(each => each.innerText.trim() === words) })()"
    )
