/** Parameter bytes on disk, named by their checksum. */
@NullMarked
package io.engram.modelregistry.parameters;

import org.jspecify.annotations.NullMarked;
