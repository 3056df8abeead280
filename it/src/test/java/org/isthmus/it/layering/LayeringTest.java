package org.isthmus.it.layering;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.TimeUnit;
import org.isthmus.it.layering.House.Room;
import org.isthmus.mappings.JidSyntaxException;
import org.isthmus.mappings.Jids;
import org.isthmus.translation.error.StanzaCondition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The arrows of the whole house, checked on the classes of all modules together: what a module's own test cannot see, because
 * it does not know the others.
 */
class LayeringTest {

    private static final JavaClasses EVERYTHING = House.everything();
    private static final JavaClasses SHIPPED = House.shipped(EVERYTHING);

    private static final String GATEWAY = "org.isthmus.component";

    /** Guards the guards: a rule over classes that were not found holds whatever they do. */
    @ParameterizedTest
    @EnumSource(Room.class)
    void everyRoomIsSeen(Room room) {
        assertThat(SHIPPED.that(resideInAPackage(room.all()))).isNotEmpty();
    }

    @Test
    void mappingsStandAlone() {
        check(noClasses()
                .that()
                .resideInAPackage(Room.MAPPINGS.all())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        Room.TRANSLATION.all(), Room.MSRP.all(), Room.BYTE_STREAMS.all(), Room.COMPONENT.all()));
    }

    @Test
    void translationSeesMappingsAlone() {
        check(noClasses()
                .that()
                .resideInAPackage(Room.TRANSLATION.all())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Room.MSRP.all(), Room.BYTE_STREAMS.all(), Room.COMPONENT.all()));
    }

    @Test
    void theMsrpEngineSeesOnlyTheFormatsItCarries() {
        check(noClasses()
                .that()
                .resideInAPackage(Room.MSRP.all())
                .should()
                .dependOnClassesThat(resideInAPackage("org.isthmus..")
                        .and(not(resideInAPackage(Room.MSRP.all())))
                        .and(not(resideInAPackage("org.isthmus.translation.sdp..")))
                        .and(not(resideInAPackage("org.isthmus.translation.file..")))
                        .and(not(resideInAPackage("org.isthmus.translation.cpim.."))))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("org.xmpp..", "javax.sip..", "javax.sdp..", "gov.nist.."));
    }

    /** File offers, and the names of stanza errors, which the lowest room that speaks of them keeps. */
    @Test
    void theByteStreamsSeeOnlyFileOffersErrorNamesAndHowJidsAreMade() {
        check(noClasses()
                .that()
                .resideInAPackage(Room.BYTE_STREAMS.all())
                .should()
                .dependOnClassesThat(resideInAPackage("org.isthmus..")
                        .and(not(resideInAPackage(Room.BYTE_STREAMS.all())))
                        .and(not(resideInAPackage("org.isthmus.translation.file..")))
                        .and(not(belongToAnyOf(StanzaCondition.class, Jids.class, JidSyntaxException.class))))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.sip..", "javax.sdp..", "gov.nist.."));
    }

    @Test
    void pureRoomsKnowNoTransport() {
        check(noClasses()
                .that()
                .resideInAnyPackage(Room.MAPPINGS.all(), Room.TRANSLATION.all())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty..", "javax.sip..", "javax.sdp..", "gov.nist.."));
    }

    @Test
    void nothingShippedKnowsTheProof() {
        check(noClasses().should().dependOnClassesThat().resideInAPackage("org.isthmus.it.."));
    }

    @Test
    void roomsOfTheGatewayAreFreeOfCycles() {
        check(slices().matching(GATEWAY + ".(*)..").should().beFreeOfCycles());
    }

    @Test
    void relaysSeeNeitherShoreNorEachOther() {
        check(noClasses()
                .that()
                .resideInAnyPackage(relays())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        GATEWAY + ".xmpp..", GATEWAY + ".sip..", "javax.sip..", "gov.nist..", "io.netty.."));
        check(slices().matching(GATEWAY + ".(message|session|presence|file)..")
                .should()
                .notDependOnEachOther());
    }

    @Test
    void shoresSeeConversationConfigAndPartnersAlone() {
        check(noClasses()
                .that()
                .resideInAPackage(GATEWAY + ".xmpp..")
                .should()
                .dependOnClassesThat(resideInAPackage(GATEWAY + "..")
                        .and(not(resideInAPackage(GATEWAY + ".xmpp..")))
                        .and(not(resideInAPackage(GATEWAY + ".conversation..")))
                        .and(not(resideInAPackage(GATEWAY + ".config..")))
                        .and(not(resideInAPackage(GATEWAY + ".partner..")))));
        check(noClasses()
                .that()
                .resideInAPackage(GATEWAY + ".sip..")
                .should()
                .dependOnClassesThat(resideInAPackage(GATEWAY + "..")
                        .and(not(resideInAPackage(GATEWAY + ".sip..")))
                        .and(not(resideInAPackage(GATEWAY + ".conversation..")))
                        .and(not(resideInAPackage(GATEWAY + ".config..")))
                        .and(not(resideInAPackage(GATEWAY + ".partner..")))));
    }

    /** The composition names everybody; nobody but a command names it. */
    @Test
    void onlyCommandsNameTheComposition() {
        check(classes()
                .that()
                .resideInAPackage(GATEWAY)
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAnyPackage(GATEWAY, GATEWAY + ".cli.."));
    }

    @Test
    void addressesAreMadeInOnePlace() {
        check(noClasses()
                .that()
                .doNotHaveFullyQualifiedName("org.isthmus.mappings.Jids")
                .should()
                .callConstructorWhere(target(owner(equivalentTo(org.xmpp.packet.JID.class))))
                .because("Tinder prepares with stringprep; Jids prepares with PRECIS"));
    }

    @Test
    void networkTextIsNeverReadByDom4j() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.dom4j.io.SAXReader")
                .orShould()
                .callMethodWhere(target(owner(name("org.dom4j.DocumentHelper"))).and(target(name("parseText"))))
                .because("it resolves external entities and has no limits"));
    }

    @Test
    void onlyCommandsPrint() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(GATEWAY + ".cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethodWhere(target(name("printStackTrace"))));
    }

    @Test
    void nobodySleepsNotEvenInTests() {
        noClasses()
                .should()
                .callMethodWhere(target(owner(equivalentTo(Thread.class)))
                        .and(target(name("sleep")))
                        .or(target(owner(equivalentTo(TimeUnit.class))).and(target(name("sleep")))))
                .because(
                        "a sleep is too short on a slow machine and too long on a fast one: wait for what you wait for")
                .check(EVERYTHING);
    }

    private static String[] relays() {
        return new String[] {
            GATEWAY + ".message..", GATEWAY + ".session..", GATEWAY + ".presence..", GATEWAY + ".file.."
        };
    }

    private static void check(ArchRule rule) {
        rule.check(SHIPPED);
    }
}
