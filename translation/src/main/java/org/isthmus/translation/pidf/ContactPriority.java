package org.isthmus.translation.pidf;

import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The priority of a contact, 0 to 1 with three decimals (RFC 3863 §4.1.5), and of a resource, 0 to 127 (RFC 8048 §6.2): both
 * ways so that every resource priority comes back.
 */
public final class ContactPriority {

    /** The corrected pattern of erratum 1606. */
    private static final Pattern QVALUE = Pattern.compile("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?");

    private ContactPriority() {}

    /** The resource priority; empty for a text that is none, which counts as absent. */
    public static OptionalInt toXmpp(String qvalue) {
        String text = qvalue.strip();
        if (!QVALUE.matcher(text).matches()) {
            return OptionalInt.empty();
        }
        String decimals = text.length() < 3 ? "" : text.substring(2);
        int thousandths = text.charAt(0) == '1' ? 1000 : Integer.parseInt((decimals + "000").substring(0, 3));
        return OptionalInt.of((127 * thousandths + 999) / 1000);
    }

    /**
     * The contact priority, without zeros at the end.
     *
     * @param priority 0-127
     */
    public static String toPidf(int priority) {
        if (priority < 0 || priority > 127) {
            throw new IllegalArgumentException("priority: " + priority + " (expected: 0-127)");
        }
        int thousandths = 1000 * priority / 127;
        if (thousandths == 0 || thousandths == 1000) {
            return thousandths == 0 ? "0" : "1";
        }
        String decimals = String.valueOf(1000 + thousandths).substring(1);
        int end = decimals.length();
        while (decimals.charAt(end - 1) == '0') {
            end--;
        }
        return "0." + decimals.substring(0, end);
    }
}
