package bpfmc.explorer.property;

import bpfmc.explorer.verdict.Counterexample.Step;
import bpfmc.explorer.verdict.Explanation.Shown;
import bpfmc.explorer.verdict.Increment;
import bpfmc.explorer.verdict.SourceNames;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.program.ValueLayout;
import bpfmc.model.rules.LockLegality;
import org.eclipse.collections.api.list.ImmutableList;
import java.util.Optional;
import org.eclipse.collections.impl.factory.Lists;

/** What several properties have to say of a fault. */
final class Mending {
    private Mending() {}

    /** {@return whether the steps that are about to be taken are all on one CPU} */
    static boolean onOneCpu(Shown shown) {
        return shown.steps().select(Step::pending).collect(Step::cpu).distinct().size() == 1;
    }

    /** {@return whether some agent that is about to step has come on top of another one} */
    static boolean interrupted(Shown shown) {
        return shown.steps().anySatisfy(s -> s.pending() && s.depth() > 0);
    }

    /** {@return what would order accesses that nothing orders} */
    static String ordered(Shown shown, SourceNames names) {
        MapDefinition map = names.map(shown.subject());
        ImmutableList<BpfProgram> programs = shown.places().collect(p -> names.program(p.program())).distinct();
        boolean hasLock = map.value().special().anySatisfy(s -> s.kind() == SpecialKind.SPIN_LOCK);
        boolean lockLegal = programs.allSatisfy(p -> LockLegality.spinLockAllowed(p.section()))
                && LockLegality.lockAllowedIn(map.type());
        int size = shown.subject().size();
        Optional<Increment> increment = increment(shown, names);
        String atomic = size == 4 || size == 8 ? increment.map(Increment::atomically).orElse("an atomic operation (__sync_fetch_and_add and its kin)") : "";
        String lock = !lockLegal ? "" : hasLock ? increment.flatMap(i -> lock(map).map(i::under))
                .orElse("do it all between bpf_spin_lock and bpf_spin_unlock of the value's own lock")
                : "a bpf_spin_lock " + (map.data().isPresent() ? "in the same data section" : "in " + described(map));
        boolean userSpace = programs.anySatisfy(p -> !p.origin().written());
        String perCpu = map.data().isPresent() || map.type().perCpu() || userSpace ? "" : "a per-CPU map";
        return Lists.mutable.with(hasLock && lockLegal ? lock : atomic, hasLock && lockLegal ? atomic : lock, perCpu)
                .reject(String::isEmpty).makeString(", or ");
    }

    /** {@return the statement that all places belong to, if it adds to the field} */
    private static Optional<Increment> increment(Shown shown, SourceNames names) {
        ImmutableList<Optional<Increment>> all = shown.places().collect(p -> Increment.at(names, p, shown.subject())).distinct();
        return all.size() == 1 ? all.getFirst() : Optional.empty();
    }

    /** {@return the name of the value's own spin lock} */
    private static Optional<String> lock(MapDefinition map) {
        return map.value().special().detectOptional(f -> f.kind() == SpecialKind.SPIN_LOCK)
                .flatMap(f -> map.value().fieldAt(f.offset(), f.size())).map(ValueLayout.Field::name);
    }

    private static String described(MapDefinition map) {
        return map.value().typeName().startsWith("struct ") ? map.value().typeName() : "the value of " + map.name();
    }
}
