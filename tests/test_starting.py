"""A command that is forked does what the command line itself does."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import starting
from crawl.command import REPLAY, Command

#: What is each run's own: times, what it took, the id of the process and of the run.
_OWN = re.compile(
    r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|datetime\.datetime\([^)]*\)|\d+\.\d+"
    r"|'memusage/\w+': \d+|'run_id': '\w+'|\"run_id\":\"[^\"]+\""
)
SETTINGS = {**REPLAY, "OSCE_NOW": "2026-11-01T03:00:00Z"}


def itself(command, *words):
    """Run the command line itself; return its status, standard output and standard error."""
    line = [*starting.COMMAND, *command.words(*words, verb="crawl", **SETTINGS)]
    done = subprocess.run(
        line, cwd=command.folder, env=command.environ, capture_output=True, check=False
    )
    return done.returncode, done.stdout, done.stderr.decode()


def forked(command, *words):
    run = command.scrapy("crawl", *words, **SETTINGS)
    return run.status, run.out, run.err


def without_own(command, text):
    return _OWN.sub("…", text.replace(str(command.folder), "FOLDER")).splitlines()


def files(command):
    return {
        file.name: without_own(command, file.read_text("latin-1"))
        for file in command.folder.rglob("*")
        if file.suffix in {".jsonl", ".parquet"}
    }


CRAWL = ("newsroom", "-a", "limit=3", "-O", "items.jsonl", "-O", "items.parquet")


def test_both_ways_leave_the_same_status_log_and_files(tmp_path):
    found = []
    for way in (itself, forked):
        folder = tmp_path / way.__name__
        folder.mkdir()
        command = Command(folder)
        status, out, err = way(command, *CRAWL)
        found.append((status, out, without_own(command, err), files(command)))

    assert found[0] == found[1]


PROBE = """
import json, locale, logging, os, signal, sys, threading, time, warnings

streams = (sys.stdin, sys.stdout, sys.stderr)
known = {
    "words": sys.argv[1:],
    "folder": os.getcwd(),
    "search path": sys.path,
    "environment": dict(os.environ),
    "time zone": time.tzname,
    "locale": locale.setlocale(locale.LC_ALL),
    "flags": str(sys.flags),
    "umask": os.umask(0o22),
    "process group": os.getpgrp(),
    "standard input": sys.stdin.read(),
    "streams": [(one.encoding, one.errors, one.isatty(), one.line_buffering) for one in streams],
    "open files": [fd for fd in range(200) if os.path.exists(f"/proc/self/fd/{fd}")],
    "signals": [str(signal.getsignal(one)) for one in sorted(signal.valid_signals())],
    "warnings": [str(one) for one in warnings.filters if one[3] in {None, "__main__"} and
                 one[2].__module__ == "builtins"],  # others are of modules that were imported
    "log": str(logging.root.handlers),
    "threads": threading.active_count(),
    "reactor": "twisted.internet.reactor" in sys.modules,
    "settings": "osce_crawl.settings" in sys.modules,
}
print(json.dumps(known))
sys.exit(7)
"""


def test_the_interpreter_is_as_if_started_anew(tmp_path):
    program = tmp_path / "probe.py"
    program.write_text(PROBE)
    environ = {**Command(tmp_path).environ, "TZ": "Asia/Bishkek", "OSCE_CONTACTS": "1"}
    fork = starting.start("a", "b", program=program, cwd=tmp_path, env=environ, page=b"said")
    out, err = fork.communicate(60)
    anew = subprocess.run(
        [sys.executable, str(program), "a", "b"],
        cwd=tmp_path,
        env=environ,
        input=b"said",
        capture_output=True,
        check=False,
    )

    assert json.loads(out) == json.loads(anew.stdout)
    assert (fork.wait(), err) == (anew.returncode, anew.stderr) == (7, b"")


ENDS = {
    "output that is not written yet": "atexit.register(print, 'after'); print('before', end=' ')",
    "a sentence": "sys.exit('why it ends')",
    "a mistake": "raise ValueError('why it ends')",
    "a number": "print('before'); sys.exit(3)",
    "a thread that outlives it": "threading.Thread(target=lambda: main.join() or print(2)).start()",
}


@pytest.mark.parametrize(
    ("end", "full"),
    [
        *(pytest.param(end, False, id=end) for end in ENDS),
        *(pytest.param(end, True, id=f"{end}, full disk") for end in ENDS if "print" in ENDS[end]),
    ],
)
def test_a_program_ends_as_the_interpreter_does(tmp_path, end, full):
    program = tmp_path / "ends.py"
    before = "import atexit, sys, threading\nmain = threading.main_thread()\n"
    program.write_text(before + ENDS[end])
    environ = Command(tmp_path).environ
    with Path("/dev/full").open("wb") as disk:
        out = disk if full else None
        fork = starting.start(program=program, cwd=tmp_path, env=environ, stdout=out)
        forked = *fork.communicate(60), fork.wait()
        anew = subprocess.run(
            [sys.executable, str(program)],
            cwd=tmp_path,
            env=environ,
            stdout=out or subprocess.PIPE,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert (forked[0], forked[2]) == (anew.stdout or b"", anew.returncode)
    assert forked[1].splitlines()[-1:] == anew.stderr.splitlines()[-1:]


def test_environment_that_the_interpreter_itself_reads_is_refused(tmp_path):
    command = Command(tmp_path)

    with pytest.raises(ValueError, match="start COMMAND itself"):
        command.scrapy("version", environ={"PYTHONUTF8": "0"})
