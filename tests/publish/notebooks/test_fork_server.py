"""The process that imports what the notebooks import, and forks."""

import builtins
from io import StringIO

from analysis.publish.notebooks import fork_server


def test_the_server_answers_each_request_with_the_number_of_a_process(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", StringIO('{"arguments": [], "folder": "."}\n'))
    for name in ("signal.signal", "gc.freeze"):
        monkeypatch.setattr(name, lambda *_: None)
    monkeypatch.setattr(fork_server, "go_first", lambda: None)
    monkeypatch.setenv("JPY_PARENT_PID", "")
    monkeypatch.setattr("os.fork", lambda: 1234)
    fork_server.serve(["json", "no.such.module"])
    assert capsys.readouterr().out == "1234\n"
    assert not hasattr(builtins, "get_ipython")
