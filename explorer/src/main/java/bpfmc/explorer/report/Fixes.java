package bpfmc.explorer.report;

import bpfmc.explorer.report.Cause.Order;
import bpfmc.explorer.report.Cause.Row;
import bpfmc.explorer.verdict.AccessSite.Lock;
import bpfmc.explorer.verdict.Increment;
import bpfmc.explorer.verdict.Place;
import bpfmc.model.program.ProgramOrigin;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.program.ValueLayout.SpecialField;
import bpfmc.model.rules.LockLegality;
import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** What would make a problem go away. Where one access lacks the lock that others own, it is that lock; else what the property says. */
public final class Fixes {
    /** System calls that take the lock of an element with BPF_F_LOCK. */
    private static final ImmutableList<String> FLAGGED = Lists.immutable.with("lookup", "update");

    private Fixes() {}

    /** {@return what would make a problem go away, "" where nothing can be said} */
    public static String of(Naming naming, Problem problem) {
        return problem.cause().flatMap(c -> c.order() instanceof Order.ByLock by && c.odd().notEmpty() ? take(naming, c, by.lock()) : Optional.empty())
                .orElseGet(() -> problem.fault().fix(naming, toMend(problem)));
    }

    /** Where none is odd, what mends it must mend all accesses. */
    private static ImmutableList<Place> toMend(Problem problem) {
        return problem.cause().filter(c -> c.odd().isEmpty()).map(c -> c.accesses().flatCollect(Row::places)).orElse(problem.blamed());
    }

    /** {@return how to take the lock at the odd accesses; empty where one of them cannot} System calls take it by a flag, which deletions do not have. */
    private static Optional<String> take(Naming naming, Cause cause, Lock lock) {
        ImmutableList<Row> calls = cause.odd().select(r -> systemCall(naming, r).isPresent());
        if (calls.anySatisfy(r -> !FLAGGED.contains(systemCall(naming, r).orElseThrow()))) {
            return Optional.empty();
        }
        Optional<String> flag = calls.isEmpty() ? Optional.empty() : Optional.of("say BPF_F_LOCK in " + CauseWords.where(naming, calls));
        ImmutableList<Row> programs = cause.odd().reject(calls::contains);
        return programs.isEmpty() ? flag : take(naming, cause, programs, lock).map(taken -> flag.map(f -> taken + "; " + f).orElse(taken));
    }

    /** {@return which call it is: "update"} */
    private static Optional<String> systemCall(Naming naming, Row row) {
        return naming.program(row.first().program()).origin() instanceof ProgramOrigin.SystemCall s ? Optional.of(s.call().split(" ")[0]) : Optional.empty();
    }

    private static Optional<String> take(Naming naming, Cause cause, ImmutableList<Row> odd, Lock lock) {
        Optional<SpecialKind> kind = naming.map(lock.memory()).value().special().detectOptional(f -> f.offset() == lock.memory().offset()).map(SpecialField::kind);
        String name = naming.place(lock.memory());
        String where = CauseWords.where(naming, odd);
        if (kind.filter(k -> k == SpecialKind.RES_SPIN_LOCK).isPresent()) {
            return Optional.of("take " + name + " around " + where + " with bpf_res_spin_lock, and go on only where it returns 0");
        }
        boolean legal = odd.allSatisfy(r -> LockLegality.spinLockAllowed(naming.program(r.first().program()).section()));
        if (!legal || kind.filter(k -> k == SpecialKind.SPIN_LOCK).isEmpty()) {
            return Optional.empty();
        }
        Optional<Increment> one = odd.size() == 1 && lock.own() ? increment(naming, cause, odd.getFirst()) : Optional.empty();
        return Optional.of("take " + name + " around " + where + one.map(i -> ":   " + i.under(leaf(name))).orElse(""));
    }

    private static Optional<Increment> increment(Naming naming, Cause cause, Row row) {
        return Increment.at(naming, row.first(), cause.field());
    }

    private static String leaf(String place) {
        return place.substring(place.indexOf("].") < 0 ? 0 : place.indexOf("].") + 2);
    }
}
