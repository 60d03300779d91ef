@NullMarked
package io.engram.cli.source.images;

import org.jspecify.annotations.NullMarked;
