/** The configuration file: its records, its schema and its loader, which tells every problem at once. */
@NullMarked
package org.isthmus.component.config;

import org.jspecify.annotations.NullMarked;
