package bpfmc.explorer.cli;

import bpfmc.explorer.locks.LockCheck;
import bpfmc.explorer.locks.LockScenario;
import bpfmc.explorer.search.Limits;
import bpfmc.model.lock.Defect;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks the lock implementations themselves. */
@Command(name = "locks", mixinStandardHelpOptions = true,
        description = "Checks lock implementations step by step: mutual exclusion, no deadlock, every waiter released, first come first served, nothing left behind.",
        footer = {"", "Example: bpfmc locks queued --cpus 4", "         bpfmc locks --defect lost-tail"})
final class LocksCommand implements Callable<Integer> {
    private static final ImmutableList<String> ALL = Lists.immutable.with("trivial", "ticket", "queued", "resilient", "resilient-tas");

    @Parameters(paramLabel = "LOCK", arity = "0..*", description = "trivial, ticket, queued, resilient or resilient-tas (default: all).")
    private List<String> locks = List.of();

    @Option(names = "--cpus", paramLabel = "N", defaultValue = "3", description = "CPUs, 2 to 64 (default: ${DEFAULT-VALUE}).")
    private int cpus;

    @Option(names = "--sections", paramLabel = "K", defaultValue = "2", description = "Critical sections of each CPU (default: ${DEFAULT-VALUE}).")
    private int sections;

    @Option(names = "--defect", paramLabel = "NAME",
            description = "Break the lock deliberately: no-exchange, plain-increment, lost-tail, early-hand-over, node-ignores-level,"
                    + " no-detection, kept-entry, kept-tail, silent-head, awaited-successor.")
    private String defectName = "none";

    @Option(names = "--timeout", paramLabel = "TIME", defaultValue = "600", converter = Units.Seconds.class,
            description = "For each line of the table (default: ${DEFAULT-VALUE}).")
    private long timeout;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        Defect defect = defect();
        ImmutableList<String> chosen = chosen(defect);
        if (cpus < 2 || cpus > 64 || sections < 1 || sections > 100 || timeout < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--cpus is 2 to 64, --sections 1 to 100, --timeout at least 1");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("lock          scenario                                                                verdict         states     time");
        MutableList<LockCheck.Result> results = Lists.mutable.empty();
        for (String lock : chosen) {
            for (LockScenario scenario : scenarios(lock)) {
                LockCheck.Result result = LockCheck.of(scenario, lock, defect, Limits.NONE.withTimeout(Duration.ofSeconds(timeout)));
                results.add(result);
                print(out, lock, result);
                out.flush();
            }
        }
        if (defect != Defect.NONE) {
            out.println("  with    --defect " + defect.option() + ": " + defect.words());
        }
        return results.anySatisfy(r -> r.fault().isPresent()) ? ExitCodes.VIOLATED
                : results.allSatisfy(LockCheck.Result::holds) ? ExitCodes.HOLDS : ExitCodes.INCONCLUSIVE;
    }

    private Defect defect() {
        for (Defect d : Defect.values()) {
            if (d.option().equals(defectName)) {
                return d;
            }
        }
        throw new CommandLine.ParameterException(spec.commandLine(), "--defect: there is no defect '" + defectName + "'; there are "
                + Lists.immutable.of(Defect.values()).collect(Defect::option).makeString(", "));
    }

    private ImmutableList<String> chosen(Defect defect) {
        for (String lock : locks) {
            if (!ALL.contains(lock)) {
                throw new CommandLine.ParameterException(spec.commandLine(), "there is no lock '" + lock + "'; there are " + ALL.makeString(", "));
            }
        }
        ImmutableList<String> chosen = locks.isEmpty() ? defect == Defect.NONE ? ALL : Lists.immutable.withAll(defect.locks()) : Lists.immutable.withAll(locks);
        if (defect != Defect.NONE && !defect.locks().containsAll(chosen.castToList())) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--defect " + defect.option() + " is one of the lock "
                    + String.join(" and ", defect.locks()));
        }
        return chosen;
    }

    /** What every lock must stand, and for the one that finds deadlocks also those it finds. */
    private ImmutableList<LockScenario> scenarios(String lock) {
        ImmutableList<LockScenario> all = Lists.immutable.with(LockScenario.parallel(cpus, sections), LockScenario.irqsave(Math.min(cpus, 3)),
                LockScenario.nested(Math.min(cpus, 3)));
        return switch (lock) {
            case "queued" -> all.newWith(LockScenario.queuedTwice());
            case "resilient", "resilient-tas" -> resilient(all);
            default -> all;
        };
    }

    private static ImmutableList<LockScenario> resilient(ImmutableList<LockScenario> all) {
        ImmutableList<LockScenario> deadlocks = Lists.immutable.with(LockScenario.plain(2), LockScenario.ring(2), LockScenario.crowdedRing());
        return deadlocks.newWithAll(all.newWithAll(deadlocks).newWith(LockScenario.ring(3))
                .newWith(LockScenario.behindHeads()).collect(LockScenario::withTimeouts));
    }

    private static void print(PrintWriter out, String lock, LockCheck.Result result) {
        String verdict = result.fault().isPresent() ? "VIOLATED" : result.limit().isPresent() ? "INCONCLUSIVE" : "HOLDS";
        out.printf(Locale.ROOT, "%-13s %-70s  %-12s %8d  %5.2f s%n", lock, result.scenario().name(), verdict, result.states(), result.nanos() / 1e9);
        result.limit().ifPresent(l -> out.println("  LIMIT  " + l + ": fewer CPUs or sections, or a longer --timeout"));
        result.fault().ifPresent(fault -> {
            out.printf("%n  %s: %s%n%n", fault.words(), fault.sentence());
            int[] number = {0};
            result.trace().each(s -> out.printf(Locale.ROOT, "  %3s  CPU%d%s  lock %d  %-58s word %08x%n",
                    s.text().startsWith("stands") ? "" : String.valueOf(++number[0]), s.cpu(), s.level() == 0 ? "      " : " above", s.lock(), s.text(), s.word()));
            out.println();
        });
    }
}
