"""Tensors of the wire: little-endian bytes in row-major order."""

import numpy as np

from engram.errors import WireError

DTYPES = {"FLOAT32": "<f4", "UINT8": "u1", "FLOAT16": "<f2", "INT32": "<i4"}


def elements(shape):
    """Product of the sizes; 1 for the empty shape."""
    product = 1
    for size in shape:
        if size < 0:
            raise WireError("shape %s has a negative size" % (shape,))
        product *= size
    return product


def encode(values, element_type="FLOAT32"):
    """A record Tensor of an array or nested lists. UINT8 of numbers takes them within [0, 1]; of bytes as they are."""
    array = np.asarray(values)
    if element_type == "UINT8" and array.dtype != np.uint8:
        if not ((array >= 0) & (array <= 1)).all():
            raise ValueError("UINT8 holds numbers in [0, 1]")
        array = np.floor(np.asarray(array, np.float32) * np.float32(255) + np.float32(0.5))
    data = np.ascontiguousarray(array, dtype=DTYPES[element_type])
    return {"elementType": element_type, "shape": list(array.shape), "data": data.tobytes()}


def decode(tensor):
    """The array of a record Tensor: float32, or int32 of INT32."""
    return read(tensor["elementType"], tensor["shape"], tensor["data"])


def read(element_type, shape, data):
    """The array of the bytes: float32, or int32 of INT32. UINT8 v is v/255."""
    dtype = np.dtype(DTYPES[element_type])
    if len(data) != elements(shape) * dtype.itemsize:
        raise WireError("%d bytes do not make %s of shape %s" % (len(data), element_type, shape))
    array = np.frombuffer(data, dtype).reshape(shape)
    if element_type == "INT32":
        return array.astype(np.int32)
    if element_type == "UINT8":
        return array.astype(np.float32) / np.float32(255)
    return array.astype(np.float32)
