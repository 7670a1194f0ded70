@NullMarked
package dev.troupe.ledger;

import org.jspecify.annotations.NullMarked;
