/** Which fields of a record are what of an example: the mapping that formats of other people's records share. */
@NullMarked
package io.engram.ingest.format.mapping;

import org.jspecify.annotations.NullMarked;
