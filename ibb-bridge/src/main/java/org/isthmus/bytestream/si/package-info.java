/**
 * Stream initiation and its file transfer profile (XEP-0095 version 1.2, XEP-0096 version 1.3.1, the form of XEP-0020):
 * offers, answers and refusals as records, their reader and writer, and what a file's name and first octets say.
 */
@NullMarked
package org.isthmus.bytestream.si;

import org.jspecify.annotations.NullMarked;
