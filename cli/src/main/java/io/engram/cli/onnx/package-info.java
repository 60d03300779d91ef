/** A version as an ONNX model, for runtimes in every language. */
@NullMarked
package io.engram.cli.onnx;

import org.jspecify.annotations.NullMarked;
