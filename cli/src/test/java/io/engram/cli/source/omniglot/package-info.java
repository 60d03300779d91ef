@NullMarked
package io.engram.cli.source.omniglot;

import org.jspecify.annotations.NullMarked;
