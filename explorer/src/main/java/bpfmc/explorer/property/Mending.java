package bpfmc.explorer.property;

import bpfmc.explorer.verdict.Counterexample.Step;
import bpfmc.explorer.verdict.Explanation.Shown;
import bpfmc.explorer.verdict.SourceNames;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.rules.LockLegality;
import org.eclipse.collections.api.list.ImmutableList;
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
        String atomic = size == 4 || size == 8 ? "an atomic operation (__sync_fetch_and_add and its kin)" : "";
        String lock = !lockLegal ? "" : hasLock ? "do it all between bpf_spin_lock and bpf_spin_unlock of the value's own lock"
                : "a bpf_spin_lock " + (map.data().isPresent() ? "in the same data section" : "in " + described(map));
        String perCpu = map.data().isPresent() || map.type().perCpu() ? "" : "a per-CPU map";
        return Lists.mutable.with(hasLock && lockLegal ? lock : atomic, hasLock && lockLegal ? atomic : lock, perCpu)
                .reject(String::isEmpty).makeString(", or ");
    }

    private static String described(MapDefinition map) {
        return map.value().typeName().isEmpty() ? "the value of " + map.name() : map.value().typeName();
    }
}
