"""What can stop the set-up."""


class SetupError(Exception):
    """The set-up cannot go on.

    Args:
        message: What is wrong.
        cure: What to do about it.
    """

    def __init__(self, message: str, *, cure: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.cure = cure
