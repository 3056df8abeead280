package org.isthmus.component.xmpp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows inside the XMPP edge. */
@AnalyzeClasses(packages = "org.isthmus.component.xmpp", importOptions = ImportOption.DoNotIncludeTests.class)
class XmppLayeringTest {

    private static final String ROOT = "org.isthmus.component.xmpp.";

    @ArchTest
    static final ArchRule slicesAreFreeOfCycles =
            slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheStreamKnowsSockets = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "xml..", ROOT + "stanza..", ROOT + "service..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "java.net..");

    @ArchTest
    static final ArchRule onlyTheParserKnowsAalto = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + "xml..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.aalto..", "javax.xml..", "org.codehaus.stax2..");

    @ArchTest
    static final ArchRule nothingIsReadWithDom4j =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("org.dom4j..");
}
