package bpfmc.explorer.check.witness;

import bpfmc.explorer.property.Places;
import bpfmc.explorer.space.Path;
import bpfmc.explorer.space.Step;
import bpfmc.explorer.system.BpfSystem;
import bpfmc.explorer.system.Run;
import bpfmc.explorer.verdict.Explanation.TraceNote;
import bpfmc.explorer.verdict.Finding;
import bpfmc.explorer.verdict.Place;
import bpfmc.explorer.verdict.Subject;
import bpfmc.model.machine.Invalidation;
import bpfmc.model.step.VisibleOperation.Access;

/**
 * Whose store is lost is not in the state that shows it; the path tells: the last one that another run has made to the bytes that are about to
 * be stored over.
 */
final class LostStore {
    private LostStore() {}

    /** {@return the finding with the place of the store that is lost; other findings are complete as they are} */
    static Finding added(BpfSystem system, Path path, Finding finding) {
        if (!finding.about().notes().contains(TraceNote.LOST_STORE)) {
            return finding;
        }
        for (int agent = 0; agent < system.scenario().agents().size(); agent++) {
            Run run = system.run(agent, path.last().toArray()[agent]);
            if (run.state().operation() instanceof Access access && Places.current(run).equals(finding.places().getLast())) {
                return added(system, path, finding, agent, access.element().slot());
            }
        }
        return finding;
    }

    private static Finding added(BpfSystem system, Path path, Finding finding, int loser, int slot) {
        StoreSteps stores = new StoreSteps(system, path);
        for (int i = path.steps().size() - 1; i >= 0; i--) {
            Step step = path.steps().get(i);
            int by = stores.by(i);
            int agent = path.steps().get(by).actor();
            if (agent != loser && system.notices(path.before(i), step.actor(), step.choice()).anySatisfy(n -> overwrites(n, slot, finding.subject()))) {
                Place lost = Places.current(system.run(agent, path.before(by)[agent]));
                return new Finding(finding.about(), finding.level(), finding.subject(), finding.places().newWith(lost));
            }
        }
        return finding;
    }

    private static boolean overwrites(Invalidation notice, int slot, Subject bytes) {
        return switch (notice) {
            case Invalidation.Written w -> w.element() == slot && w.offset() < bytes.offset() + bytes.size() && bytes.offset() < w.offset() + w.size();
            case Invalidation.Replaced r -> false;
            case Invalidation.Unlinked u -> false;
            case Invalidation.Reused r -> false;
            case Invalidation.ClockRead r -> false;
            case Invalidation.Inserted x -> false;
            case Invalidation.Rearranged r -> false;
            case Invalidation.WordOverwritten x -> false;
        };
    }
}
