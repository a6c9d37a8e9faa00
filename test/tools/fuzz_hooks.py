"""What the fuzzer does differently for the services that create-api generates."""

import schemathesis


def without_fractions(value):
    """Writes 6729.0 as 6729.

    To JSON Schema both are integers, but serde reads a number with a fraction as a float, and no JSON Schema can
    rule out one of the two.
    """
    if isinstance(value, dict):
        return {key: without_fractions(item) for key, item in value.items()}
    if isinstance(value, list):
        return [without_fractions(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


@schemathesis.hook
def map_body(_context, body):
    return without_fractions(body)
