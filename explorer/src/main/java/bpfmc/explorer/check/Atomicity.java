package bpfmc.explorer.check;

import bpfmc.explorer.check.witness.Trace;
import bpfmc.explorer.property.PropertyPages;
import bpfmc.explorer.scenario.Scenario;
import bpfmc.explorer.search.End;
import bpfmc.explorer.search.LimitReached;
import bpfmc.explorer.search.Limits;
import bpfmc.explorer.search.Outcome;
import bpfmc.explorer.search.PathResult;
import bpfmc.explorer.search.Progress;
import bpfmc.explorer.search.Search;
import bpfmc.explorer.search.ShortestPath;
import bpfmc.explorer.space.Path;
import bpfmc.explorer.space.SerialSystem;
import bpfmc.explorer.space.TransitionSystem;
import bpfmc.explorer.system.BpfSystem;
import bpfmc.explorer.system.NoAllocationFailure;
import bpfmc.explorer.system.Run;
import bpfmc.explorer.system.Systems;
import bpfmc.explorer.system.exact.FinalContents;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Level;
import bpfmc.explorer.verdict.Place;
import bpfmc.explorer.verdict.Place.Act;
import bpfmc.explorer.verdict.SourceNames;
import bpfmc.explorer.verdict.Subject;
import bpfmc.explorer.verdict.Verdict.Fault;
import bpfmc.explorer.verdict.Verdict.Reason;
import bpfmc.model.step.VisibleOperation;
import bpfmc.model.value.Symbol;
import bpfmc.model.value.bits.Decision;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;

/**
 * Every way in which the runs can end is a way in which they could have ended one after the other: the same final contents
 * of the maps, as functions of the inputs, under the same conditions on the inputs.
 *
 * <p>The scenario is explored without forgetting any condition, once interleaved and once serially. Where an interleaved
 * end has no serial twin, inputs that lead there are looked for; with these inputs the serial orders are computed, and if
 * none of them gives the same contents, the finding is confirmed. Without such inputs nothing is claimed either way.
 *
 * <p>Only runs in which no insertion fails for lack of room are compared: whether a map is full is nobody's choice here, and
 * a serial order in which one run's insertion failed would excuse every insertion that is lost.
 */
public final class Atomicity implements RunSetProperty {
    @Override
    public String name() {
        return "atomicity";
    }

    @Override
    public String title() {
        return "The maps end with contents that no one-after-the-other order of the runs gives";
    }

    @Override
    public ImmutableList<Level> levels() {
        return Lists.immutable.with(Level.ERROR);
    }

    @Override
    public int order() {
        return 4;
    }

    @Override
    public String cause() {
        return name();
    }

    @Override
    public ImmutableSet<TraceNote> notes() {
        return Sets.immutable.empty();
    }

    @Override
    public String sentence(Shown shown, SourceNames names) {
        return "The map ends with contents that no one-after-the-other order of the runs can produce.";
    }

    @Override
    public String fix(Shown shown, SourceNames names) {
        return "do the check and what depends on it in one critical section";
    }

    @Override
    public String page() {
        return PropertyPages.text(name());
    }

    @Override
    public ImmutableList<String> assumptions() {
        return Lists.immutable.with("for atomicity: no insertion fails for lack of room");
    }

    @Override
    public Faults judge(Scenario scenario, Limits limits) {
        return Systems.unforgetting(scenario, system -> judge(system, limits));
    }

