/** HTML and XHTML-IM (XEP-0071): made harmless, made readable as plain text. */
@NullMarked
package org.isthmus.translation.html;

import org.jspecify.annotations.NullMarked;
