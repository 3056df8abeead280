package org.isthmus.mappings.spelling;

/**
 * Punycode (RFC 3492): a label beyond ASCII as ASCII, without its {@code xn--}.
 *
 * <p>Here because {@code java.net.IDN} and the PRECIS library know IDNA 2003 only, which folds the sharp s and the final sigma:
 * a name with one of them would lead to somebody else's domain.
 */
final class Punycode {

    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;
    private static final int INITIAL_N = 0x80;

    /** No DNS label is longer; bounds the work of both directions. */
    private static final int MAX_LABEL = 63;

    private Punycode() {}

    /**
     * Encodes a label.
     *
     * @throws MalformedSpelling when the result cannot fit a DNS label
     */
    static String encode(String label) {
        int[] input = label.codePoints().toArray();
        if (input.length > MAX_LABEL) {
            throw new MalformedSpelling(0, "expected a label of at most 63 octets");
        }
        StringBuilder out = new StringBuilder();
        for (int c : input) {
            if (c < INITIAL_N) {
                out.append((char) c);
            }
        }
        int basic = out.length();
        int handled = basic;
        if (basic > 0) {
            out.append('-');
        }
        int n = INITIAL_N;
        long delta = 0;
        int bias = INITIAL_BIAS;
        while (handled < input.length) {
            int next = Integer.MAX_VALUE;
            for (int c : input) {
                if (c >= n && c < next) {
                    next = c;
                }
            }
            // at most 63 characters of 21 bits: far from the range of a long
            delta += (long) (next - n) * (handled + 1);
            n = next;
            for (int c : input) {
                if (c < n) {
                    delta++;
                } else if (c == n) {
                    long q = delta;
                    for (int k = BASE; ; k += BASE) {
                        int t = threshold(k, bias);
                        if (q < t) {
                            break;
                        }
                        out.append(digit((int) (t + (q - t) % (BASE - t))));
                        q = (q - t) / (BASE - t);
                    }
                    out.append(digit((int) q));
                    bias = adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
            delta++;
            n++;
        }
        return out.toString();
    }

    /**
     * Decodes a label, digits in either case.
     *
     * @throws MalformedSpelling when no label encodes to it
     */
    static String decode(String ascii) {
        if (ascii.length() > MAX_LABEL) {
            throw new MalformedSpelling(0, "expected a label of at most 63 octets");
        }
        int[] out = new int[MAX_LABEL];
        int length = 0;
        int basicEnd = Math.max(ascii.lastIndexOf('-'), 0);
        for (int i = 0; i < basicEnd; i++) {
            out[length++] = ascii.charAt(i);
        }
        int n = INITIAL_N;
        long i = 0;
        int bias = INITIAL_BIAS;
        int in = basicEnd > 0 ? basicEnd + 1 : 0;
        while (in < ascii.length()) {
            long old = i;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                int digit = in < ascii.length() ? value(ascii.charAt(in)) : -1;
                if (digit < 0 || weight > Integer.MAX_VALUE) {
                    throw new MalformedSpelling(in, "expected Punycode");
                }
                in++;
                i += digit * weight;
                int t = threshold(k, bias);
                if (digit < t) {
                    break;
                }
                weight *= BASE - t;
            }
            bias = adapt(i - old, length + 1, old == 0);
            long codePoint = n + i / (length + 1);
            i %= length + 1;
            if (codePoint > Character.MAX_CODE_POINT || (codePoint >= 0xd800 && codePoint <= 0xdfff)) {
                throw new MalformedSpelling(in, "expected Punycode of a Unicode character");
            }
            n = (int) codePoint;
            System.arraycopy(out, (int) i, out, (int) i + 1, length - (int) i);
            out[(int) i] = n;
            i++;
            length++;
        }
        return new String(out, 0, length);
    }

    private static int threshold(int k, int bias) {
        return k <= bias ? T_MIN : Math.min(k - bias, T_MAX);
    }

    private static int adapt(long delta, int points, boolean first) {
        long d = first ? delta / DAMP : delta / 2;
        d += d / points;
        int k = 0;
        while (d > (BASE - T_MIN) * T_MAX / 2) {
            d /= BASE - T_MIN;
            k += BASE;
        }
        return (int) (k + (BASE - T_MIN + 1) * d / (d + SKEW));
    }

    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }

    private static int value(char c) {
        if (c >= 'a' && c <= 'z') {
            return c - 'a';
        }
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        return Ascii.isDigit(c) ? c - '0' + 26 : -1;
    }
}