    private Faults judge(BpfSystem system, Limits limits) {
        var ends = explore(system, new NoAllocationFailure(system, system), limits);
        var serial = explore(system, new NoAllocationFailure(system, new SerialSystem(system, system.actors(), system::underwayAlone)), limits);
        ImmutableSet<FinalContents> serialEnds = serial.findings().toSet().toImmutable();
        MutableList<Reason> reasons = Lists.mutable.empty();
        for (End end : Lists.mutable.with(ends.end(), serial.end())) {
            if (end instanceof LimitReached l) {
                reasons.add(Limited.by(l, system));
            }
        }
        if (reasons.notEmpty()) {
            return new Faults(Lists.immutable.empty(), reasons.toImmutable());
        }
        MutableList<Fault> faults = Lists.mutable.empty();
        boolean unclear = false;
        for (FinalContents end : ends.findings()) {
            if (serialEnds.contains(end) || faults.notEmpty()) {
                continue;
            }
            if (end.decide(system.scenario()) instanceof Decision.Contradiction) {
                continue;
            }
            Optional<Map<Symbol, Long>> inputs = end.inputsOutside(system.scenario(), serialEnds.select(s -> s.contents().equals(end.contents())));
            if (inputs.isPresent() && serialEnds.noneSatisfy(s -> s.agrees(end, inputs.get()))) {
                faults.add(fault(system, end, inputs.get(), limits));
            } else {
                unclear = true;
            }
        }
        if (faults.isEmpty() && unclear) {
            reasons.add(new Reason.Limit("some ends of the interleaved runs could be matched with no serial order, but not refuted either",
                    "state the condition that matters as an assertion of your own", Reason.Strain.NOTHING));
        }
        return new Faults(faults.toImmutable(), reasons.toImmutable());
    }

    private static Outcome<FinalContents> explore(BpfSystem system, TransitionSystem order, Limits limits) {
        return Search.explore(order, (state, terminal, sink) -> {
            if (terminal && !system.contradicted(state)) {
                sink.accept(FinalContents.of(system, state));
            }
        }, limits, Progress.NONE);
    }

    private Fault fault(BpfSystem system, FinalContents end, Map<Symbol, Long> inputs, Limits limits) {
        PathResult result = ShortestPath.find(new NoAllocationFailure(system, system),
                (state, terminal) -> terminal && FinalContents.of(system, state).equals(end), limits);
        if (result instanceof PathResult.Found found) {
            var finding = new Finding(this, Level.ERROR, Subject.NOTHING, lastWrites(system, found.path()));
            return new Fault(finding, new Trace(system, found.path(), finding, inputs, Optional.empty()).counterexample());
        }
        var places = system.scenario().agents().collect(a -> new Place(a.program().name(), a.program().name(), 0, Act.END)).distinct();
        return new Fault(new Finding(this, Level.ERROR, Subject.NOTHING, places),
                Trace.missing("the search for the shortest counterexample reached a limit"));
    }

    /** {@return the last write of each agent: together they made the contents that no order explains} */
    private static ImmutableList<Place> lastWrites(BpfSystem system, Path path) {
        Map<Integer, Place> last = new TreeMap<>();
        for (int i = 0; i < path.steps().size(); i++) {
            int agent = path.steps().get(i).actor();
            if (!system.isAgent(agent)) {
                continue;
            }
            Run run = system.run(agent, path.before(i)[agent]);
            int at = run.state().pc();
            boolean writes = switch (run.state().operation()) {
                case VisibleOperation.Access a -> a.writes();
                case VisibleOperation.Update u -> true;
                case VisibleOperation.Delete d -> true;
                case VisibleOperation.UnlockBucket u -> u.unlinks();
                case VisibleOperation.Acquire o -> false;
                case VisibleOperation.Release o -> false;
                case VisibleOperation.Lookup o -> false;
                case VisibleOperation.LookupOnCpu o -> false;
                case VisibleOperation.Walk o -> false;
                case VisibleOperation.LockBucket o -> false;
                case VisibleOperation.BeginTimer o -> false;
                case VisibleOperation.EndTimer o -> false;
                case VisibleOperation.TimerOperation o -> false;
                case VisibleOperation.ElementOnCpu o -> false;
                case VisibleOperation.CpuCount o -> false;
                case VisibleOperation.ReadClock o -> false;
                case VisibleOperation.UseWrapped o -> false;
                case VisibleOperation.Fence o -> false;
                case VisibleOperation.CpuNumber o -> false;
                case VisibleOperation.Toggle o -> false;
                case VisibleOperation.Start o -> false;
                case VisibleOperation.End o -> false;
                case VisibleOperation.Unsupported o -> false;
            };
            if (writes) {
                last.put(agent, new Place(run.program().name(), run.program().functionAt(at).name(), at, Act.UPDATE));
            }
        }
        return Lists.immutable.withAll(last.values()).distinct();
    }
}
