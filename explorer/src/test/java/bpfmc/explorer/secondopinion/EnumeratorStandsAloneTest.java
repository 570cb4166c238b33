package bpfmc.explorer.secondopinion;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import bpfmc.explorer.secondopinion.enumerator.Enumerator;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/** A second opinion is one only as long as it is not the first one again. */
class EnumeratorStandsAloneTest {
    @Test
    void theEnumeratorUsesNothingOfBpfmcButTheInstructionDecoder() {
        classes().that().resideInAPackage("bpfmc.explorer.secondopinion.enumerator..").should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.eclipse.collections..", "bpfmc.model.isa", "bpfmc.explorer.secondopinion.enumerator..")
                .check(new ClassFileImporter().importPackagesOf(Enumerator.class));
    }
}
