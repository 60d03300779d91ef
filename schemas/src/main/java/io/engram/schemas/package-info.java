/** The wire: topics, codecs and the values that cross them. */
@NullMarked
package io.engram.schemas;

import org.jspecify.annotations.NullMarked;
