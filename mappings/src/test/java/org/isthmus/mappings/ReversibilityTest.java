package org.isthmus.mappings;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.isthmus.mappings.DomainMapping.SipUsers;
import org.isthmus.mappings.DomainMapping.Style;
import org.isthmus.mappings.DomainMapping.XmppUsers;
import org.isthmus.mappings.spelling.LocalpartEscaping;
import org.isthmus.mappings.spelling.Nodeprep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xmpp.packet.JID;
import rocks.xmpp.precis.PrecisProfiles;

/** What may never happen to anybody: that a message for one person reaches another. */
class ReversibilityTest {

    private static final int RUNS = 100_000;

    private static final Pattern GLOBAL_NUMBER = Pattern.compile("\\+[-.()]*[0-9][-.()0-9]*(;.*)?", Pattern.DOTALL);

    /** What a SIP user part can be refused for; the other reasons are about domains and partners. */
    private static final List<AddressRefusal> USER_REASONS = List.of(
            AddressRefusal.SPACE_AT_END,
            AddressRefusal.NOT_PREPARABLE,
            AddressRefusal.AMBIGUOUS_SPELLING,
            AddressRefusal.TOO_LONG);

    @ParameterizedTest
    @EnumSource(Style.class)
    void everySipUserIsRefusedWithAReasonOrKeepsOneJidOfHerOwn(Style style) {
        AddressMapper mapper = mapper(style);
        SplittableRandom random = new SplittableRandom(20261121);
        Map<JID, String> owners = new HashMap<>();
        Map<AddressRefusal, Integer> refusals = new EnumMap<>(AddressRefusal.class);
        for (int i = 0; i < RUNS; i++) {
            SipUri uri = SipUri.of(RandomText.next(random), "campus.example");
            Mapped<AddressLookUp> mapped = mapper.lookUp(uri);
            if (mapped instanceof Mapped.Ok<AddressLookUp> ok) {
                checkOneJid(mapper, uri, ok.value(), owners);
            } else if (mapped instanceof Mapped.Refused<AddressLookUp> no) {
                check(USER_REASONS.contains(no.reason()), () -> uri + ": " + no);
                check(no.detail().startsWith(uri.toString()), no::detail);
                refusals.merge(no.reason(), 1, Integer::sum);
            }
        }
        // neither half may be a pretence
        assertThat(owners).hasSizeGreaterThan(RUNS / 4);
        assertThat(refusals.keySet()).containsAll(USER_REASONS);
    }

    private static void checkOneJid(AddressMapper mapper, SipUri uri, AddressLookUp there, Map<JID, String> owners) {
        JID jid = there.jid();
        String localpart = String.valueOf(jid.getNode());
        String canonical = canonical(uri.user().orElseThrow());
        AddressLookUp back = mapper.lookUp(jid).fold(ok -> ok, (reason, detail) -> {
            throw new AssertionError(uri + " became " + jid + ", which is refused: " + reason + " " + detail);
        });
        check(back.uri().user().equals(Optional.of(canonical)), () -> uri + " came back as " + back.uri());
        check(back.uri().host().equals("campus.example"), () -> uri + " came back as " + back.uri());
        String owner = owners.putIfAbsent(jid, canonical);
        check(owner == null || owner.equals(canonical), () -> jid + " is " + owner + " and " + canonical);
        // no server changes what we write
        check(PrecisProfiles.USERNAME_CASE_MAPPED.enforce(localpart).equals(localpart), () -> jid + " by PRECIS");
        check(Nodeprep.map(localpart).equals(Optional.of(localpart)), () -> jid + " by Nodeprep");
        check(LocalpartEscaping.isCanonical(localpart), () -> jid + " by XEP-0106");
        check(Jids.parse(jid.toString()).equals(jid), () -> jid + " read again");
    }

    @Test
    void everyXmppUserIsRefusedOrKeepsOneSipAddressOfHisOwn() {
        AddressMapper mapper = mapper(Style.PLAIN);
        SplittableRandom random = new SplittableRandom(7);
        Map<SipUri, JID> owners = new HashMap<>();
        int mapped = 0;
        for (int i = 0; i < RUNS; i++) {
            Optional<JID> jid = jid(LocalpartEscaping.escape(RandomText.next(random)));
            if (jid.isPresent() && mapper.lookUp(jid.get()) instanceof Mapped.Ok<AddressLookUp> ok) {
                mapped++;
                SipUri uri = ok.value().uri();
                JID owner = owners.putIfAbsent(uri, jid.get());
                check(owner == null || owner.equals(jid.get()), () -> uri + " is " + owner + " and " + jid.get());
                check(SipUri.parse(uri.toString()).equals(uri), () -> uri + " read again");
                JID back = mapper.lookUp(uri).fold(AddressLookUp::jid, (reason, detail) -> {
                    throw new AssertionError(jid.get() + " became " + detail);
                });
                check(back.equals(jid.get()), () -> jid.get() + " came back as " + back);
            }
        }
        assertThat(mapped).isGreaterThan(RUNS / 4);
    }

    @Test
    void caseVariantsAreOneJid() {
        AddressMapper mapper = mapper(Style.PLAIN);
        SplittableRandom random = new SplittableRandom(3);
        int compared = 0;
        for (int i = 0; i < 20_000; i++) {
            String user = RandomText.next(random);
            Mapped<AddressLookUp> written = mapper.lookUp(SipUri.of(user, "campus.example"));
            Mapped<AddressLookUp> lower = mapper.lookUp(SipUri.of(user.toLowerCase(Locale.ROOT), "campus.example"));
            if (written instanceof Mapped.Ok<AddressLookUp> a && lower instanceof Mapped.Ok<AddressLookUp> b) {
                check(a.value().jid().equals(b.value().jid()), () -> user + " has two JIDs");
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(5_000);
    }

    /** An assertion that costs nothing while it holds: there are millions. */
    private static void check(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise.get());
        }
    }

    /** Written apart from the code under test: width, case, composition, and one spelling of a telephone number. */
    private static String canonical(String user) {
        String number = user;
        if (GLOBAL_NUMBER.matcher(user).matches()) {
            int end = user.indexOf(';') < 0 ? user.length() : user.indexOf(';');
            number = user.substring(0, end).replaceAll("[-.()]", "")
                    + user.substring(end).replaceAll("(?is);phone-context=[^;]*", "");
        }
        StringBuilder narrow = new StringBuilder();
        for (int c : number.codePoints().toArray()) {
            String one = Character.toString(c);
            boolean wide =
                    c == 0x3000 || Character.UnicodeBlock.of(c) == Character.UnicodeBlock.HALFWIDTH_AND_FULLWIDTH_FORMS;
            narrow.append(wide ? Normalizer.normalize(one, Normalizer.Form.NFKD) : one);
        }
        return Normalizer.normalize(narrow.toString().toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    private static Optional<JID> jid(String localpart) {
        try {
            return Optional.of(Jids.of(localpart, "hospital.example", null));
        } catch (JidSyntaxException notAJid) {
            return Optional.empty();
        }
    }

    private static AddressMapper mapper(Style style) {
        DomainMapping mapping = new DomainMapping(
                "campus",
                "campus",
                new SipUsers("campus.example", "campus.hospital.example", style),
                new XmppUsers("hospital.example", "hospital.example"));
        return new AddressMapper(DomainMappings.of(List.of(mapping), List.of()), UserSpelling.none());
    }
}
