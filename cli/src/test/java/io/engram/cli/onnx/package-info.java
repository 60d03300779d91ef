@NullMarked
package io.engram.cli.onnx;

import org.jspecify.annotations.NullMarked;
