package bpfmc.explorer.report;

import bpfmc.explorer.verdict.Counterexample.Step;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Place;
import bpfmc.explorer.verdict.Verdict.Fault;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.rules.LockLegality;
import org.eclipse.collections.api.list.ImmutableList;

/** What went wrong in one sentence, and what would make it go away: only what is legal for these programs and this map. */
final class Advice {
    private final Naming naming;

    Advice(Naming naming) {
        this.naming = naming;
    }

    /** {@return what the fault means} */
    String sentence(Fault fault) {
        Finding f = fault.finding();
        String field = naming.place(f.subject());
        return switch (f.property()) {
            case "lost-update" -> f.subject().size() == 0
                    ? "The lookup found nothing, then somebody else inserted the key; this update overwrites what was inserted."
                    : "The value stored was computed from an older load of " + field + ": what was stored in between is lost.";
            case "data-race" -> onOneCpu(fault) ? "A run is interrupted about to touch " + field + ", and the run on top touches it too,"
                    + " at least one writing: nothing keeps the interrupt away."
                    : "Two CPUs touch " + field + " at the same time, at least one writing, and no common lock orders them.";
            case "deadlock" -> cancels(f) ? "Nobody can go on: bpf_timer_cancel waits for a callback that never returns."
                    : "Nobody can go on: each waits for a lock that is never released.";
            case "lock-discipline" -> "A lock is taken twice, released without being owned, or still owned at the end of the program.";
            case "interrupt-state" -> "The program ends with interrupts or preemption switched off, or on, other than it found them.";
            case "mutual-exclusion" -> "Two CPUs own the same lock at the same time.";
            case "stale-element" -> f.level() == bpfmc.explorer.verdict.Level.ERROR
                    ? "The element was deleted or replaced after this program looked it up: the write goes to memory that is no longer the key's value."
                    : "The element was deleted and reused for another key after this program looked it up: the read sees another key's value.";
            case "clock-order" -> "The time it subtracts was read later, by the other run: the unsigned difference has wrapped to centuries.";
            case "atomicity" -> "The map ends with contents that no one-after-the-other order of the runs can produce.";
            default -> "The scenario says that this never happens.";
        };
    }

    private static boolean cancels(Finding f) {
        return f.places().anySatisfy(p -> p.act() == Place.Act.CANCEL);
    }

    /** {@return whether the steps that are about to be taken are all on one CPU} */
    private static boolean onOneCpu(Fault fault) {
        return fault.counterexample().steps().select(Step::pending).collect(Step::cpu).distinct().size() == 1;
    }

    /** {@return whether some agent that is about to step has come on top of another one} */
    private static boolean suspended(Fault fault) {
        return fault.counterexample().steps().anySatisfy(s -> s.pending() && s.depth() > 0);
    }

    /** {@return what to do} */
    String fix(Fault fault) {
        Finding f = fault.finding();
        return switch (f.property()) {
            case "lost-update" -> f.subject().size() == 0 ? "insert with BPF_NOEXIST, and on -EEXIST look the key up again"
                    : unordered(f);
            case "data-race" -> unordered(f);
            case "deadlock" -> suspended(fault) ? "take this lock in no program that can interrupt its owner; if one of them never runs at the"
                    + " level told here, say so: --context PROGRAM=LEVEL" : "take locks in one order everywhere, and never one that is already held";
            case "lock-discipline" -> "unlock on every path, once";
            case "interrupt-state" -> "restore what was switched off on every path, in the reverse order";
            case "mutual-exclusion" -> "let only the owner unlock";
            case "stale-element" -> "change the value in place (under a lock or atomically) instead of replacing or deleting its element, "
                    + "or update with BPF_F_LOCK";
            case "clock-order" -> "compare before subtracting (now > last ? now - last : 0), or clamp the signed difference at zero; the clock cannot"
                    + " be read under a bpf_spin_lock";
            case "atomicity" -> "do the check and what depends on it in one critical section";
            default -> "mend what the programs do, or the scenario if it asks too much";
        };
    }

    private String unordered(Finding f) {
        MapDefinition map = naming.map(f.subject());
        ImmutableList<BpfProgram> programs = f.places().collect(p -> naming.program(p.program())).distinct();
        boolean hasLock = map.value().special().anySatisfy(s -> s.kind() == SpecialKind.SPIN_LOCK);
        boolean lockLegal = programs.allSatisfy(p -> LockLegality.spinLockAllowed(p.section()))
                && LockLegality.lockAllowedIn(map.type());
        String atomic = f.subject().size() == 4 || f.subject().size() == 8 ? "an atomic operation (__sync_fetch_and_add and its kin)" : "";
        String lock = !lockLegal ? "" : hasLock ? "do it all between bpf_spin_lock and bpf_spin_unlock of the value's own lock"
                : "a bpf_spin_lock " + (map.data().isPresent() ? "in the same data section" : "in " + describe(map));
        String perCpu = map.data().isPresent() || map.type().perCpu() ? "" : "a per-CPU map";
        return org.eclipse.collections.impl.factory.Lists.mutable.with(hasLock && lockLegal ? lock : atomic, hasLock && lockLegal ? atomic : lock, perCpu)
                .reject(String::isEmpty).makeString(", or ");
    }

    private static String describe(MapDefinition map) {
        return map.value().typeName().isEmpty() ? "the value of " + map.name() : map.value().typeName();
    }
}
