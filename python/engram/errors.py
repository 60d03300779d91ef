"""What can go wrong."""


class EngramError(Exception):
    """Any of these."""


class WireError(EngramError):
    """Bytes that are not what they should be."""


class UnreadableVersion(EngramError):
    """A version that contradicts itself, or holds what this package does not know."""


class AdaptationError(EngramError):
    """Adapting or predicting gave numbers that are not finite."""
