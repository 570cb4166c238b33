package bpfmc.explorer.report.format;

import bpfmc.explorer.livekernel.Compared;
import bpfmc.explorer.livekernel.Compared.Outcome;
import bpfmc.explorer.livekernel.KernelRelease;
import bpfmc.explorer.livekernel.KernelVerdict;
import bpfmc.model.rules.Finding;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** The rules beside the running kernel: a row a program, what is to be said of rows, and the sum. */
public final class KernelTable {
    private final KernelRelease kernel;
    private final Columns columns = new Columns("OBJECT", "PROGRAM", "RULES", "KERNEL", "COMPARED");
    private final MutableList<Compared> all = Lists.mutable.empty();
    private final StringBuilder notes = new StringBuilder();

    /** A table without rows. @param kernel that is asked */
    public KernelTable(KernelRelease kernel) {
        this.kernel = kernel;
    }

    /** Adds the rows of an object. */
    public void add(String object, ImmutableList<Compared> programs) {
        all.addAllIterable(programs);
        programs.each(c -> columns.add(object, c.kernel().program(), rules(c), c.kernel().stage().toString(), c.outcome().toString()));
        programs.flatCollect(c -> c.kernel().untyped()).distinct().each(said -> notes.append(object).append(": without types: ").append(said).append('\n'));
        programs.reject(c -> c.outcome() == Outcome.AGREE).each(c -> notes.append(note(object, c)));
    }

    private static String rules(Compared c) {
        return c.rules().isEmpty() ? c.judged() ? "accept" : "not judged" : c.rules().getFirst().rule();
    }

    private static String note(String object, Compared c) {
        KernelVerdict verdict = c.kernel();
        String says = verdict.accepted() ? "the kernel loads it" : verdict.stage() + ": " + verdict.words().replace("\n", " / ");
        String ours = c.rules().isEmpty() ? "" : "; the rules: " + c.rules().getFirst().rule() + ", " + c.rules().getFirst().message().replace("\n", " / ");
        return object + ": " + verdict.program() + ": " + c.outcome() + ": " + says + ours + "\n";
    }

    /** {@return the table, the notes and the sum} */
    public String render() {
        return columns.render("") + (notes.isEmpty() ? "" : "\n" + notes) + "\n" + sum() + "\n";
    }

    private String sum() {
        return kernel + " and the lock rules of Linux " + kernel.version() + ", " + all.size() + (all.size() == 1 ? " program: " : " programs: ")
                + Lists.immutable.with(Outcome.values()).collect(o -> all.count(c -> c.outcome() == o) + " " + o).makeString(", ");
    }

    /** {@return the rows of an object as JSON with stable names} */
    public static Map<String, Object> json(String object, KernelRelease kernel, ImmutableList<Compared> programs) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("object", object);
        map.put("kernel", kernel.text());
        map.put("rules", kernel.version().toString());
        map.put("programs", programs.collect(KernelTable::json).castToList());
        return map;
    }

    private static Map<String, Object> json(Compared c) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("program", c.kernel().program());
        map.put("rules", c.rules().collect(Finding::rule).distinct().castToList());
        map.put("judged", c.judged());
        map.put("kernel", switch (c.kernel().stage()) {
            case ACCEPTED -> "accepted";
            case LIBRARY -> "library";
            case MAP -> "map";
            case PROGRAM -> "program";
        });
        map.put("words", c.kernel().words());
        map.put("untyped", c.kernel().untyped().castToList());
        map.put("compared", switch (c.outcome()) {
            case AGREE -> "agree";
            case OTHER_REASON -> "other-reason";
            case NOT_JUDGED -> "not-judged";
            case DISAGREE -> "disagree";
        });
        return map;
    }
}
