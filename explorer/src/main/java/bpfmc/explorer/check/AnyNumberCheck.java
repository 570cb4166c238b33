package bpfmc.explorer.check;

import bpfmc.explorer.parameterized.AnyNumber;
import bpfmc.explorer.parameterized.Proof;
import bpfmc.explorer.scenario.ScenarioSpace;
import bpfmc.explorer.verdict.ExplorationFigures;
import bpfmc.explorer.verdict.Place;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Verdict;
import bpfmc.explorer.verdict.Verdict.Reason;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/**
 * The verdict for any number of CPUs and runs. What stands in the way of the proof is no fault by itself: it may come
 * about in the abstraction only. So it is searched for on few CPUs and with few
 * runs, and told as a violation where it is found there.
 *
 * @param proof what could be shown @param nanos how long that took
 */
record AnyNumberCheck(CheckRequest asked, ScenarioSpace space, Proof proof, long nanos) {
    private static final String NAME = "any number of CPUs";

    /** More reasons than this are not told one by one. */
    private static final int MOST_REASONS = 12;

    /** A small number of CPUs, and of runs on each. */
    private record Few(int cpus, int runs) {
        String told() {
            return cpus + " CPUs with " + runs + (runs == 1 ? " run" : " runs") + " each";
        }
    }

    private static final ImmutableList<Few> TRIED = Lists.immutable.with(new Few(2, 1), new Few(3, 1), new Few(2, 2));

    static AnyNumberCheck of(CheckRequest asked, ScenarioSpace space, LongSupplier clock, BooleanSupplier timeIsUp) {
        long begun = clock.getAsLong();
        ImmutableList<String> outside = outside(asked);
        Proof proof = outside.notEmpty() ? Proof.outside(outside) : AnyNumber.of(space, asked.interrupts().where() != InterruptChoice.Where.none, timeIsUp);
        return new AnyNumberCheck(asked, space, proof, clock.getAsLong() - begun);
    }

    /** {@return what is asked that only searches of some CPUs and runs can tell} */
    private static ImmutableList<String> outside(CheckRequest asked) {
        MutableList<String> outside = Lists.mutable.empty();
        if (asked.onRequest().notEmpty()) {
            outside.add(asked.onRequest().collect(RunSetProperty::name).makeString(", ") + " is judged of some number of runs only");
        }
        if (asked.stated().conditions().notEmpty()) {
            outside.add("conditions are judged of some number of runs only");
        }
        if (asked.exploring().outcomes()) {
            outside.add("final contents (--outcomes) are listed for some number of runs only");
        }
        if (asked.rules().waived().notEmpty()) {
            outside.add("programs that the kernel refuses (--waive) are followed on some number of CPUs only");
        }
        return outside.toImmutable();
    }

    /** {@return the proof as the result of one scenario} */
    ScenarioResult result() {
        ImmutableList<ScenarioResult.Agent> agents = space.programs().collect(p -> new ScenarioResult.Agent(p.name(), 0, space.contexts().of(p).level().word()));
        return new ScenarioResult(NAME, agents, proof.complete() ? new Verdict.Holds() : new Verdict.Inconclusive(reasons()),
                new ExplorationFigures(proof.views(), 0, 0, 0, nanos, 0));
    }

    private ImmutableList<Reason> reasons() {
        ImmutableList<Reason> all = proof.open().<Reason>collect(o -> new Reason.NotShown(o.item(), o.why() + places(o), "")).distinct();
        return all.size() <= MOST_REASONS ? all : all.take(MOST_REASONS).newWith(new Reason.NotShown("and", (all.size() - MOST_REASONS) + " more", ""));
    }

    private static String places(Proof.Open open) {
        return open.findings().collect(f -> " may be, at " + f.places().collect(AnyNumberCheck::place).makeString(" and ")).makeString("");
    }

    private static String place(Place place) {
        return place.program() + ":" + place.slot() + " (" + place.act().word() + ")";
    }

    /** {@return what the scope says of the proof} */
    ImmutableList<String> settings() {
        ImmutableList<String> interrupts = asked.interrupts().where() == InterruptChoice.Where.none ? Lists.immutable.with("no interrupts (--interrupts none)")
                : Lists.immutable.with(proof.nesting() ? "interrupts wherever program types let them come, on every CPU, one on top of another" : "no interrupts: none of these programs can come on top of another");
        ImmutableList<String> order = proof.order().isEmpty() ? Lists.immutable.empty() : Lists.immutable.with("locks are taken in an order: " + proof.order().makeString("; "));
        return interrupts.newWithAll(asked.interrupts().settings(space, 0, 0).drop(1)).newWithAll(order);
    }

    /**
     * {@return the verdict: what the proof shows; else a fault that few CPUs and runs show; else that nothing is known}
     *
     * @param shown what the proof shows @param bounded checks some number of CPUs and runs
     */
    Checked completed(Checked shown, Function<CheckRequest, Checked> bounded) {
        if (proof.complete()) {
            return shown;
        }
        MutableList<String> tried = Lists.mutable.empty();
        MutableList<ScenarioResult> first = Lists.mutable.empty();
        for (Few few : proof.open().allSatisfy(o -> o.findings().isEmpty()) ? TRIED.take(1) : TRIED) {
            Checked checked = bounded.apply(asked.on(few.cpus(), few.runs()));
            if (checked.results().anySatisfy(r -> r.verdict() instanceof Verdict.Violated)) {
                return new Checked(checked.object(), checked.results(), checked.rules(),
                        checked.scope().with(Lists.immutable.with("found by searching for what stands in the way of a proof for any number of CPUs")));
            }
            boolean finished = checked.results().allSatisfy(r -> r.verdict() instanceof Verdict.Holds);
            tried.add(few.told() + (finished ? "" : ", not to the end"));
            first.addAllIterable(first.isEmpty() ? checked.results() : Lists.immutable.empty());
        }
        return new Checked(shown.object(), shown.results().newWithAll(first), shown.rules(),
                shown.scope().with(Lists.immutable.with("nothing found on " + tried.makeString("; ") + ": say --cpus N for what is shown of N CPUs")));
    }
}
