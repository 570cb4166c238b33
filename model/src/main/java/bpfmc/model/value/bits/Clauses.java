package bpfmc.model.value.bits;

import org.sat4j.core.VecInt;
import org.sat4j.minisat.SolverFactory;
import org.sat4j.minisat.core.DataStructureFactory;
import org.sat4j.minisat.core.Solver;
import org.sat4j.specs.ContradictionException;
import org.sat4j.specs.TimeoutException;

/** Clauses over variables, and the solver that decides them. A literal is a variable, or its negation as a negative number. */
final class Clauses {
    /** What the solver may come to. */
    enum Answer { SATISFIED, CONTRADICTION, LIMIT }

    private final Solver<DataStructureFactory> solver = SolverFactory.newMiniLearningHeapRsatExpSimp();
    private int variables;
    private boolean contradictory;

    /** @param mostConflicts after so many the solver gives up */
    Clauses(int mostConflicts) {
        solver.setTimeoutOnConflicts(mostConflicts);
        // By a count of conflicts: the solver's own choice looks at the memory that is free, and so would not come out the same each time.
        solver.setLearnedConstraintsDeletionStrategy(solver.lbd_based);
    }

    int variable() {
        return ++variables;
    }

    int variables() {
        return variables;
    }

    void add(int... literals) {
        if (contradictory) {
            return;
        }
        try {
            solver.addClause(new VecInt(literals));
        } catch (ContradictionException e) {
            contradictory = true;
        }
    }

    Answer solve() {
        if (contradictory) {
            return Answer.CONTRADICTION;
        }
        try {
            return solver.isSatisfiable() ? Answer.SATISFIED : Answer.CONTRADICTION;
        } catch (TimeoutException e) {
            return Answer.LIMIT;
        }
    }

    /** {@return the literal's value in the solution found; a variable that no clause speaks of is false} */
    boolean value(int literal) {
        int variable = Math.abs(literal);
        boolean set = variable <= solver.realNumberOfVariables() && solver.model(variable);
        return set == literal > 0;
    }
}
