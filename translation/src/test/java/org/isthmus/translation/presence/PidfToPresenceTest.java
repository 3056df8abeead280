package org.isthmus.translation.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.isthmus.translation.message.LangText;
import org.isthmus.translation.pidf.PidfReader;
import org.isthmus.translation.vectors.People;
import org.isthmus.translation.xml.XmlSyntaxException;
import org.isthmus.translation.xml.XmlTreeWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xmpp.packet.JID;

class PidfToPresenceTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final JID CONTACT = People.jid("romeo@example.net");

    private static final String PERSON = "<dm:person xmlns:dm='urn:ietf:params:xml:ns:pidf:data-model'"
            + " xmlns:r='urn:ietf:params:xml:ns:pidf:rpid' id='p'>";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // the status' own word before all others
                "<status><basic>open</basic><show xmlns='jabber:client'>chat</show></status> | <r:busy/> | CHAT",
                "<status><basic>open</basic><show xmlns='jabber:client'>odd</show></status> | <r:busy/> | DND",
                // several activities: the strongest
                "<status><basic>open</basic></status> | <r:away/><r:on-the-phone/> | DND",
                "<status><basic>open</basic></status> | <r:away/><r:vacation/> | XA",
                "<status><basic>open</basic></status> | <r:note>n</r:note><r:new/> | ",
                // the tuple's before the person's
                "<status><basic>open</basic></status><activities xmlns='urn:ietf:params:xml:ns:pidf:rpid'><meal/></activities>"
                        + " | <r:busy/> | AWAY",
                // drafts of RPID
                "<status><basic>open</basic><e:activities xmlns:e='urn:ietf:params:xml:ns:pidf:rpid:rpid-person'>"
                        + "<e:activity>busy</e:activity></e:activities></status> | | DND",
                // RFC 3922 and idle last
                "<status><basic>open</basic><i:im xmlns:i='urn:ietf:params:xml:ns:pidf:im'>Busy</i:im></status> | | DND",
                "<status><basic>open</basic><i:im xmlns:i='urn:ietf:params:xml:ns:pidf:im'>busy</i:im></status>"
                        + " | <r:away/> | AWAY",
                "<status><basic>open</basic></status><user-input xmlns='urn:ietf:params:xml:ns:pidf:rpid'>idle</user-input>"
                        + " | | AWAY",
                // closed has no show
                "<status><basic>closed</basic><show xmlns='jabber:client'>away</show></status> | <r:busy/> | "
            })
    void availabilityIsWhatTheDocumentSaysMostPlainly(String tuple, String activities, Show show) throws Exception {
        String person =
                activities == null ? "" : PERSON + "<r:activities>" + activities + "</r:activities></dm:person>";
        assertThat(translate("<tuple id='a'>" + tuple + "</tuple>" + person, DeviceNames.NONE)
                        .presences())
                .singleElement()
                .satisfies(presence -> assertThat(presence.show()).isEqualTo(Optional.ofNullable(show)));
    }

    @ParameterizedTest
    @CsvSource({
        "from='2026-11-21T11:00:00Z' until='2026-11-21T13:00:00Z', DND",
        "until='2026-11-21T11:59:59Z', ",
        "from='2026-11-21T13:00:00+00:00', ",
        "from='nonsense', DND"
    })
    void activitiesHoldForTheirTime(String times, Show show) throws Exception {
        String document = "<tuple id='a'><status><basic>open</basic></status></tuple>" + PERSON + "<r:activities "
                + times + "><r:busy/></r:activities></dm:person>";
        assertThat(translate(document, DeviceNames.NONE).presences().get(0).show())
                .isEqualTo(Optional.ofNullable(show));
    }

    @Test
    void theTableIsTheOperators() {
        Activities changed =
                Activities.DEFAULT.with(Map.of("working", Optional.of(Show.DND), "busy", Optional.empty()));
        assertThat(changed.show(List.of("working"))).contains(Show.DND);
        assertThat(changed.show(List.of("busy"))).isEmpty();
        assertThat(Activities.DEFAULT.show(List.of("working"))).isEmpty();
    }

    @Test
    void aStaleClosedTupleBeforeTheOpenOneDoesNotCount() throws Exception {
        // What Kamailio's presence server sends for one device that published anew.
        List<PresenceStanza> presences = translate(
                        "<tuple id='old'><status><basic>closed</basic></status><contact>sip:romeo@192.0.2.1:5062</contact>"
                                + "<timestamp>2026-11-21T11:59:00Z</timestamp></tuple>"
                                + "<tuple id='new'><status><basic>open</basic></status>"
                                + "<contact>sip:romeo@192.0.2.1:5062;transport=tcp</contact></tuple>",
                        DeviceNames.NONE)
                .presences();
        assertThat(presences).singleElement().matches(presence -> presence.type() == PresenceStanza.Type.AVAILABLE);
    }

    @Test
    void ofTwoOpenTuplesOfOneDeviceTheNewerCounts() throws Exception {
        List<PresenceStanza> presences = translate(
                        "<tuple id='ID-a'><status><basic>open</basic></status><note>new</note>"
                                + "<timestamp>2026-11-21T11:59:00Z</timestamp></tuple>"
                                + "<tuple id='ID-a'><status><basic>open</basic></status><note>old</note>"
                                + "<timestamp>2026-11-21T11:00:00Z</timestamp></tuple>",
                        DeviceNames.NONE)
                .presences();
        assertThat(presences)
                .singleElement()
                .satisfies(presence -> assertThat(presence.statuses()).containsExactly(LangText.of("new")));
    }

    @Test
    void aDeviceStaysOneDeviceWhateverItsTupleIds() throws Exception {
        PidfToPresence.Result first = translate(open("t1", "") + open("t2", ""), DeviceNames.NONE);
        PidfToPresence.Result second = translate(open("t9", "") + open("t2", ""), first.names());
        assertThat(second.presences())
                .extracting(PresenceStanza::from)
                .containsExactlyInAnyOrderElementsOf(
                        first.presences().stream().map(PresenceStanza::from).toList());
        String contact = "<contact>sip:romeo@192.0.2.1:5062</contact>";
        PidfToPresence.Result third = translate(open("x1", contact), DeviceNames.NONE);
        PidfToPresence.Result fourth = translate(open("x2", contact), DeviceNames.NONE);
        assertThat(third.presences().get(0).from())
                .isEqualTo(fourth.presences().get(0).from());
        assertThat(third.presences().get(0).from().getResource()).doesNotContain("192.0.2.1");
    }

    @Test
    void anInstanceIsItsResource() throws Exception {
        assertThat(translate(open("x", "<contact>sip:romeo@example.net;gr=phone%201</contact>"), DeviceNames.NONE)
                        .presences()
                        .get(0)
                        .from())
                .hasToString("romeo@example.net/phone 1");
        assertThat(translate(open("ID-Home_x20_PC", ""), DeviceNames.NONE)
                        .presences()
                        .get(0)
                        .from())
                .hasToString("romeo@example.net/Home PC");
    }

    @Test
    void namesThatCanBeNoResourceAreReplacedAndStay() throws Exception {
        String odd = open("ID-_x1f_", "");
        JID from = translate(odd, DeviceNames.NONE).presences().get(0).from();
        assertThat(from.getResource()).matches("sip-[0-9a-f]{8}");
        assertThat(translate(odd, DeviceNames.NONE).presences().get(0).from()).isEqualTo(from);
    }

    @Test
    void wordsAreTheTuplesThenThePersonsThenTheDocuments() throws Exception {
        String tuple = "<tuple id='a'><status><basic>open</basic></status>%s</tuple>";
        String person = PERSON + "%s</dm:person>";
        String notes = "<note xml:lang='de'>d</note><note xml:lang='DE'>again</note><note>n</note>";
        assertThat(statuses(tuple.formatted(notes) + "<note>doc</note>"))
                .containsExactly(new LangText(Optional.of("de"), "d"), LangText.of("n"));
        assertThat(statuses(tuple.formatted("") + person.formatted("<dm:note>pers</dm:note>") + "<note>doc</note>"))
                .containsExactly(LangText.of("pers"));
        assertThat(statuses(tuple.formatted("")
                        + person.formatted("<r:activities><r:note>act</r:note><r:busy/></r:activities>")
                        + "<note>doc</note>"))
                .containsExactly(LangText.of("act"));
        assertThat(statuses(tuple.formatted("") + "<note>doc</note>")).containsExactly(LangText.of("doc"));
    }

    @Test
    void onlyChangesAreTold() throws Exception {
        List<PresenceStanza> first =
                translate(open("ID-a", "") + open("ID-b", ""), DeviceNames.NONE).presences();
        assertThat(PresenceChanges.between(List.of(), first)).isEqualTo(first);
        assertThat(PresenceChanges.between(first, first)).isEmpty();
        List<PresenceStanza> second = translate(
                        open("ID-c", "") + "<tuple id='ID-a'><status><basic>closed</basic></status></tuple>",
                        DeviceNames.NONE)
                .presences();
        assertThat(PresenceChanges.between(first, second))
                .extracting(presence -> presence.from().getResource() + " " + presence.type())
                .containsExactly("c AVAILABLE", "a UNAVAILABLE", "b UNAVAILABLE");
        assertThat(PresenceChanges.between(second, List.of()))
                .extracting(presence -> presence.from().getResource() + " " + presence.type())
                .containsExactly("c UNAVAILABLE");
    }

    @Test
    void idlenessIsNoNewsByItself() throws Exception {
        String idle = "<tuple id='ID-a'><status><basic>open</basic></status>"
                + "<user-input xmlns='urn:ietf:params:xml:ns:pidf:rpid' last-input='2026-11-21T11:00:00Z'>idle</user-input>"
                + "</tuple>";
        PresenceStanza now = translate(idle, DeviceNames.NONE).presences().get(0);
        assertThat(XmlTreeWriter.write(PresenceXml.write(now, "jabber:client")))
                .contains("<idle xmlns=\"urn:xmpp:idle:1\" since=\"2026-11-21T11:00:00Z\"/>")
                .contains("<query xmlns=\"jabber:iq:last\" seconds=\"3600\"/>");
        PresenceStanza later = PidfToPresence.translate(
                        PidfReader.read(document(idle), Optional.empty()), terms(DeviceNames.NONE, NOW.plusSeconds(60)))
                .presences()
                .get(0);
        assertThat(PresenceChanges.between(List.of(now), List.of(later))).isEmpty();
    }

    @Test
    void noExceptionButTheParsersEscapesFromMutatedDocuments() {
        Random random = new Random(3863);
        byte[] seed =
                document("<tuple id='ID-a_x20_b'><status><basic>open</basic><show xmlns='jabber:client'>away</show>"
                        + "</status><contact priority='0.5'>sip:romeo@192.0.2.1;gr=x%20y</contact><note xml:lang='en'>n</note>"
                        + "<timestamp>2026-11-21T11:59:00Z</timestamp></tuple>" + PERSON
                        + "<r:activities until='2027-01-01T00:00:00Z'><r:busy/></r:activities></dm:person>");
        int refused = 0;
        for (int run = 0; run < 20_000; run++) {
            byte[] mutant = seed.clone();
            for (int edits = random.nextInt(4); edits >= 0; edits--) {
                int at = random.nextInt(mutant.length);
                mutant[at] =
                        (byte) (random.nextBoolean() ? random.nextInt(256) : "a0_x:;@/%.-".charAt(random.nextInt(11)));
            }
            try {
                PidfToPresence.Result result = PidfToPresence.translate(
                        PidfReader.read(mutant, Optional.empty()), terms(DeviceNames.NONE, NOW));
                result.presences().forEach(presence -> PresenceXml.write(presence, "jabber:client"));
                PresenceToPidf.translate(result.presences(), People.uri(CONTACT), NOW);
            } catch (XmlSyntaxException expected) {
                refused++;
            }
        }
        assertThat(refused).isBetween(2_000, 19_000);
    }

    private static List<LangText> statuses(String content) throws Exception {
        return translate(content, DeviceNames.NONE).presences().get(0).statuses();
    }

    private static String open(String id, String more) {
        return "<tuple id='" + id + "'><status><basic>open</basic></status>" + more + "</tuple>";
    }

    private static PidfToPresence.Result translate(String content, DeviceNames names) throws Exception {
        return PidfToPresence.translate(PidfReader.read(document(content), Optional.empty()), terms(names, NOW));
    }

    private static byte[] document(String content) {
        return ("<presence xmlns='urn:ietf:params:xml:ns:pidf' entity='pres:romeo@example.net'>" + content
                        + "</presence>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static PidfToPresence.Terms terms(DeviceNames names, Instant now) {
        return new PidfToPresence.Terms(
                CONTACT,
                People.uri(CONTACT),
                People.jid("juliet@example.com"),
                names,
                Optional.empty(),
                Optional.of(now),
                Activities.DEFAULT);
    }
}
