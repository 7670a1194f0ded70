/** Tests. */
@NullMarked
package dev.troupe.settings;

import org.jspecify.annotations.NullMarked;
