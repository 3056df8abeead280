/** "Is typing": isComposing documents (RFC 3994) and chat states (XEP-0085), and the tables between them (RFC 7573 §6). */
@NullMarked
package org.isthmus.translation.composing;

import org.jspecify.annotations.NullMarked;
