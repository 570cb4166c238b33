package bpfmc.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A switch over kinds of things names every kind: what {@code default} would catch is the kind that somebody adds next year, and then a
 * verdict is wrong without anybody having been asked. Looked for in the sources of the explorer: a switch of which a {@code case} names a
 * record of a sealed type of bpfmc has no {@code default}.
 */
class ExhaustiveSwitchTest {
    private static final Path EXPLORER = Path.of("src/main/java");
    private static final Path MODEL = Path.of("../model/src/main/java");
    private static final Pattern SWITCH = Pattern.compile("\\bswitch\\s*\\(");
    private static final Pattern CASE = Pattern.compile("\\bcase\\s+(?:[a-z]\\w*\\.)*((?:[A-Z]\\w*\\.)*[A-Z]\\w*)\\s*(?:<[^>]*>)?\\s*(?:[a-z]\\w*|\\()");
    private static final Pattern DEFAULT = Pattern.compile("(?:^|[\\s,{])default\\s*->|(?:^|\\s)default\\s*:");
    private static final Pattern RECORD = Pattern.compile("\\brecord\\s+(\\w+)[^{;]*?\\)\\s*implements\\s+([^{]*)\\{");
    private static final Pattern SEALED = Pattern.compile("\\bsealed\\s+(?:interface|abstract class)\\s+(\\w+)");

    /** Say nothing about verdicts: how an unknown's maker is called; hashes, where a class that is not known is an exception. */
    private static final Set<String> ALLOWED = Set.of("TermNames.java", "ContentHash.java");

    /** {@return the source without comments, strings and characters} */
    private static String code(Path file) throws IOException {
        return Files.readString(file).replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("\"(?:\\\\.|[^\"\\\\\n])*\"", "\"\"").replaceAll("'(?:\\\\.|[^'\\\\\n])+'", "' '")
                .replaceAll("//[^\n]*", "");
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
        }
    }

    /** {@return the records that are kinds of some sealed type} */
    private static Set<String> kinds() throws IOException {
        Set<String> sealed = new TreeSet<>();
        List<String> all = new ArrayList<>();
        for (Path root : List.of(MODEL, EXPLORER)) {
            for (Path file : sources(root)) {
                all.add(code(file));
            }
        }
        all.forEach(source -> SEALED.matcher(source).results().forEach(m -> sealed.add(m.group(1))));
        Set<String> kinds = new TreeSet<>(sealed);
        all.forEach(source -> RECORD.matcher(source).results().filter(m -> Stream.of(m.group(2).split("[,<>\\s]+")).map(ExhaustiveSwitchTest::simple)
                .anyMatch(sealed::contains)).forEach(m -> kinds.add(m.group(1))));
        return kinds;
    }

    private static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** {@return the bodies of the switches, without those of switches inside of them} */
    private static List<String> switches(String code) {
        List<String> bodies = new ArrayList<>();
        Matcher found = SWITCH.matcher(code);
        while (found.find()) {
            int open = code.indexOf('{', end(code, code.indexOf('(', found.start()), '(', ')'));
            bodies.add(withoutInner(code.substring(open + 1, end(code, open, '{', '}'))));
        }
        return bodies;
    }

    private static String withoutInner(String body) {
        Matcher inner = SWITCH.matcher(body);
        if (!inner.find()) {
            return body;
        }
        int open = body.indexOf('{', end(body, body.indexOf('(', inner.start()), '(', ')'));
        return withoutInner(body.substring(0, inner.start()) + body.substring(end(body, open, '{', '}') + 1));
    }

    /** {@return where the bracket that opens here is closed} */
    private static int end(String code, int open, char opening, char closing) {
        int depth = 0;
        for (int i = open; i < code.length(); i++) {
            depth += code.charAt(i) == opening ? 1 : code.charAt(i) == closing ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw new IllegalStateException("a bracket is not closed: " + code.substring(open, Math.min(code.length(), open + 80)));
    }

    private static boolean forgets(String body, Set<String> kinds) {
        return DEFAULT.matcher(body).find() && CASE.matcher(body).results().anyMatch(m -> kinds.contains(simple(m.group(1))));
    }

    @Test
    void noSwitchOverKindsHasADefault() throws IOException {
        Set<String> kinds = kinds();
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (Path file : sources(EXPLORER)) {
            for (String body : switches(code(file))) {
                seen++;
                if (!ALLOWED.contains(file.getFileName().toString()) && forgets(body, kinds)) {
                    wrong.add(file + ": " + body.strip().lines().findFirst().orElse(""));
                }
            }
        }
        assertThat(seen).isGreaterThan(80);
        assertThat(kinds).contains("Load", "ReadClock", "Holds", "Limit", "Replaced", "CallHelper", "Access");
        assertThat(wrong).isEmpty();
    }

    @Test
    void seesADefaultWhereThereIsOne() {
        Set<String> kinds = Set.of("Load", "Store");
        String inside = "int f() { return switch (x) { case A.Load o -> switch (y) { case 1 -> 2; default -> 3; }; case A.Store o -> 1; }; }";
        assertThat(switches(inside)).hasSize(2).noneMatch(body -> forgets(body, kinds));
        assertThat(switches("switch (x) { case A.Load o when o.f(1) -> { } default -> { } }")).allMatch(body -> forgets(body, kinds));
        assertThat(switches("switch (x) { case Load(int a) -> 1; case null, default -> 2; }")).allMatch(body -> forgets(body, kinds));
        assertThat(switches("switch (x) { case OTHER -> 1; default -> 2; }")).noneMatch(body -> forgets(body, kinds));
    }
}
