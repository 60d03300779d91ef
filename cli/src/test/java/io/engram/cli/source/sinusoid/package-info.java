@NullMarked
package io.engram.cli.source.sinusoid;

import org.jspecify.annotations.NullMarked;
