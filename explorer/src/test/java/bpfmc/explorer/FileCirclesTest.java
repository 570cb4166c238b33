package bpfmc.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of one package do not use each other in circles: each can be read, and understood, before those that use it. */
class FileCirclesTest {
    private static final JavaClasses CLASSES = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("bpfmc.explorer");

    @ParameterizedTest
    @ValueSource(strings = {"property", "parameterized", "check", "check.witness", "condition", "verdict", "report", "report.format", "nightly", "replay", "reduction", "axiomatic", "litmus"})
    void thereAreNone(String name) {
        Map<String, Set<String>> uses = uses("bpfmc.explorer." + name);
        assertThat(uses).isNotEmpty();
        assertThat(inCircles(uses)).isEmpty();
    }

    /** {@return for each file of the package the others that it uses} */
    private static Map<String, Set<String>> uses(String name) {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass one : CLASSES) {
            if (one.getPackageName().equals(name)) {
                Set<String> used = uses.computeIfAbsent(file(one), f -> new TreeSet<>());
                one.getDirectDependenciesFromSelf().stream().map(Dependency::getTargetClass).map(JavaClass::getBaseComponentType)
                        .filter(c -> c.getPackageName().equals(name) && !file(c).equals(file(one))).forEach(c -> used.add(file(c)));
            }
        }
        return uses;
    }

    private static String file(JavaClass one) {
        return one.getSimpleName().isEmpty() || one.getEnclosingClass().isPresent() ? one.getEnclosingClass().map(FileCirclesTest::file).orElse(one.getName())
                : one.getSimpleName();
    }

    /** {@return the files that remain when those that use no other one are taken away, and those that no other one uses, again and again} */
    private static Set<String> inCircles(Map<String, Set<String>> uses) {
        Map<String, Set<String>> left = new TreeMap<>(uses);
        while (left.entrySet().removeIf(e -> e.getValue().stream().noneMatch(left::containsKey)
                || left.values().stream().noneMatch(used -> used.contains(e.getKey())))) {
            continue;
        }
        return left.keySet();
    }
}
