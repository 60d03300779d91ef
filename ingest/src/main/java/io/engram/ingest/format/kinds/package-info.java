/** The formats that Engram brings for other people's records; each has a mapping. Found by their names. */
@NullMarked
package io.engram.ingest.format.kinds;

import org.jspecify.annotations.NullMarked;
