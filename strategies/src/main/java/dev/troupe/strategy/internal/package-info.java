/** What several search algorithms share; not for users. */
@NullMarked
package dev.troupe.strategy.internal;

import org.jspecify.annotations.NullMarked;
