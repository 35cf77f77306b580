"""An IPython kernel without settings: neither those of the user are read nor the machine's."""

from ipykernel.kernelapp import IPKernelApp


class IsolatedKernel(IPKernelApp):
    """The usual kernel; its folder keeps out the user's settings, this those below /etc."""

    def init_config_files(self) -> None:
        """Look for none."""


if __name__ == "__main__":
    IsolatedKernel.launch_instance()
