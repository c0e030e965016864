"""A headless Chromium that tests can control: Chrome's DevTools protocol over two pipes.

It needs only the browser itself; `.ci/browser` installs it.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, Self

_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
#: The protocol's modifier of the shift key.
_SHIFT = 8


class Browser:
    """One browser with one tab; a context manager that ends it.

    :raises AssertionError: if no browser is installed.
    """

    def __init__(self, profile: Path) -> None:
        found = next(filter(None, map(shutil.which, _NAMES)), None)
        assert found, "no Chromium is installed: run .ci/browser, which installs it"
        commands, self._commands = os.pipe()
        self._answers, answers = os.pipe()
        arguments = (
            "--headless",
            "--remote-debugging-pipe",
            "--no-sandbox",  # Chromium refuses to sandbox itself for root
            "--disable-gpu",
            "--hide-scrollbars",
            "--no-first-run",
            f"--user-data-dir={profile}",
            "about:blank",
        )
        # the protocol's pipes are file descriptors 3 and 4
        script = f'exec "$0" "$@" 3<&{commands} 4>&{answers}'
        self._process = subprocess.Popen(
            ["bash", "-c", script, found, *arguments],
            pass_fds=(commands, answers),
            stderr=subprocess.DEVNULL,
        )
        os.close(commands)
        os.close(answers)
        self._pending = b""
        self._number = 0
        self._events: list[dict[str, Any]] = []
        self._session: str | None = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Log", "Network", "Runtime"):
            self.call(f"{domain}.enable")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session = None
        self.call("Browser.close")
        self._process.wait(timeout=20)
        os.close(self._commands)
        os.close(self._answers)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call a method of the protocol and return its result."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while (answer := self._next()).get("id") != self._number:
            pass
        assert "error" not in answer, (method, answer)
        result: dict[str, Any] = answer["result"]
        return result

    def show(self, page: Path | str, width: int, *, scheme: str = "light", media: str = "") -> None:
        """Load a file or an address at a width in CSS pixels, in the scheme `light` or `dark`."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=800,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        scheme_feature = {"name": "prefers-color-scheme", "value": scheme}
        self.call("Emulation.setEmulatedMedia", media=media, features=[scheme_feature])
        self._events.clear()
        self.call("Page.navigate", url=page if isinstance(page, str) else page.as_uri())
        while self._next().get("method") != "Page.loadEventFired":
            pass

    def ask(self, expression: str) -> Any:
        """Return the value of a JavaScript expression on the page."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def press(self, key: str, code: int, *, shift: bool = False) -> None:
        """Press and release a key, named as in the DOM, with its Windows key code."""
        for kind in ("rawKeyDown", "char", "keyUp"):
            if kind == "char" and key != "Enter":
                continue
            self.call(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                code=key,
                windowsVirtualKeyCode=code,
                modifiers=_SHIFT if shift else 0,
                **({"text": "\r"} if kind == "char" else {}),
            )

    def type(self, words: str) -> None:
        """Type into the focused element."""
        self.call("Input.insertText", text=words)

    def requests(self) -> list[str]:
        """Return the addresses requested since `show`, the page's own first."""
        return [one["request"]["url"] for one in self._seen("Network.requestWillBeSent")]

    def complaints(self) -> list[dict[str, Any]]:
        """Return the errors and warnings in the console since `show`."""
        logged = (one["entry"] for one in self._seen("Log.entryAdded"))
        called = (one for one in self._seen("Runtime.consoleAPICalled") if one["type"] != "log")
        return [*logged, *called, *self._seen("Runtime.exceptionThrown")]

    def picture(self) -> str:
        """Return a PNG of the whole page, Base64."""
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        shot = self.call("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        return str(shot["data"])

    def _seen(self, method: str) -> list[dict[str, Any]]:
        """Return the parameters of the events of one kind, once all have arrived."""
        self.ask("1")
        return [event["params"] for event in self._events if event["method"] == method]

    def _next(self) -> dict[str, Any]:
        """Return the browser's next message."""
        while b"\0" not in self._pending:
            read = os.read(self._answers, 1 << 20)
            assert read, "the browser ended"
            self._pending += read
        message, _, self._pending = self._pending.partition(b"\0")
        decoded: dict[str, Any] = json.loads(message)
        if "method" in decoded:
            self._events.append(decoded)
        return decoded
