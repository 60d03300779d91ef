@NullMarked
package io.engram.ingest.format.kinds;

import org.jspecify.annotations.NullMarked;
