/** A folder of images, one labeled example each. */
@NullMarked
package io.engram.cli.source.images;

import org.jspecify.annotations.NullMarked;
