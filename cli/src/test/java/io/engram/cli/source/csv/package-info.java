@NullMarked
package io.engram.cli.source.csv;

import org.jspecify.annotations.NullMarked;
