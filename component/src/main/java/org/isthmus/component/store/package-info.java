/** What survives a crash: JDBC behind one port, one SQL text for H2 and PostgreSQL. */
@NullMarked
package org.isthmus.component.store;

import org.jspecify.annotations.NullMarked;
