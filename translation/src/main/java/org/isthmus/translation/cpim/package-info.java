/** Message/CPIM, the envelope of instant messages (RFC 3862; its use in MSRP: RFC 4975 §13). */
@NullMarked
package org.isthmus.translation.cpim;

import org.jspecify.annotations.NullMarked;
