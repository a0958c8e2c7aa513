"""A reader that fails as workers fail; by itself, because every worker that is started again imports it."""

import os
import time

from toolkit.collect.reading import read_return


def moody(data: bytes, file_name: str, known):
    """A reader with a weakness for certain names."""
    if file_name == "hang":
        time.sleep(60)
    if file_name == "die":
        os._exit(134)
    if file_name == "fail":
        raise ValueError("坏")
    if file_name == "shout":
        os.write(2, b"thread panicked at ...")
    if file_name == "eat":
        return bytearray(10**10)
    return read_return(data, file_name, known)
