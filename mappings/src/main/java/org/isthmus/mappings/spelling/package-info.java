/**
 * How one name is spelled on each network, one standard a class: XEP-0106 (localparts), RFC 3261 §25.1 and RFC 7247 §6.2 (SIP
 * users), RFC 3492 and RFC 5890 (host names), RFC 3454 and RFC 6122 appendix A (Nodeprep), RFC 3966 (telephone numbers). Pure
 * text to text; knows nothing of mappings, and nothing else of this module may be used here.
 */
@NullMarked
package org.isthmus.mappings.spelling;

import org.jspecify.annotations.NullMarked;
