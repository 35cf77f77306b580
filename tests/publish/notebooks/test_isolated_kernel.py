"""A kernel without settings."""

import pytest
from ipykernel.kernelapp import IPKernelApp
from IPython.core import application

from analysis.publish.notebooks.isolated_kernel import IsolatedKernel


@pytest.mark.parametrize(("kernel", "looks"), [(IPKernelApp, True), (IsolatedKernel, False)])
def test_it_does_not_look_where_the_settings_of_the_machine_lie(
    tmp_path, monkeypatch, kernel, looks
):
    monkeypatch.setattr(application, "SYSTEM_CONFIG_DIRS", [str(tmp_path)])
    made = kernel()
    made.init_config_files()
    assert (str(tmp_path) in made.config_file_paths) is looks
