package bpfmc.explorer.check;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.explorer.condition.UserExplanation;
import bpfmc.explorer.property.Properties;
import bpfmc.explorer.property.Property;
import bpfmc.explorer.verdict.Explanation;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.Subject;
import bpfmc.model.rules.LockRules;
import bpfmc.model.rules.RulePage;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever may be violated explains itself. */
class AllPropertiesTest {
    private static final Path PAGES = Path.of("src/main/resources/bpfmc/explorer/property");

    static Stream<Explanation> explanations() {
        return AllProperties.explanations().stream();
    }

    @ParameterizedTest
    @MethodSource("explanations")
    void itsPageSaysWhatItIsWhatATraceShowsAndWhatToDo(Explanation explanation) {
        assertThat(explanation.title()).isNotEmpty().doesNotEndWith(".");
        assertThat(explanation.levels()).isNotEmpty().isEqualTo(explanation.levels().toSortedList().toImmutable());
        assertThat(explanation.page()).endsWith("\n").containsSubsequence("WHAT IT IS\n", "\nEXAMPLE\n", "\nWHAT THE TRACE SHOWS\n", "\nHOW TO MEND IT\n",
                "\nWHEN IT IS NOT REPORTED\n");
        assertThat(explanation.page().lines()).allSatisfy(l -> assertThat(l).hasSizeLessThanOrEqualTo(118).isEqualTo(l.stripTrailing()));
        assertThat(AllProperties.explanation(explanation.name())).containsSame(explanation);
    }

    @Test
    void noTwoAreCalledAlikeNorAsALockRule() {
        ImmutableList<String> names = AllProperties.explanations().collect(Explanation::name).newWithAll(LockRules.pages().collect(RulePage::id));
        assertThat(names).doesNotHaveDuplicates();
        assertThat(AllProperties.named().collect(Explanation::order)).doesNotHaveDuplicates();
    }

    @Test
    void everyPageIsOneOfTheirs() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            assertThat(files.map(f -> f.getFileName().toString()).toList()).containsExactlyInAnyOrderElementsOf(
                    AllProperties.named().collect(e -> e.name() + ".txt").newWith("conditions.txt"));
        }
    }

    /** A property that is in no list would be judged nowhere. */
    @Test
    void everyPropertyIsInItsList() {
        var classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("bpfmc.explorer");
        var written = classes.stream().filter(c -> c.isAssignableTo(Explanation.class) && !c.isInterface() && !c.getModifiers().contains(JavaModifier.ABSTRACT))
                .filter(c -> !c.isAssignableTo(UserExplanation.class)).map(c -> c.getName()).toList();
        assertThat(AllProperties.named().collect(e -> e.getClass().getName())).containsExactlyInAnyOrderElementsOf(written);
    }

    /** What is said of a property stands in its class: no other source asks for it by name. What lock algorithms may do wrong alone has words of its own. */
    @Test
    void nobodyElseKnowsAPropertyByName() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java") && !f.getParent().endsWith("locks")).toList()) {
                String source = Files.readString(file).replaceAll("(?s)/\\*.*?\\*/", "");
                AllProperties.named().reject(e -> file.endsWith(e.getClass().getSimpleName() + ".java"))
                        .each(e -> assertThat(source).as("%s", file).doesNotContain('"' + e.name() + '"'));
            }
        }
    }

    @Test
    void aFindingHasALevelOfItsProperty() {
        Property deadlock = Properties.all().detect(p -> p.name().equals("deadlock"));
        Assertions.assertThatIllegalArgumentException().isThrownBy(() -> new Finding(deadlock, Level.WARNING, Subject.NOTHING, Lists.immutable.empty()))
                .withMessage("deadlock has no findings of level WARNING");
    }

    @Test
    void findingsOfOneNameAreEqual() {
        var always = new Finding(UserExplanation.all().get(1), Level.ERROR, Subject.NOTHING, Lists.immutable.empty());
        assertThat(always).isEqualTo(new Finding(AllProperties.explanation("always").orElseThrow(), Level.ERROR, Subject.NOTHING, Lists.immutable.empty()))
                .hasSameHashCodeAs(new Finding(AllProperties.explanation("always").orElseThrow(), Level.ERROR, Subject.NOTHING, Lists.immutable.empty()))
                .isNotEqualTo(new Finding(UserExplanation.all().get(0), Level.ERROR, Subject.NOTHING, Lists.immutable.empty()));
    }
}
