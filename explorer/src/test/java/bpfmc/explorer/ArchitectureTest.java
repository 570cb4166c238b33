package bpfmc.explorer;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which package may know which: the arrows of the two modules' package docs. Test classes are left out. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("bpfmc");

    /** What each package of the model may use of the model. {@code InputException}, of the root, all may throw. */
    private static final Map<String, Set<String>> MODEL = new TreeMap<>(Map.ofEntries(
            Map.entry("bytes", Set.of()),
            Map.entry("isa", Set.of()),
            Map.entry("value", Set.of("isa")),
            Map.entry("kernel", Set.of()),
            Map.entry("elf", Set.of("bytes")),
            Map.entry("btf", Set.of("bytes")),
            Map.entry("program", Set.of("bytes", "elf", "btf", "isa", "kernel")),
            Map.entry("step", Set.of("isa", "kernel", "program", "value")),
            Map.entry("machine", Set.of("btf", "isa", "kernel", "program", "step", "value")),
            Map.entry("call", Set.of("btf", "isa", "kernel", "machine", "program", "step", "value")),
            Map.entry("flow", Set.of("btf", "call", "isa", "kernel", "machine", "program", "step", "value")),
            Map.entry("thread", Set.of("call", "flow", "isa", "kernel", "machine", "program", "step", "value")),
            Map.entry("verifier", Set.of("btf", "call", "flow", "isa", "kernel", "machine", "program", "step", "thread", "value")),
            Map.entry("lock", Set.of()),
            Map.entry("rules", Set.of("isa", "btf", "call", "flow", "kernel", "machine", "program", "value", "verifier")),
            Map.entry("memory", Set.of("call", "lock", "isa", "kernel", "machine", "program", "step", "value"))));

    @Test
    void bothModulesAreLookedAt() {
        assertThat(CLASSES.that(resideInAPackage("bpfmc.model.."))).hasSizeGreaterThan(100);
        assertThat(CLASSES.that(resideInAPackage("bpfmc.explorer.."))).hasSizeGreaterThan(30);
        assertThat(CLASSES.contain(ArchitectureTest.class)).isFalse();
    }

    @Test
    void theModelKnowsNothingOfTheExplorer() {
        noClasses().that().resideInAPackage("bpfmc.model..").should().dependOnClassesThat()
                .resideInAPackage("bpfmc.explorer..").check(CLASSES);
    }

    @Test
    void packagesOfTheModelUseOnlyThoseBelowThem() {
        MODEL.forEach((name, used) -> {
            DescribedPredicate<JavaClass> others = resideInAPackage("bpfmc.model.*..");
            for (String allowed : used) {
                others = others.and(DescribedPredicate.not(in(allowed)));
            }
            noClasses().that(in(name)).should().dependOnClassesThat(others.and(DescribedPredicate.not(in(name)))
                    .as("reside in packages of the model other than %s", used)).check(CLASSES);
        });
    }

    private static DescribedPredicate<JavaClass> in(String packageOfTheModel) {
        return resideInAPackage("bpfmc.model." + packageOfTheModel + "..");
    }

    @Test
    void theModelsPackagesAreThoseWithAPlaceInTheOrder() {
        assertThat(CLASSES.stream().map(JavaClass::getPackageName).filter(p -> p.startsWith("bpfmc.model."))
                .map(p -> p.split("\\.")[2]).distinct()).isSubsetOf(MODEL.keySet());
    }

    @Test
    void noPackagesUseEachOtherInACircle() {
        slices().matching("bpfmc.model.(*)..").should().beFreeOfCycles().check(CLASSES);
        slices().matching("bpfmc.explorer.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    /** The files of one package: a class counts with those that it is nested in. */
    private record FilesOf(String packageName) implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().equals(packageName) ? SliceIdentifier.of(type.getName().replaceAll("\\$.*", "")) : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "files of " + packageName;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scenario", "system", "system.symmetry", "system.independence", "system.exact", "search", "store", "checkpoint", "reduction", "axiomatic", "litmus"})
    void noFilesUseEachOtherInACircle(String name) {
        slices().assignedFrom(new FilesOf("bpfmc.explorer." + name)).should().beFreeOfCycles().check(CLASSES);
    }

    /** The parts of the transition system, and those that each may use besides itself. */
    @ParameterizedTest
    @CsvSource({"system, ''", "system.symmetry, system", "system.independence, system", "system.exact, system system.independence"})
    void thePartsOfTheSystemKnowThoseBelowThem(String name, String used) {
        String[] allowed = ("bpfmc.explorer." + name + " " + used.replaceAll("([\\w.]+)", "bpfmc.explorer.$1")).trim().split(" ");
        noClasses().that().resideInAPackage("bpfmc.explorer." + name).should().dependOnClassesThat(resideInAPackage("bpfmc.explorer.system..")
                .and(DescribedPredicate.not(resideInAnyPackage(allowed))).as("reside in other parts of the system than %s", String.join(", ", allowed)))
                .check(CLASSES);
    }

    @Test
    void theSearchKnowsNothingOfBpf() {
        noClasses().that().resideInAnyPackage("bpfmc.explorer.space..", "bpfmc.explorer.store..",
                "bpfmc.explorer.search..", "bpfmc.explorer.reduction..").should().dependOnClassesThat().resideInAPackage("bpfmc.model..").check(CLASSES);
    }

    /** A package and those of the explorer that it may use besides itself. */
    @ParameterizedTest
    @CsvSource({"space, ''", "store, space", "reduction, space", "search, space store", "checkpoint, search store", "verdict, ''",
        "scenario, ''", "axiomatic, ''", "litmus, axiomatic", "system, scenario space store reduction"})
    void packagesThatStandAlone(String name, String used) {
        String[] allowed = ("bpfmc.explorer." + name + ".. " + prefixed(used)).trim().split(" ");
        noClasses().that().resideInAPackage("bpfmc.explorer." + name + "..").should().dependOnClassesThat(
                resideInAPackage("bpfmc.explorer..").and(DescribedPredicate.not(resideInAnyPackage(allowed)))
                        .as("reside in the explorer outside %s", String.join(", ", allowed))).check(CLASSES);
    }

    private static String prefixed(String names) {
        return names.isEmpty() ? "" : names.replaceAll("(\\w+)", "bpfmc.explorer.$1..");
    }

    @ParameterizedTest
    @CsvSource({"parameterized, search", "parameterized, check", "parameterized, report", "property, search", "property, check", "property, report", "scenario, search", "scenario, property",
        "scenario, check", "scenario, verdict", "check, report", "report, scenario", "report, search",
        "report, property", "report, check", "property, condition", "scenario, condition", "condition, check", "condition, report",
        "condition, search", "condition, spec", "check, spec", "check, checkpoint", "check.witness, cli", "nightly, check", "replay, check", "verdict, property"})
    void packagesThatMustNotKnowEachOther(String user, String used) {
        noClasses().that().resideInAPackage("bpfmc.explorer." + user + "..").should().dependOnClassesThat()
                .resideInAPackage("bpfmc.explorer." + used + "..").allowEmptyShould(true).check(CLASSES);
    }

    /** Values and their meaning know nothing of how they are written, or of how what they tell of was found. */
    @Test
    void whatIsMadeDoesNotKnowWhatMakesIt() {
        noClasses().that().resideInAPackage("bpfmc.explorer.report").should().dependOnClassesThat().resideInAPackage("bpfmc.explorer.report.format..").check(CLASSES);
        noClasses().that().resideInAPackage("bpfmc.explorer.check.witness").should().dependOnClassesThat().resideInAPackage("bpfmc.explorer.check").check(CLASSES);
    }

    @Test
    void onlyTheCommandLineKnowsTheCommandLine() {
        noClasses().that().resideOutsideOfPackage("bpfmc.explorer.cli..").should().dependOnClassesThat()
                .resideInAPackage("bpfmc.explorer.cli..").check(CLASSES);
        noClasses().that().resideOutsideOfPackage("bpfmc.explorer.cli..").should().dependOnClassesThat()
                .resideInAPackage("picocli..").check(CLASSES);
    }

    @Test
    void onlyTheCommandLinePrintsAndExits() {
        var rule = noClasses().that().resideOutsideOfPackage("bpfmc.explorer.cli..").should();
        rule.accessField(System.class, "out").orShould().accessField(System.class, "err")
                .orShould().callMethod(System.class, "exit", int.class)
                .orShould().callMethod(Throwable.class, "printStackTrace").check(CLASSES);
    }

    @Test
    void nothingStaticChanges() {
        fields().that().areStatic().should().beFinal().check(CLASSES);
    }
}
