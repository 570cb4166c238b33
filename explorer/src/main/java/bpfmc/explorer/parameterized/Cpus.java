package bpfmc.explorer.parameterized;

import bpfmc.model.Numbering;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.primitive.ImmutableIntList;
import org.eclipse.collections.api.list.primitive.MutableIntList;
import org.eclipse.collections.api.set.ImmutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;
import org.eclipse.collections.impl.factory.primitive.IntLists;

/**
 * What a CPU does: a stack of runs, of which the top one steps; a program of a higher level may start on top, and on an
 * idle CPU any.
 */
final class Cpus {
    /** The CPU on which nothing runs. */
    static final int IDLE = 0;

    private final Programs programs;
    private final Runs runs;
    private final Numbering<Shared> shared = new Numbering<>();
    private final Numbering<ImmutableIntList> stacks = Numbering.from(IntLists.immutable.empty());
    private final Map<Long, ImmutableList<CpuStep>> steps = new HashMap<>();
    private final Map<Integer, ImmutableSet<Claim>> claims = new HashMap<>();

    /**
     * A step of a CPU. @param shared part afterwards @param cpu afterwards @param unwatched as {@link Way#unwatched}
     * @param claims of the run that steps
     */
    record CpuStep(int shared, int cpu, ImmutableList<Notice> notices, int unwatched, ImmutableSet<Claim> claims) {}

    Cpus(Programs programs, Runs runs) {
        this.programs = programs;
        this.runs = runs;
    }

    int number(Shared part) {
        return shared.number(part);
    }

    Shared shared(int number) {
        return shared.value(number);
    }

    /** @param stack of frames, from the bottom to the top */
    int number(ImmutableIntList stack) {
        return stacks.number(stack);
    }

    ImmutableIntList stack(int number) {
        return stacks.value(number);
    }

    /**
     * {@return whether another CPU keeps a step from being taken: a run of this CPU has the address of an element, or
     * is what the step claims}
     */
    boolean hinders(int cpu, CpuStep step) {
        return step.unwatched() >= 0 && stack(cpu).anySatisfy(f -> runs.watches(f, step.unwatched())) || step.claims().notEmpty() && claims(cpu).anySatisfy(step.claims()::contains);
    }

    /** {@return whether two CPUs may do this at one time} */
    boolean together(int a, int b) {
        return claims(a).isEmpty() || claims(b).noneSatisfy(claims(a)::contains);
    }

    private ImmutableSet<Claim> claims(int cpu) {
        return claims.computeIfAbsent(cpu, c -> stack(c).isEmpty() ? Sets.immutable.empty()
                : stack(c).collect(runs::claims).injectInto(Sets.mutable.<Claim>empty(), (all, some) -> all.withAll(some)).toImmutable());
    }

    /** {@return the CPU once its runs have been told of a step of another CPU} */
    int told(int cpu, ImmutableList<Notice> notices) {
        return notices.isEmpty() || cpu == IDLE ? cpu : number(stack(cpu).collectInt(f -> runs.told(f, notices, false, false), IntLists.mutable.empty()).toImmutable());
    }

    ImmutableList<CpuStep> steps(int s, int cpu) {
        return steps.computeIfAbsent((long) cpu << Integer.SIZE | s, k -> computed(s, stack(cpu)));
    }

    private ImmutableList<CpuStep> computed(int s, ImmutableIntList stack) {
        Set<CpuStep> all = new LinkedHashSet<>();
        for (int p = 0; p < programs.all().size(); p++) {
            Placed above = programs.all().get(p);
            if (stack.allSatisfy(f -> programs.admits(runs.placed(f), runs.state(f), above))) {
                runs.start(p).frames().forEach(f -> all.add(new CpuStep(s, pushed(stack, f), Lists.immutable.empty(), -1, Sets.immutable.empty())));
            }
        }
        if (stack.notEmpty()) {
            all.addAll(topSteps(s, stack));
        }
        return Lists.immutable.withAll(all);
    }

    private List<CpuStep> topSteps(int s, ImmutableIntList stack) {
        List<CpuStep> all = new ArrayList<>();
        for (Runs.RunStep step : runs.steps(stack.getLast(), s, shared.value(s))) {
            if (step.unwatched() < 0 || stack.noneSatisfy(f -> runs.watches(f, step.unwatched()))) {
                MutableIntList told = IntLists.mutable.empty();
                for (int i = 0; i < stack.size() - 1; i++) {
                    told.add(runs.told(stack.get(i), step.notices(), false, true));
                }
                all.add(new CpuStep(shared.number(step.after()), pushed(told.toImmutable(), step.frame()), step.notices(), step.unwatched(), step.claims()));
            }
        }
        return all;
    }

    private int pushed(ImmutableIntList stack, int frame) {
        return stacks.number(frame == Runs.ENDED ? stack : stack.newWith(frame));
    }
}
