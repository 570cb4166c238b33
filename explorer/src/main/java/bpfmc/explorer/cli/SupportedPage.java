package bpfmc.explorer.cli;

import bpfmc.model.call.Callee;
import bpfmc.model.call.Calls;
import bpfmc.model.call.MapSupport;
import bpfmc.model.call.Support;
import bpfmc.model.isa.Instruction;
import bpfmc.model.kernel.ContextLevel;
import bpfmc.model.kernel.ExecutionContexts;
import bpfmc.model.kernel.Helpers;
import bpfmc.model.kernel.Kfuncs;
import bpfmc.model.kernel.MapType;
import bpfmc.model.kernel.ProgramType;
import bpfmc.model.kernel.Section;
import bpfmc.model.thread.InstructionSupport;
import java.util.Locale;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** The page that says of everything a program can use how far runs follow it, made from the families and tables themselves. */
final class SupportedPage {
    private SupportedPage() {}

    private record Row(String name, Support support) {}

    private static ImmutableList<Row> helpers() {
        return Helpers.all().collect(h -> new Row("bpf_" + h.name(), Calls.support(new Callee.OfHelper(h))));
    }

    private static ImmutableList<Row> kfuncs() {
        return Kfuncs.names().collect(name -> new Row(name, Calls.support(name)));
    }

    private static ImmutableList<Row> maps() {
        return Lists.immutable.with(MapType.values()).reject(t -> t == MapType.UNSPEC).collect(t -> new Row(t.name(), MapSupport.of(t)));
    }

    private static ImmutableList<Row> instructions() {
        return Lists.immutable.with(Instruction.class.getPermittedSubclasses()).collect(c -> new Row(words(c.getSimpleName()),
                InstructionSupport.of(c.asSubclass(Instruction.class))));
    }

    private static String words(String className) {
        return className.replaceAll("([a-z])([A-Z0-9])", "$1 $2").toLowerCase(Locale.ROOT);
    }

    // ---- for people at a terminal

    /** {@return the functions that are followed, by family, and those that are not} */
    static String text() {
        var page = new StringBuilder("""
                Calls that are followed, by family. Of any other helper or kernel function the prototype is known: it reads the memory
                that it may read, leaves anything in the memory that it may write, and returns anything of its type. Those that touch maps
                or run code of the program in ways that are not modelled make a verdict INCONCLUSIVE where a run reaches them; they stand
                last. Everything that programs use, as a page: bpfmc explain supported --format markdown
                """);
        Calls.families().each(family -> {
            ImmutableList<String> followed = family.functions().toSortedList().reject(f -> not(f)).toImmutable();
            page.append(followed.isEmpty() ? "" : "\n" + family.name() + "\n" + followed.makeString("    ", "\n    ", "\n"));
        });
        page.append("\nnot modelled\n");
        helpers().newWithAll(kfuncs()).select(r -> r.support() instanceof Support.NotModelled)
                .each(r -> page.append("    ").append(r.name()).append("  ").append(how(r.support())).append("\n"));
        return page.toString();
    }

    private static boolean not(String function) {
        return Helpers.byName(function.replaceFirst("^bpf_", "")).map(h -> Calls.support(new Callee.OfHelper(h))).orElseGet(() -> Calls.support(function))
                instanceof Support.NotModelled;
    }

    // ---- as a page

    static String markdown() {
        return """
                # What is followed

                `./bpfmc explain supported --format markdown` writes this page. *Exact*: runs have every behaviour that a program can see, and no other, within the scope
                that a report states. *Approximated*: they have every behaviour, and others; so `HOLDS` stands, and a report names such calls. *Not modelled*: a run that
                gets there ends, and the verdict is `INCONCLUSIVE` unless something else is wrong.

                """ + table("Helpers", "helper", helpers())
                + "Helpers that no list names are unknown to Linux 7.3.\n\n"
                + table("Kernel functions", "function", kfuncs())
                + """
                Of kernel functions that are not listed, as those of modules, the object's BTF tells: arguments that are numbers, contexts or objects of the kernel are handed
                over, memory of a known size is left with any bytes. Maps, functions of the program, and memory of unknown size are not.

                """
                + table("Map types", "type", maps()) + programs() + table("Instructions", "instruction", instructions()).stripTrailing() + "\n";
    }

    private static String table(String title, String column, ImmutableList<Row> rows) {
        int exact = rows.count(r -> r.support() instanceof Support.Exact);
        int not = rows.count(r -> r.support() instanceof Support.NotModelled);
        return "## " + title + "\n\n" + rows.size() + ": " + exact + " exact, " + (rows.size() - exact - not) + " approximated, " + not + " not modelled.\n\n| " + column
                + " | | |\n|---|---|---|\n" + rows.collect(r -> "| `" + r.name() + "` | " + kind(r.support()) + " | " + how(r.support()) + " |\n").makeString("") + "\n";
    }

    private static String kind(Support support) {
        return switch (support) {
            case Support.Exact e -> "exact";
            case Support.Approximated a -> "approximated";
            case Support.NotModelled n -> "not modelled";
        };
    }

    private static String how(Support support) {
        return switch (support) {
            case Support.Exact e -> "";
            case Support.Approximated a -> a.how();
            case Support.NotModelled n -> n.why();
        };
    }

    private static String programs() {
        return "## Program types\n\nPrograms of every type are run, at the levels where the kernel runs them; a section may say more (`--context` says otherwise).\n\n"
                + "| type | runs in |\n|---|---|\n" + Lists.immutable.with(ProgramType.values()).reject(t -> t == ProgramType.UNSPEC)
                .collect(t -> "| `" + t.name() + "` | " + ExecutionContexts.of(new Section("", t, "", "", false, true)).levels().collect(ContextLevel::word)
                        .makeString(", ") + " |\n").makeString("") + "\n";
    }
}
