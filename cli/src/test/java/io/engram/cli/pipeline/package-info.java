@NullMarked
package io.engram.cli.pipeline;

import org.jspecify.annotations.NullMarked;
