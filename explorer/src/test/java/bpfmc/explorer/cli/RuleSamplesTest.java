package bpfmc.explorer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.kernel.KernelVersion;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.load.ObjectReader;
import bpfmc.model.rules.Finding;
import bpfmc.model.rules.Judgement;
import bpfmc.model.rules.Kernel;
import bpfmc.model.rules.LockRules;
import bpfmc.model.rules.RulePage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.collections.impl.factory.Lists;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples of the lock rules: what their tags expect, what their lines mark, what they say of older kernels. */
class RuleSamplesTest {
    private static final Path FOLDER = Path.of("..", "specs", "rules");
    private static final Pattern MARK = Pattern.compile("// (rejects|warns): ([a-z-]+)");
    private static final Pattern OF_MAP = Pattern.compile("// map: rejects ([a-z-]+)");
    private static final Pattern WARNED_OF_MAP = Pattern.compile("// map: warns ([a-z-]+)");
    private static final Pattern OF_KERNEL = Pattern.compile("// kernel ([0-9.]+): (\\w+) (?:rejects ([a-z-]+(?:, [a-z-]+)*)|accepts)");

    static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(f -> f.toString().endsWith(".bpf.c")).sorted().toList();
        }
    }

    private static BpfObject object(Path source) {
        return ObjectReader.read(Path.of(source.toString().replaceFirst("c$", "o")));
    }

    private static Judgement judge(Path source, KernelVersion version) {
        BpfObject object = object(source);
        return LockRules.judge(object, object.programs(), new Kernel(version, true), Lists.immutable.empty());
    }

    @Test
    void thereIsASampleForEveryRuleThatAnObjectCanBreak() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            Set<String> named = new TreeSet<>(folders.filter(Files::isDirectory).map(f -> f.getFileName().toString()).toList());
            Set<String> elsewhere = Set.of("privilege", "mmapable-lock", "known-function", "sleepable-program");
            assertThat(LockRules.pages().collect(RulePage::id).reject(elsewhere::contains)).containsExactlyInAnyOrderElementsOf(named);
        }
    }

    @Test
    void agreeWithTheirOwnExpectations() {
        var out = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(new StringWriter()), "rules", "--expectations", FOLDER.toString());
        assertThat(code).as(out.toString()).isZero();
        assertThat(out.toString()).doesNotContain("disagreed:");
        assertThat(out.toString().lines().filter(l -> l.startsWith("all ")).toList()).singleElement().asString().endsWith("          0               0");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void breakTheRulesThatTheirLinesMarkAndNoOthers(Path source) throws IOException {
        List<String> lines = Files.readAllLines(source);
        Set<String> marked = new TreeSet<>();
        for (int i = 0; i < lines.size(); i++) {
            Matcher m = MARK.matcher(lines.get(i));
            while (m.find()) {
                marked.add((i + 1) + " " + m.group(1) + " " + m.group(2));
            }
        }
        Judgement judgement = judge(source, KernelVersion.NEWEST);
        Set<String> found = new TreeSet<>(judgement.findings().select(Finding::program).collect(f ->
                f.line().orElseThrow().line() + (f.rejects() ? " rejects " : " warns ") + f.rule()).castToList());
        assertThat(found).isEqualTo(marked);
        assertThat(judgement.maps().select(Finding::rejects).collect(Finding::rule)).containsExactlyElementsOf(group(lines, OF_MAP));
        assertThat(judgement.maps().reject(Finding::rejects).collect(Finding::rule)).containsAll(group(lines, WARNED_OF_MAP));
        assertThat(judgement.incomplete()).isFalse();
    }

    private static List<String> group(List<String> lines, Pattern pattern) {
        return lines.stream().map(pattern::matcher).filter(Matcher::matches).map(m -> m.group(1)).toList();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void areJudgedByOlderKernelsAsTheirHeadsSay(Path source) throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String line : Files.readAllLines(source)) {
            Matcher m = OF_KERNEL.matcher(line);
            if (m.matches()) {
                Judgement judgement = judge(source, KernelVersion.parse(m.group(1)));
                Set<String> rules = judgement.findings().select(f -> f.rejects()
                        && (!f.program() || f.subject().equals(m.group(2)))).collect(Finding::rule).castToList().stream().collect(Collectors.toSet());
                Set<String> stated = m.group(3) == null ? Set.of() : Set.of(m.group(3).split(", "));
                if (!rules.equals(stated)) {
                    wrong.add(line + " but: " + rules);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void ofOldKernelsAreNumerous() throws IOException {
        int statements = 0;
        for (Path sample : samples()) {
            statements += (int) Files.readAllLines(sample).stream().filter(l -> OF_KERNEL.matcher(l).matches()).count();
        }
        assertThat(statements).isGreaterThan(25);
    }
}
