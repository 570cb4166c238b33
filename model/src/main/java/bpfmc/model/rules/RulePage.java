package bpfmc.model.rules;

import bpfmc.model.kernel.KernelVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.collections.api.factory.Lists;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * All about a rule that is not code: the kernels it holds for, the kernel's messages, what else changed between kernels, and
 * the text that explains it. One resource file a rule, {@code ID.txt}: lines of a keyword and its value, an empty line, text.
 *
 * <pre>
 *     row C1                    its row in the project's table of facts
 *     title ...                 the rule in one sentence
 *     kernels 5.1               the first release that has it; "5.11 6.5": the last as well
 *     message 6.15 TEXT         what that release and later ones say; {0} is filled in, \\n begins a line
 *     message:res 6.15 TEXT     the same for a variant
 *     errno -E2BIG map creation where the kernel says nothing, what its system call returns, and which
 *     allow NAME 6.2            something the rule lets pass, from that release on
 *     concerns NAME 5.1         something the rule is about, from that release on
 *     fix ...                   what to do
 *     general ...               where the verifier gives the message for faults of other kinds too: from the message alone, the rule does not follow
 *     level warning             where the kernel loads the program all the same
 * </pre>
 */
public record RulePage(String id, ImmutableList<Line> lines, String text) {
    private static final KernelVersion FIRST = KernelVersion.parse("5.1");

    /** @param keyword first word @param rest what follows it */
    record Line(String keyword, String rest) {
        String word(int n) {
            String[] words = rest.split(" ");
            return n < words.length ? words[n] : "";
        }
    }

    static RulePage read(String id) {
        String[] parts = text(id).split("\n\n", 2);
        return new RulePage(id, Lists.immutable.with(parts[0].strip().split("\n")).collect(line ->
                new Line(line.split(" ", 2)[0], line.split(" ", 2)[1].strip())), parts[1].strip());
    }

    /** {@return a page as it is written} */
    static String text(String name) {
        try (InputStream in = RulePage.class.getResourceAsStream(name + ".txt")) {
            if (in == null) {
                throw new IllegalStateException("there is no page " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String value(String keyword) {
        return lines.detectOptional(l -> l.keyword().equals(keyword)).map(Line::rest).orElse("");
    }

    /** {@return the rows of the project's table of facts that the rule covers} */
    public String row() {
        return value("row");
    }

    /** {@return the rule in one sentence} */
    public String title() {
        return value("title");
    }

    /** {@return what to do about a finding} */
    public String fix() {
        return value("fix");
    }

    /** {@return whether the kernel loads the program all the same} */
    public boolean warning() {
        return value("level").equals("warning");
    }

    /** {@return whether the verifier gives the rule's messages for faults of other kinds too} */
    boolean general() {
        return !value("general").isEmpty();
    }

    /** {@return the first release that has the rule} */
    public KernelVersion since() {
        return KernelVersion.parse(lines.detect(l -> l.keyword().equals("kernels")).word(0));
    }

    /** {@return the last release that has the rule, empty when the newest has it} */
    public Optional<KernelVersion> until() {
        String last = lines.detect(l -> l.keyword().equals("kernels")).word(1);
        return last.isEmpty() ? Optional.empty() : Optional.of(KernelVersion.parse(last));
    }

    /** {@return whether a release has the rule} */
    public boolean holdsIn(KernelVersion version) {
        return version.atLeast(since()) && until().map(last -> last.atLeast(version)).orElse(true);
    }

    /** {@return whether the rule lets something of this name pass in a release} */
    boolean allows(String name, KernelVersion version) {
        return lists("allow", name, version);
    }

    /** {@return whether the rule is about something of this name in a release} */
    boolean concerns(String name, KernelVersion version) {
        return lists("concerns", name, version);
    }

    private boolean lists(String keyword, String name, KernelVersion version) {
        return lines.anySatisfy(l -> l.keyword().equals(keyword) && l.word(0).equals(name)
                && version.atLeast(KernelVersion.parse(l.word(1))));
    }

    /** {@return the release from which something of this name passes, empty when nothing is said of it} */
    Optional<KernelVersion> allowedSince(String name) {
        return lines.detectOptional(l -> l.keyword().equals("allow") && l.word(0).equals(name)).map(l -> KernelVersion.parse(l.word(1)));
    }

    /** {@return what the kernel's log says, or what its system call returns} */
    String message(Breach breach, KernelVersion version) {
        String keyword = breach.variant().isEmpty() ? "message" : "message:" + breach.variant();
        Optional<Line> line = lines.select(l -> l.keyword().equals(keyword) && version.atLeast(KernelVersion.parse(l.word(0))))
                .maxByOptional(l -> KernelVersion.parse(l.word(0)));
        return line.map(l -> filled(l.rest().split(" ", 2)[1], breach.arguments())).orElseGet(() -> value("errno"));
    }

    private static String filled(String message, ImmutableList<String> arguments) {
        String text = message.replace("\\n", "\n");
        for (int i = 0; i < arguments.size(); i++) {
            text = text.replace("{" + i + "}", arguments.get(i));
        }
        return text;
    }

    /** {@return what the kernel says: each of its messages with the release that has it, or the error of its system call} */
    public ImmutableList<String> says() {
        String errno = value("errno");
        ImmutableList<String> first = errno.isEmpty() ? Lists.immutable.empty() : Lists.immutable.with(errno);
        return first.newWithAll(messages());
    }

    /** {@return the kernel's messages with {0}, {1} for what is filled in} */
    ImmutableList<String> templates() {
        return lines.select(l -> l.keyword().startsWith("message")).collect(l -> l.rest().split(" ", 2)[1].replace("\\n", "\n"));
    }

    private ImmutableList<String> messages() {
        return lines.select(l -> l.keyword().startsWith("message")).collect(l -> {
            String since = l.word(0).equals(FIRST.toString()) ? "" : "  (since " + l.word(0) + ")";
            return l.rest().split(" ", 2)[1].replace("\\n", " ") + since;
        });
    }
}
