package org.isthmus.translation.xml;

/**
 * Bounds of a document that is read into a tree.
 *
 * @param maxChars characters of the whole document
 * @param maxDepth nesting of elements; the root is 1
 * @param maxElements elements in all
 * @param maxAttributes attributes of one element
 */
public record XmlLimits(int maxChars, int maxDepth, int maxElements, int maxAttributes) {

    /** 256 Ki characters, 64 levels, 10,000 elements, 64 attributes: far above any body these networks carry in use. */
    public static XmlLimits defaults() {
        return new XmlLimits(256 * 1024, 64, 10_000, 64);
    }

    public XmlLimits {
        if (maxChars < 1 || maxDepth < 1 || maxElements < 1 || maxAttributes < 0) {
            throw new IllegalArgumentException("limits must be positive: " + maxChars + ", " + maxDepth + ", "
                    + maxElements + ", " + maxAttributes);
        }
    }
}
