/** What operators look at: metrics and health over HTTP. */
@NullMarked
package io.engram.cli.ops;

import org.jspecify.annotations.NullMarked;
