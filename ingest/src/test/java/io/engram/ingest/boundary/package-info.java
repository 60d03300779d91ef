@NullMarked
package io.engram.ingest.boundary;

import org.jspecify.annotations.NullMarked;
